package localexport

import (
	"context"
	"time"

	"sluice/pipeline"
	"sluice/wording"
)

// Cancel asks the running job to stop, whichever process runs it. The process
// notices within Options.PollInterval. A job whose process died becomes
// CANCELLED at once; one whose process cannot be seen stays as it is until the
// process notices, or Unlock is called. If no job runs the error is pipeline.ErrNotRunning.
func (e *Exporter) Cancel(ctx context.Context) (pipeline.Cancellation, error) {
	run, err := e.current()
	if err != nil {
		return pipeline.Cancellation{}, wording.Errorf("cancel: %w", err)
	}
	if run != nil {
		return run.requestCancel(ctx)
	}
	if _, ended := e.saveUnsaved(ctx); ended {
		return pipeline.Cancellation{}, pipeline.ErrNotRunning
	}
	record, found, err := e.store.Running(ctx)
	if err != nil {
		return pipeline.Cancellation{}, err
	}
	if !found {
		return pipeline.Cancellation{}, pipeline.ErrNotRunning
	}
	owner, err := e.owner(record)
	if err != nil {
		return pipeline.Cancellation{}, err
	}
	if owner == ownerGone {
		return cancellation(e.finishDead(ctx, record))
	}
	return cancellation(e.store.RequestCancel(ctx, record.Job.ID))
}

// cancellation is the answer to a request that found a running job or did not.
func cancellation(found bool, err error) (pipeline.Cancellation, error) {
	if err != nil {
		return pipeline.Cancellation{}, err
	}
	if !found {
		return pipeline.Cancellation{}, pipeline.ErrNotRunning
	}
	return pipeline.CancellationAccepted, nil
}

// Wait waits for the end of the running job, whichever process runs it, and
// returns it. If none runs it returns what Status returns.
func (e *Exporter) Wait(ctx context.Context) (pipeline.Job, error) {
	for {
		run, err := e.current()
		if err != nil {
			return pipeline.Job{}, wording.Errorf("wait: %w", err)
		}
		if run != nil {
			return run.wait(ctx)
		}
		job, err := e.Status(ctx)
		if err != nil || !job.Running() {
			return job, err
		}
		select {
		case <-time.After(e.options.PollInterval):
		case <-ctx.Done():
			return job, wording.Errorf("wait for job %d: %w", job.ID, ctx.Err())
		}
	}
}

// WaitFor waits for the end of one job, whichever process runs it and whatever
// runs after it, and returns it.
func (e *Exporter) WaitFor(ctx context.Context, id int64) (pipeline.Job, error) {
	for {
		run, err := e.current()
		if err != nil {
			return pipeline.Job{}, wording.Errorf("wait for job %d: %w", id, err)
		}
		if run != nil && run.id == id {
			return run.wait(ctx)
		}
		job, err := e.job(ctx, id)
		if err != nil || !job.Running() {
			return job, err
		}
		select {
		case <-time.After(e.options.PollInterval):
		case <-ctx.Done():
			return job, wording.Errorf("wait for job %d: %w", id, ctx.Err())
		}
	}
}

// job returns one job of the home.
func (e *Exporter) job(ctx context.Context, id int64) (pipeline.Job, error) {
	if latest, err := e.Status(ctx); err != nil || latest.ID == id { // ends a dead job
		return latest, err
	}
	job, found, err := e.store.Get(ctx, id)
	if err == nil && !found {
		err = wording.Errorf("home %s has no job %d", e.options.Home, id)
	}
	return e.home.settled(job), err
}

// wait waits for the end of the job.
func (r *run) wait(ctx context.Context) (pipeline.Job, error) {
	select {
	case <-r.done:
		return r.state(), nil
	case <-ctx.Done():
		return r.state(), wording.Errorf("wait for job %d: %w", r.id, ctx.Err())
	}
}
