package work

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sluice/client/watch"
	"sluice/figures"
	"sluice/pipeline"
	"sluice/schedule"
	"sluice/schedule/runner"
	"sluice/source"
)

const (
	// stillFor is how long a run on this computer may come no further: what the end of a
	// large snapshot takes, while keys are built, is less.
	stillFor = 2 * time.Hour
	// stillLook is how often that is looked at.
	stillLook = 5 * time.Minute
)

// stuck tells what is thought of a job, when that has changed.
func (r *run) stuck(job pipeline.Job, why string) {
	said := stuckOn{job.ID, job.StartTime.Time, why != ""}
	if r.Stuck == nil || r.said != nil && *r.said == said {
		return
	}
	r.said = &said
	r.Stuck(job, why)
}

// stuckOn is what was said last.
type stuckOn struct {
	job   int64
	began time.Time
	stuck bool
}

// held judges the job that keeps a run from beginning.
func (r *run) held(ctx context.Context, err error) {
	var running *pipeline.RunningError
	if !errors.As(err, &running) || !running.Job.Exists() || running.Job.StartTime.IsZero() {
		return
	}
	jobs, err := r.engine.(pipeline.Historian).Jobs(context.WithoutCancel(ctx), 0)
	if err != nil {
		r.o.Logger.Warn("read earlier jobs", "source", r.Source.Name, "error", err)
	}
	job := running.Job
	since := job.StartTime.Time
	if job.Status == pipeline.CancellationRequested {
		since = job.CancelledTime.Time
	}
	if !since.IsZero() {
		r.stuck(job, watch.StuckReason(job, r.o.Clock.Now().Sub(since), watch.Durations(jobs)))
	}
}

// watchStill tells when what moves gives has stayed the same for too long, until what it
// returns is called.
func (r *run) watchStill(ctx context.Context, what string, job pipeline.Job, moves func() string) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		last, since := moves(), r.o.Clock.Now()
		ticker := r.o.Clock.NewTicker(stillLook)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.Chan():
			case <-ctx.Done():
				return
			}
			now := r.o.Clock.Now()
			if at := moves(); at != last {
				last, since = at, now
				r.stuck(job, "")
			} else if still := now.Sub(since); still >= stillFor {
				r.stuck(job, fmt.Sprintf("%s has come no further for %s.", what, figures.Span(still)))
			}
		}
	}()
	return func() { cancel(); <-ended }
}

var _ runner.Looker = (*Work)(nil)

// Still reports whether a job that may never end runs still; see Looker of the runner.
func (w *Work) Still(ctx context.Context, of source.Source, was schedule.Stuck) (bool, error) {
	engine, err := w.looking(ctx, of)
	if err != nil {
		return false, err
	}
	defer func() { _ = engine.Close(context.WithoutCancel(ctx)) }() // nothing was begun
	job, err := engine.Status(ctx)
	return isStill(job, was), err
}

// isStill reports whether the last job of a source is one that may never end. By its number alone
// it is not known: each home counts from 1, and a schedule can be given another source.
func isStill(job pipeline.Job, was schedule.Stuck) bool {
	return job.Running() && job.ID == was.Job && (was.Began.IsZero() || job.StartTime.Equal(was.Began))
}

// lookedAt is a source whose last job is looked at.
type lookedAt interface {
	Status(ctx context.Context) (pipeline.Job, error)
	Close(ctx context.Context) error
}

// looking opens a source to look at its jobs.
func (w *Work) looking(ctx context.Context, of source.Source) (lookedAt, error) {
	b := w.o.Backend
	if of.Kind != source.KindServer {
		return b.OpenHome(ctx, of.Home)
	}
	secret, err := b.ServerSecret(ctx, of.Server)
	if err != nil && !errors.Is(err, source.ErrNoSecret) { // it may want none
		return nil, err
	}
	return b.OpenServer(ctx, of, secret)
}
