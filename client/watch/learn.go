package watch

import (
	"time"

	"sluice/pipeline"
	"sluice/wording"
)

// What follows is called with w.mu held.

// learn takes in a job that was read.
func (w *Watcher) learn(job pipeline.Job, now time.Time) {
	old := w.state.Job
	if job.StartTime.IsZero() && sameJob(old, job) {
		job.StartTime = old.StartTime // one answer without it makes it no other job
	}
	if !w.state.Known() || old.ID != job.ID || old.Status != job.Status {
		w.statusSince = now
	}
	w.failures = 0
	w.state.Job, w.state.At, w.state.Err, w.state.UnreachableSince = job, now, nil, time.Time{}
	w.state.Doubt, w.state.BadSince, w.doubtSince = nil, time.Time{}, time.Time{}
	w.remember(job)
	w.judge(now)
}

// doubt says why the job that was read is not believed; nil if it is.
func (w *Watcher) doubt(job pipeline.Job, now time.Time) error {
	if !w.state.Known() || w.options.Patience <= 0 {
		return nil
	}
	d := doubt(w.state.Job, job, w.only)
	if d == nil && w.only && notAsked(w.state.Job, job, w.asked) {
		d = &DoubtError{w.state.Job, job, wording.Of("the server tells of %s, which is not the one that was asked for", named(job))}
	}
	if d == nil || !w.only && !w.doubtSince.IsZero() && now.Sub(w.doubtSince) >= w.options.Patience {
		return nil
	}
	return d
}

// mistrust takes in an answer that is doubted: what was known stays known.
func (w *Watcher) mistrust(d error, now time.Time) {
	if w.doubtSince.IsZero() {
		w.doubtSince = now
	}
	w.bad(now)
	w.state.Doubt, w.state.Err, w.state.UnreachableSince = d, nil, time.Time{}
}

func (w *Watcher) bad(now time.Time) {
	w.failures++
	if w.state.BadSince.IsZero() {
		w.state.BadSince = now
	}
}

// lose takes in a failed read: what was known stays known.
func (w *Watcher) lose(err error, now time.Time) {
	w.bad(now)
	if w.state.UnreachableSince.IsZero() {
		w.state.UnreachableSince = now
	}
	w.state.Err, w.state.Doubt = err, nil
	// A connection that the sleep or the network has cut must not be tried
	// again.
	w.reconnect()
}

// judge tells whether the job may be stuck.
func (w *Watcher) judge(now time.Time) {
	known := w.durations
	if w.options.Predecessors != nil {
		known = append(append([]time.Duration{}, known...), w.options.Predecessors()...)
	}
	w.state.StuckReason = StuckReason(w.state.Job, w.age(now), known)
	w.state.Stuck = w.state.StuckReason != ""
}
