package ui

import (
	"context"
	"errors"
	"fmt"

	"sluice/source"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// Comparer is the part of the Backend that compares the files of two jobs. A Backend
// that does not implement it offers no comparison.
type Comparer interface {
	// CompareJobs compares the files of two jobs of a source and writes the rows that
	// differ, as "csv" or "parquet". The error is one sentence for people. tell is called from another
	// goroutine, at most ten times a second.
	CompareJobs(ctx context.Context, s source.Source, earlier, later source.ComparedJob, format string, tell func(source.Comparing)) (source.Comparison, error)
}

// Calibrator is the part of the Backend that compares files of the vendor's exporter
// with a job. A Backend that does not implement it offers none.
type Calibrator interface {
	// CalibrateJob compares the files in a folder with those of a job of the same site.
	// The error is one sentence for people. tell is called as that of CompareJobs.
	CalibrateJob(ctx context.Context, vendor string, job source.ComparedJob, tell func(source.Comparing)) (source.Comparison, error)
}

// comparing is the comparison of two jobs of a source at work.
type comparing struct {
	l     *jobList
	state present.Comparing
	work
}

func newComparing(l *jobList) *comparing {
	return &comparing{l: l, work: work{render: l.p.render}}
}

// made makes the card.
func (c *comparing) made() *view.Compare {
	v := view.NewCompare()
	v.OnChoose, v.OnFormat = c.choose, c.chooseFormat
	v.OnStart, v.OnStop, v.OnClose = c.start, c.cancel, c.hide
	v.OnVendor = func() { c.l.p.w.chooseFolder(c.calibrate) }
	v.OnShow = func(path string) { c.l.p.w.openCSV(path) }
	return v
}

// possible reports whether jobs of the source have files that can be compared here.
func (c *comparing) possible() bool {
	_, ok := c.l.p.w.o.Backend.(Comparer)
	return ok && c.l.p.files.possible() && len(present.Comparable(c.l.jobs)) > 0
}

// show opens the card.
func (c *comparing) show() {
	c.shown = true
	c.l.p.render()
}

// choose takes what a person has chosen; what was found of other jobs is forgotten.
func (c *comparing) choose(earlier, later int) {
	id := func(at int) int64 {
		if at < 0 || at >= len(c.state.Jobs) {
			return 0
		}
		return c.state.Jobs[at].ID
	}
	c.take(id(earlier), id(later))
	c.l.p.render()
}

// chooseFormat takes how changed rows are to be written; what was compared is kept.
func (c *comparing) chooseFormat(at int) {
	if at >= 0 {
		c.state.Format = at
	}
	c.l.p.render()
}

// take chooses two jobs; what was found of others is forgotten.
func (c *comparing) take(earlier, later int64) {
	c.state.Earlier, c.state.Later = earlier, later
	c.state.Done, c.state.Problem, c.state.Stopped, c.state.Vendor = nil, nil, false, ""
}

// withPrevious compares a job with the complete one before it.
func (c *comparing) withPrevious(id int64) {
	if c.stop != nil { // another comparison runs
		c.show()
		return
	}
	c.shown = true
	c.state.Jobs = present.Comparable(present.Overtaken(c.l.jobs))
	before := present.LastCompleted(c.state.Jobs, id)
	if before == nil {
		c.take(0, id)
		c.state.Problem = fmt.Errorf(texts.T.Compare.NothingBefore, id)
		c.l.p.render()
		return
	}
	c.take(before.ID, id)
	c.start()
}

// with opens the card with a job as the later one; the other is to be chosen.
func (c *comparing) with(id int64) {
	if c.stop == nil {
		c.take(0, id)
	}
	c.show()
}

// start compares the chosen jobs in the background.
func (c *comparing) start() {
	comparer, ok := c.l.p.w.o.Backend.(Comparer)
	earlier, found := c.job(c.state.Earlier)
	later, too := c.job(c.state.Later)
	if !ok || !found || !too || c.stop != nil {
		return
	}
	c.state.Vendor = ""
	from, format := c.l.p.e.working(), present.CompareFormats[c.state.Format]
	c.run(func(ctx context.Context, tell func(source.Comparing)) (source.Comparison, error) {
		return comparer.CompareJobs(ctx, from, earlier, later, format, tell)
	})
}

// calibrate compares the vendor's files in a folder with the later job.
func (c *comparing) calibrate(vendor string) {
	calibrator, ok := c.l.p.w.o.Backend.(Calibrator)
	job, found := c.job(c.state.Later)
	if !ok || !found || c.stop != nil {
		return
	}
	c.state.Vendor = vendor
	c.run(func(ctx context.Context, tell func(source.Comparing)) (source.Comparison, error) {
		return calibrator.CalibrateJob(ctx, vendor, job, tell)
	})
}

// run does work in the background, whose outcome is shown.
func (c *comparing) run(work func(ctx context.Context, tell func(source.Comparing)) (source.Comparison, error)) {
	w := c.l.p.w
	ctx, cancel := context.WithCancel(w.ctx)
	c.stop = cancel
	c.state.Running, c.state.Done, c.state.Problem, c.state.Stopped, c.state.Progress = true, nil, nil, false, source.Comparing{}
	go func() {
		done, err := work(ctx, func(p source.Comparing) {
			w.later(func() {
				c.state.Progress = p
				c.l.p.render()
			})
		})
		w.later(func() { c.ended(done, err) })
	}()
	c.l.p.render()
}

// job is a job with the folder of its files.
func (c *comparing) job(id int64) (source.ComparedJob, bool) {
	j, ok := c.l.find(id)
	return source.ComparedJob{Job: j, Folder: c.l.p.folder(j)}, ok
}

func (c *comparing) ended(done source.Comparison, err error) {
	c.stop()
	c.stop = nil
	c.state.Running = false
	switch {
	case errors.Is(err, context.Canceled):
		c.state.Stopped = true
	case err != nil:
		c.state.Problem = err
		c.l.p.w.o.Logger.Info("compare jobs", "earlier", c.state.Earlier, "later", c.state.Later, "vendor", c.state.Vendor != "", "error", err)
	default:
		c.state.Done = &done
	}
	c.l.p.render()
}

// card is what is shown, nil while the card is closed.
func (c *comparing) card() *present.CompareCard {
	if !c.shown {
		return nil
	}
	c.state.Jobs = present.Comparable(present.Overtaken(c.l.jobs))
	if !c.state.Running && c.state.Problem == nil {
		c.state = c.state.Choose()
	}
	_, c.state.Calibrates = c.l.p.w.o.Backend.(Calibrator)
	c.state.Zone = c.l.p.e.zone()
	card := present.CompareCardOf(c.state, c.l.p.w.o.Now())
	return &card
}

// offered reports whether the head of the history opens the card.
func (c *comparing) offered() bool { return !c.shown && c.possible() }
