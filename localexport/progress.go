package localexport

import (
	"context"
	"math"
	"sync"
	"time"

	"sluice/localexport/product"
	"sluice/pipeline"
)

// progressScale is the Total of a Progress: Done counts millionths of the job.
const progressScale = 1_000_000

// checkShare is the part of a job that the check of the indexes takes when it
// takes place: it may last half as long as the export itself.
const checkShare = 1.0 / 3

// sortShare is the part of a job that sorting keys takes, for want of indexes.
const sortShare = 0.2

// Progress samples the job that runs. It reads counters if this process runs it.
// If another process does, it returns what that process reported last, which is
// at most Options.ReportInterval old, and looks no more often than that. Done
// and Total count millionths of the work; Total is 0 while it is not known how
// much there is to do.
func (e *Exporter) Progress() pipeline.Progress {
	run, err := e.current()
	if err != nil {
		return pipeline.Progress{}
	}
	if run != nil {
		return run.progress()
	}
	return e.observe()
}

func (r *run) progress() pipeline.Progress {
	p := pipeline.Progress{
		JobID:   r.id,
		Phase:   r.phase.Load().(pipeline.Phase),
		Started: r.began,
		Files:   make([]pipeline.FileProgress, len(r.counters.Files)),
	}
	for i, name := range r.exporter.product.Files() {
		c := &r.counters.Files[i]
		p.Files[i] = pipeline.FileProgress{Name: name, State: fileState(c.State.Load()),
			Rows: c.Rows.Load(), Bytes: c.Bytes.Load(), Expected: c.Expected.Load(),
			Done: c.RangesDone.Load(), Total: c.Ranges.Load()}
		if ahead := c.Forecast.Load(); p.Files[i].Expected < 0 && ahead > 0 {
			p.Files[i].Expected, p.Files[i].About = max(roughly(ahead), p.Files[i].Rows), true
		}
	}
	if fraction, ok := r.withSorting(r.fraction(p)); ok {
		p.Done, p.Total = int64(math.Round(fraction*progressScale)), progressScale
	}
	return p
}

// roughly is an estimate with the figures that it is worth: three, so that it does
// not seem exact, and does not change with each sample.
func roughly(n int64) int64 {
	unit := int64(1)
	for n/unit >= 1000 {
		unit *= 10
	}
	return (n + unit/2) / unit * unit
}

func fileState(state int32) pipeline.FileState {
	switch state {
	case product.FileWriting:
		return pipeline.FileWriting
	case product.FileDone:
		return pipeline.FileDone
	}
	return pipeline.FileWaiting
}

// withSorting is how much of the job is done if keys have to be sorted, too: before
// and between the parts that are counted otherwise.
func (r *run) withSorting(fraction float64, ok bool) (float64, bool) {
	total := r.counters.SortTotal.Load()
	if total <= 0 {
		return fraction, ok
	}
	sorted := min(1, float64(r.counters.Sorted.Load())/float64(total))
	return sortShare*sorted + (1-sortShare)*fraction, true
}

// fraction is how much of the job is done, from 0 to 1; false if that is not
// known. Sorting keys is not counted in.
func (r *run) fraction(p pipeline.Progress) (float64, bool) {
	share := 0.0
	if r.checks.Load() {
		share = checkShare
	}
	switch p.Phase {
	case pipeline.PhaseChecking:
		total := r.counters.CheckTotal.Load()
		if total <= 0 {
			return 0, false
		}
		return share * min(1, float64(r.counters.Checked.Load())/float64(total)), true
	case pipeline.PhaseExporting:
		done, ok := r.exported()
		return share + (1-share)*done, ok
	}
	return 1, true
}

// exported is how much of the files is written, from 0 to 1. The ranges of keys
// that the engine reads are the measure: how many records are in them is not
// known before.
func (r *run) exported() (float64, bool) {
	var done, total int64
	for i := range r.counters.Files {
		done += r.counters.Files[i].RangesDone.Load()
		total += r.counters.Files[i].Ranges.Load()
	}
	if total == 0 {
		return 0, false
	}
	return min(1, float64(done)/float64(total)), true
}

// observation is the last look at the job of another process.
type observation struct {
	mu       sync.Mutex
	at       time.Time
	progress pipeline.Progress
}

// observeTimeout bounds a look, because Progress has to be quick.
const observeTimeout = 100 * time.Millisecond

func (e *Exporter) observe() pipeline.Progress {
	o := &e.observed
	o.mu.Lock()
	defer o.mu.Unlock()
	now := time.Now()
	if now.Sub(o.at) < e.options.ReportInterval {
		return o.progress
	}
	ctx, cancel := context.WithTimeout(e.lifetime, observeTimeout)
	defer cancel()
	record, found, err := e.store.Running(ctx)
	o.at, o.progress = now, pipeline.Progress{}
	if ended, ok := e.notRecorded(); err != nil || !found || ok && ended.ID == record.Job.ID {
		return pipeline.Progress{}
	}
	p := record.Progress
	if p.JobID == 0 { // it has not reported yet
		p = pipeline.Progress{JobID: record.Job.ID, Phase: pipeline.PhaseChecking}
	}
	p.Started = record.Job.StartTime.Time
	o.progress = p
	return p
}
