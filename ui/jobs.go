package ui

import (
	"context"
	"slices"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// mostJobs is how many jobs the history shows.
const mostJobs = 2000

// chartJobs is how many of them the chart shows.
const chartJobs = 16

// jobList is the history tab at work. A server tells its last job only: listed are
// those that were seen.
type jobList struct {
	p       *page
	view    *view.History
	compare *comparing
	jobs    []pipeline.Job // newest first
	reach   pipeline.Reach // of the last export of the site of a snapshot
	measure present.Measure
	sorted  present.JobColumn
	upwards bool
	loaded  bool
	saved   string // what was saved and where, until other jobs are read
}

func newJobList(p *page) *jobList {
	l := &jobList{p: p}
	l.compare = newComparing(l)
	l.view = view.NewHistory(l.compare.view)
	l.view.OnMeasure = func(m present.Measure) { l.measure = m; l.render() }
	l.view.OnSort = l.sort
	l.view.OnFiles = func(id int64) { p.files.load(id); p.view.Choose(view.FilesTab) }
	l.view.OnDetails = l.details
	l.view.OnResume = l.p.resume
	l.view.OnMenu = l.menu
	l.view.OnHome = p.e.lookIn
	return l
}

// load reads the history in the background.
func (l *jobList) load() {
	historian, ok := l.p.e.engine.(pipeline.Historian)
	if !ok {
		l.note(l.p.e.session.State().Job)
		return
	}
	background(l.p.e, func(ctx context.Context) (past, error) { return readPast(ctx, historian) },
		func(read past, err error) {
			if err != nil {
				l.p.w.o.Logger.Error("read history", "source", l.p.e.source.Name, "error", err)
				return
			}
			l.jobs, l.reach, l.loaded, l.saved = read.jobs, read.reach, true, ""
			l.p.export.refill()
			l.p.news()
		})
}

// past is what is known of earlier jobs.
type past struct {
	jobs  []pipeline.Job
	reach pipeline.Reach
}

func readPast(ctx context.Context, h pipeline.Historian) (p past, err error) {
	if p.jobs, err = h.Jobs(ctx, mostJobs); err != nil {
		return p, err
	}
	if r, ok := h.(pipeline.Reacher); ok {
		p.reach, err = r.Reach(ctx)
	}
	return p, err
}

// note keeps a job that was seen, in the place of its earlier state.
func (l *jobList) note(job pipeline.Job) {
	if !job.Exists() {
		return
	}
	if at := slices.IndexFunc(l.jobs, job.Same); at >= 0 {
		l.jobs[at] = job
		return
	}
	at, _ := slices.BinarySearchFunc(l.jobs, job, pipeline.NewestFirst)
	l.jobs = slices.Insert(l.jobs, at, job)
}

func (l *jobList) render() {
	now := l.p.w.o.Now()
	l.note(l.p.e.session.State().Job)
	jobs := present.Overtaken(l.jobs)
	sorted := present.SortJobs(jobs, l.sorted, l.upwards, now)
	m := view.HistoryModel{Homes: l.p.e.homeChips(), Sorted: l.sorted, Upwards: l.upwards, Rows: present.HistoryRows(sorted, now, l.p.e.zone()), Chart: present.ChartOf(jobs, l.measure, chartJobs, now),
		Measure: l.measure, HasFiles: l.p.files.possible(), Compare: l.compare.card()}
	if left := l.p.left.of(l.newest()); left.Resumable != nil && present.StatusOf(l.p.e.inputs()).Controls.Start {
		m.Resume = left.Resumable.Job.ID
	}
	m.Note = l.saved
	if l.p.e.source.Kind == source.KindServer && m.Note == "" {
		m.Note = texts.T.History.NoHistory
	}
	l.view.Render(m)
}

// sort sorts by a column, the largest first; a second click turns the order.
func (l *jobList) sort(by present.JobColumn) {
	l.upwards = by == l.sorted && !l.upwards
	l.sorted = by
	l.render()
}

// caption is how many jobs the list has, with the one that the session tells of.
func (l *jobList) caption() string {
	if l.p.e.session != nil {
		l.note(l.p.e.session.State().Job)
	}
	return texts.T.History.Caption.Of(int64(len(l.jobs)))
}

// newest is the last job.
func (l *jobList) newest() pipeline.Job {
	if len(l.jobs) == 0 {
		return pipeline.Job{}
	}
	return l.jobs[0]
}

// find returns the job with an id, as far as it is known.
func (l *jobList) find(id int64) (pipeline.Job, bool) {
	for _, j := range l.jobs {
		if j.ID == id {
			return j, true
		}
	}
	return pipeline.Job{}, false
}

// details shows everything about a job.
func (l *jobList) details(id int64) {
	job, ok := l.find(id)
	if !ok {
		return
	}
	in := present.Inputs{Kind: l.p.e.source.Kind, State: pipeline.State{Job: job, At: l.p.w.o.Now()}, Now: l.p.w.o.Now(), Mine: true,
		Output: l.p.folder(job), Zone: l.p.e.zone()}
	l.p.w.showDetails(present.StatusOf(in), job)
}
