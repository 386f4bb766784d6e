package ui

import (
	"context"
	"fmt"
	"slices"

	"sluice/jobcsv"
	"sluice/pipeline"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/visible"
)

// csvName is what a saved list of jobs is called, if nobody calls it otherwise.
const csvName = "jobs.csv"

// savable reports whether there is a list in sight to save.
func (l *jobList) savable() bool { return !l.compare.shown && len(l.jobs) > 0 }

// askToSave asks where to save the list as CSV.
func (l *jobList) askToSave() {
	if l.savable() {
		l.p.w.chooseSave(csvName, l.save)
	}
}

// save writes the jobs to a file that was chosen, in the background, and says so: all
// that there are, also those beyond what the list shows.
func (l *jobList) save(path string) {
	folder := l.p.e.folders()
	seen := slices.Clone(l.jobs)
	listed := func(context.Context) ([]pipeline.Job, error) { return seen, nil }
	if h, ok := l.p.e.engine.(pipeline.Historian); ok {
		listed = func(ctx context.Context) ([]pipeline.Job, error) { return h.Jobs(ctx, 0) }
	}
	background(l.p.e, func(ctx context.Context) (int, error) {
		jobs, err := listed(ctx)
		if err != nil {
			return 0, fmt.Errorf("save jobs in %s: %w", path, err)
		}
		rows := make([]jobcsv.Row, len(jobs))
		for i, job := range present.Overtaken(jobs) {
			rows[i] = jobcsv.RowOf(job, folder(job))
		}
		return len(rows), jobcsv.Save(path, rows)
	}, func(n int, err error) {
		if err != nil {
			l.p.w.problem(err)
			return
		}
		t := texts.T.History
		l.saved = fmt.Sprintf(t.SavedIn, t.Caption.Of(int64(n)), visible.Line(path))
		l.p.render()
	})
}
