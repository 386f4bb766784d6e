package ui

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"sluice/jobcsv"
	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
	"sluice/visible"
)

// allJobs is the history of all sources at work.
type allJobs struct {
	b       *board
	view    *view.AllHistory // nil until somebody has chosen the tab
	jobs    []present.AnyJob // the newest first
	listed  []present.AnyJob // those that the filter leaves, in the order of a column
	states  map[*entry]int   // the states of their histories that jobs was made of
	filter  string
	sorted  present.JobColumn
	upwards bool
	saved   string // what was saved and where
}

func newAllJobs(b *board) *allJobs {
	return &allJobs{b: b, sorted: present.ColumnStarted}
}

// object makes the tab.
func (a *allJobs) object() fyne.CanvasObject {
	a.view = view.NewAllHistory()
	a.view.OnSort = a.sort
	a.view.OnFilter = func(filter string) { a.filter = filter; a.list() }
	a.view.OnDetails = func(row present.AnyRow) { a.on(row, (*jobList).details) }
	a.view.OnFiles = func(row present.AnyRow) { a.on(row, (*jobList).files) }
	a.view.OnMenu = a.menu
	a.view.Tips = a.b.w.tips
	return a.view.Object
}

// on does something with a job in the page of its source.
func (a *allJobs) on(row present.AnyRow, do func(*jobList, int64)) {
	if e := a.b.w.entryOf(row.SourceID); e != nil {
		do(e.pageOf().jobs, row.ID)
	}
}

// render lists the jobs, if there are others than before.
func (a *allJobs) render() {
	states := map[*entry]int{}
	for _, e := range a.b.w.entries {
		e.notePresent()
		states[e] = e.past.states
	}
	same := len(states) == len(a.states)
	for e, n := range states {
		same = same && a.states[e] == n
	}
	if same && !slices.ContainsFunc(a.b.w.entries, func(e *entry) bool { return e.past.newest().Running() }) {
		return
	}
	a.states = states
	a.gather()
	a.list()
}

// gather collects the jobs of all sources, and has the sizes of their files looked up.
func (a *allJobs) gather() {
	var list []present.JobsOf
	for _, e := range a.b.w.entries {
		jobs := present.Overtaken(e.past.jobs)
		a.b.w.sizes.want(e, jobs)
		list = append(list, present.JobsOf{ID: e.source.ID, Name: e.source.Name, Tags: e.source.Tags, Zone: e.zone(), Jobs: jobs})
	}
	a.jobs = present.AllJobs(list)
	a.measure()
}

// measure takes in what is known of the sizes of files.
func (a *allJobs) measure() {
	for i, j := range a.jobs {
		if e := a.b.w.entryOf(j.Source.ID); e != nil {
			a.jobs[i].Bytes = a.b.w.sizes.of(e, j.Job)
		}
	}
}

// measured is called when more sizes are known.
func (a *allJobs) measured() {
	a.measure()
	if a.b.shown && a.b.page.Tab() == view.AllJobsTab {
		a.list()
	}
}

// list shows what the filter leaves, in the order of a column.
func (a *allJobs) list() {
	now := a.b.w.o.Now()
	a.listed = present.SortAnyJobs(present.FilterJobs(a.jobs, a.filter, now), a.sorted, a.upwards, now)
	listed := a.listed
	a.view.Render(view.AllHistoryModel{Count: len(listed), Any: len(a.jobs) > 0, Row: func(i int) present.AnyRow { return listed[i].Row(now) },
		Sorted: a.sorted, Upwards: a.upwards, Note: a.saved})
	a.b.page.Render(a.b.head())
}

func (a *allJobs) sort(by present.JobColumn) {
	a.upwards = by == a.sorted && !a.upwards
	a.sorted = by
	a.list()
}

// caption is how many jobs there are, of how many sources.
func (a *allJobs) caption() string {
	t, n := texts.T.History, int64(len(a.jobs))
	count := t.Caption.Of(n)
	if len(a.listed) != len(a.jobs) {
		count = texts.T.Board.Of.Of(n, present.Count(int64(len(a.listed))))
	}
	return present.Joined(count, texts.T.Board.Count.Of(int64(len(a.b.w.entries))))
}

// actions are what can be done with the list.
func (a *allJobs) actions() []look.Action {
	if len(a.jobs) == 0 {
		return nil
	}
	return []look.Action{{Text: texts.T.History.SaveCSV, Do: func() { a.b.w.chooseSave(csvName, a.save) }}}
}

// menu shows what can be done with a job, at a place on the canvas.
func (a *allJobs) menu(row present.AnyRow, at fyne.Position) {
	if items := a.menuItems(row); len(items) > 0 {
		look.ShowMenu(a.b.w.window.Canvas(), at, items...)
	}
}

// menuItems are what can be done with a job: what the history of its source offers, and
// the way there.
func (a *allJobs) menuItems(row present.AnyRow) []*fyne.MenuItem {
	e := a.b.w.entryOf(row.SourceID)
	if e == nil {
		return nil
	}
	show := func() {
		a.b.w.choose(e)
		e.page.view.Choose(view.HistoryTab)
	}
	return append(e.pageOf().jobs.menuItems(row.ID), fyne.NewMenuItemSeparator(), fyne.NewMenuItem(texts.T.Board.OpenSource, show))
}

// toSave is a source whose jobs are saved, as it is when they are.
type toSave struct {
	source source.Source
	engine source.Engine
	jobs   []pipeline.Job // those that were seen
}

// rows are all jobs of the source, also those beyond what the list shows.
func (s toSave) rows(ctx context.Context) ([]jobcsv.SourceRow, error) {
	jobs := s.jobs
	if h, ok := s.engine.(pipeline.Historian); ok {
		var err error
		if jobs, err = h.Jobs(ctx, 0); err != nil {
			return nil, fmt.Errorf("%s: %w", s.source.Name, err)
		}
	}
	var rows []jobcsv.SourceRow
	for _, job := range present.Overtaken(jobs) {
		folder := folderOf(s.source, job)
		rows = append(rows, jobcsv.SourceRowOf(job, folder, s.source.Name, jobcsv.BytesIn(folder)))
	}
	return rows, nil
}

// save writes the jobs of all sources to a file that was chosen, in the background, those
// that began last first, and says so. A filter leaves none of them out: the rows say by
// what they can be told apart.
func (a *allJobs) save(path string) {
	w := a.b.w
	var sources []toSave
	for _, e := range w.entries {
		sources = append(sources, toSave{e.working(), e.engine, slices.Clone(e.past.jobs)})
	}
	go func() {
		n, err := saveAll(w.ctx, path, sources)
		w.later(func() {
			if err != nil {
				w.problem(err)
				return
			}
			a.saved = fmt.Sprintf(texts.T.History.SavedIn, texts.T.History.Caption.Of(int64(n)), visible.Line(path))
			a.list()
		})
	}()
}

// saveAll saves the jobs of several sources. Those that can be read are saved, too, if
// others cannot.
func saveAll(ctx context.Context, path string, sources []toSave) (int, error) {
	var rows []jobcsv.SourceRow
	var failed []error
	for _, s := range sources {
		more, err := s.rows(ctx)
		rows, failed = append(rows, more...), append(failed, err)
	}
	slices.SortStableFunc(rows, func(a, b jobcsv.SourceRow) int { return b.Began().Compare(a.Began()) })
	if err := jobcsv.Save(path, rows); err != nil {
		return 0, err
	}
	if err := errors.Join(failed...); err != nil {
		return 0, fmt.Errorf("save jobs in %s: %w", path, err)
	}
	return len(rows), nil
}
