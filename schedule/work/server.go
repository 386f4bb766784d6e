package work

import (
	"context"
	"errors"
	"time"

	"sluice/client"
	"sluice/client/watch"
	"sluice/pipeline"
	"sluice/schedule/runner"
	"sluice/source"
	"sluice/wording"
)

const (
	// skew is how far the clock of a server may be from ours.
	skew = 5 * time.Minute
	// startsWithin is how long a server may take to begin what it was asked for: it checks the
	// index first.
	startsWithin = client.DefaultStartTimeout
)

// onServer exports on a server.
func (r *run) onServer(ctx context.Context) (runner.Done, error) {
	secret, err := r.backend.ServerSecret(ctx, r.Source.Server)
	if err != nil && !errors.Is(err, source.ErrNoSecret) { // it may want none
		return runner.Done{}, err
	}
	if r.engine, err = r.backend.OpenServer(ctx, r.Source, secret); err != nil {
		return runner.Done{}, err
	}
	defer r.close(ctx)
	if r.Before {
		return r.again(ctx)
	}
	request, err := r.request(r.o.Now(), func() (time.Time, error) { return r.last(ctx) })
	if err != nil {
		return runner.Done{}, err
	}
	asked := r.o.Now()
	if r.Asks != nil {
		r.Asks(request.FromDate)
	}
	job, err := r.engine.Start(ctx, request)
	switch {
	case err != nil && ctx.Err() != nil: // it may have begun all the same
		return runner.Done{}, wording.Errorf("%w: %w", runner.ErrGoesOn, err)
	case err != nil:
		r.held(ctx, err)
		return runner.Done{Job: pipeline.Answered(job, err)}, err
	}
	r.began(job)
	return r.follow(ctx, job, asked)
}

// last is up to when the last completed export of the server has everything. The server
// tells of its last job only; the journal knows of those before that were seen.
func (r *run) last(ctx context.Context) (time.Time, error) {
	job, err := r.engine.Status(ctx)
	if err != nil {
		return time.Time{}, err
	}
	if job.Status == pipeline.Completed {
		return pipeline.Reached(job, time.Time{}), nil
	}
	jobs, err := r.engine.(pipeline.Historian).Jobs(ctx, 0)
	for _, job := range jobs {
		if job.Status == pipeline.Completed {
			return pipeline.Reached(job, time.Time{}), err
		}
	}
	return time.Time{}, err
}

// follow waits for the end of a job. When ctx ends it is left, or cancelled if it was not
// over in time.
func (r *run) follow(ctx context.Context, job pipeline.Job, asked time.Time) (runner.Done, error) {
	o := watch.FollowOptions{Watch: r.o.Watch, Asked: asked, Tell: func(s pipeline.State) {
		r.note(s.Job)
		r.stuck(s.Job, s.StuckReason)
	}}
	jobs, err := r.engine.(pipeline.Historian).Jobs(ctx, 0)
	if err != nil {
		r.o.Logger.Warn("read earlier jobs", "source", r.Source.Name, "error", err)
	}
	known := watch.Durations(jobs)
	o.Watch.Predecessors, o.Watch.Now = func() []time.Duration { return known }, r.o.Now
	ended, err := watch.Follow(ctx, r.engine, job, o)
	switch {
	case ctx.Err() == nil && err != nil:
		return runner.Done{Job: ended}, err
	case errors.Is(context.Cause(ctx), runner.ErrDeadline):
		return runner.Done{Job: ended}, errors.Join(runner.ErrDeadline, r.cancel(ctx, ended))
	case ctx.Err() != nil:
		return runner.Done{Job: ended}, wording.Errorf("%w: %w", runner.ErrGoesOn, ctx.Err())
	}
	r.note(ended)
	ended.StartedBy = r.by
	return runner.Done{Job: ended}, verdictOfServer(ended)
}

// cancel asks the server to cancel a job that runs.
func (r *run) cancel(ctx context.Context, job pipeline.Job) error {
	asking, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopGrace)
	defer cancel()
	if now, err := r.engine.Status(asking); err == nil && (!now.Same(job) || !now.Running()) {
		return nil
	}
	if _, err := r.engine.Cancel(asking); err != nil && !errors.Is(err, pipeline.ErrNotRunning) {
		return wording.Errorf("job %d could not be cancelled: %w", job.ID, err)
	}
	return nil
}

// verdictOfServer is verdict of a job that a server has run.
func verdictOfServer(job pipeline.Job) error {
	err := verdict(job)
	if invalid := (*pipeline.ValidationError)(nil); job.Status == pipeline.Failed && !errors.As(err, &invalid) {
		return told{err, runner.ErrJobFailed}
	}
	return err
}

// note keeps a state of the job in the journal of the server.
func (r *run) note(job pipeline.Job) {
	if j, ok := r.engine.(interface{ Note(pipeline.Job) error }); ok && job.Exists() {
		job.StartedBy = r.by
		if err := j.Note(job); err != nil {
			r.o.Logger.Error("journal", "server", r.Source.Name, "error", err)
		}
	}
}

// isOurs reports whether a job is the one that the run has asked for, of which the answer was
// not seen: it began about then, with the from date that was asked for. No answer of a server
// tells who has started a job, and somebody else may have begun one since.
func (r *run) isOurs(job pipeline.Job) bool {
	if !job.Exists() || r.Run.Asked.IsZero() {
		return false
	}
	if job.StartTime.Before(r.Run.Asked.Add(-skew)) || job.StartTime.After(r.Run.Asked.Add(startsWithin+skew)) {
		return false
	}
	from := job.Config.ExportFrom.Time
	return r.Run.From.IsZero() || from.IsZero() || from.Sub(r.Run.From).Abs() < time.Second
}

// again finds the job of a run whose process has ended, and follows it.
func (r *run) again(ctx context.Context) (runner.Done, error) {
	job, err := r.engine.Status(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return runner.Done{}, wording.Errorf("%w: %w", runner.ErrGoesOn, err)
		}
		return runner.Done{}, err
	}
	known := r.Run.Job
	switch {
	case known != 0 && job.ID == known, known == 0 && r.isOurs(job):
		r.began(job)
		return r.follow(ctx, job, time.Time{})
	case known == 0:
		return runner.Done{}, wording.Errorf("no job had begun: %w", runner.ErrInterrupted)
	}
	jobs, err := r.engine.(pipeline.Historian).Jobs(ctx, 0)
	for _, job := range jobs {
		if job.ID == known && job.Status.Ended() {
			return runner.Done{Job: job}, verdictOfServer(job)
		}
	}
	return runner.Done{}, errors.Join(err, wording.Errorf("a later job was begun on the server meanwhile: how job %d ended was not seen", known))
}
