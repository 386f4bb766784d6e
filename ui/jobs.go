package ui

import (
	"cmp"

	"fyne.io/fyne/v2"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// chartJobs is how many of them the chart shows.
const chartJobs = 16

// jobList is the history tab at work.
type jobList struct {
	*past
	p       *page
	view    *view.History // nil until somebody has chosen the tab
	compare *comparing
	fetch   *fetching
	measure present.Measure
	sorted  present.JobColumn
	upwards bool
	saved   string // what was saved and where, or done, until other jobs are read
	then    string // what is said once they are
}

func newJobList(p *page) *jobList {
	l := &jobList{p: p, past: &p.e.past}
	l.compare = newComparing(l)
	l.fetch = &fetching{l: l}
	return l
}

// object makes the tab.
func (l *jobList) object() fyne.CanvasObject {
	l.view = view.NewHistory(l.compare.made())
	l.view.OnMeasure = func(m present.Measure) { l.measure = m; l.render() }
	l.view.OnSort = l.sort
	l.view.OnFiles = l.files
	l.view.OnDetails = l.details
	l.view.OnResume = l.p.resume
	l.view.OnMenu = l.menu
	l.view.OnHome = l.p.e.lookIn
	l.view.OnFetch = l.fetch.toggle
	l.view.Tips = l.p.w.tips
	return l.view.Object
}

func (l *jobList) render() {
	now := l.p.w.o.Now()
	l.p.e.notePresent()
	jobs := present.Overtaken(l.jobs)
	l.p.w.sizes.want(l.p.e, jobs)
	bytes := func(j pipeline.Job) int64 { return l.p.w.sizes.of(l.p.e, &j) }
	sorted := present.SortJobs(jobs, l.sorted, l.upwards, now, bytes)
	rows := present.HistoryRows(sorted, now, l.p.e.zone())
	for i := range rows {
		rows[i].Measure(bytes(sorted[i]))
	}
	m := view.HistoryModel{Homes: l.p.e.homeChips(), Sorted: l.sorted, Upwards: l.upwards, Rows: rows, Chart: present.ChartOf(jobs, l.measure, chartJobs, now),
		Measure: l.measure, HasFiles: l.p.files.possible(), Mounted: l.p.files.mounted(), Compare: l.compare.card()}
	if left := l.p.left.of(l.newest()); left.Resumable != nil && present.StatusOf(l.p.e.inputs()).Controls.Start {
		m.Resume = left.Resumable.Job.ID
	}
	m.Fetch = l.fetch.links(jobs)
	m.Note = cmp.Or(l.fetch.note(), l.saved)
	if l.p.e.source.Kind == source.KindServer && m.Note == "" {
		m.Note = texts.T.History.NoHistory
	}
	l.view.Render(m)
}

// say shows what was done with a job above the list, until other jobs are read.
func (l *jobList) say(text string) {
	l.saved = text
	l.p.render()
}

// sort sorts by a column, the largest first; a second click turns the order.
func (l *jobList) sort(by present.JobColumn) {
	l.upwards = by == l.sorted && !l.upwards
	l.sorted = by
	l.render()
}

// caption is how many jobs the list has, with the one that the session tells of.
func (l *jobList) caption() string {
	l.p.e.notePresent()
	return texts.T.History.Caption.Of(int64(len(l.jobs)))
}

// details shows everything about a job.
func (l *jobList) details(id int64) {
	job, ok := l.find(id)
	if !ok {
		return
	}
	in := present.Inputs{Kind: l.p.e.source.Kind, State: pipeline.State{Job: job, At: l.p.w.o.Now()}, Now: l.p.w.o.Now(), Mine: true,
		Output: l.p.folder(job), Zone: l.p.e.zone()}
	var actions []look.Action
	if l.p.files.possible() {
		actions = append(actions, look.Action{Text: texts.T.History.Files, Icon: "file", Do: func() { l.files(id) }})
	}
	if l.p.delivers(job) {
		actions = append(actions, look.Action{Text: texts.T.Delivery.Open, Icon: "deliver", Do: func() { l.p.deliver(job) }})
	}
	l.p.w.showDetails(present.StatusOf(in), job, actions...)
}

// files shows the files of a job.
func (l *jobList) files(id int64) {
	l.p.w.choose(l.p.e)
	l.p.files.load(id)
	l.p.view.Choose(view.FilesTab)
}
