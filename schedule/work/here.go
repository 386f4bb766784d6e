package work

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync/atomic"
	"time"

	"sluice/localexport"
	"sluice/pipeline"
	"sluice/schedule/runner"
	"sluice/source"
	"sluice/wording"
)

// here exports a snapshot on this computer.
func (r *run) here(ctx context.Context) (runner.Done, error) {
	s := r.Source
	if r.Plan.Format != "" {
		s.Local.Format = r.Plan.Format
	}
	if r.Plan.Redact != "" {
		s.Local.Redact = r.Plan.Redact
	}
	if r.Before {
		return r.left(ctx, s)
	}
	if s.CanTake() {
		resumable, err := r.resumableIn(ctx, s)
		if err != nil {
			return runner.Done{}, err
		}
		if resumable == 0 {
			if err := r.take(ctx, s); err != nil {
				return runner.Done{}, err
			}
		}
	}
	engine, info, err := r.backend.OpenLocal(ctx, s)
	if err != nil {
		return runner.Done{}, err
	}
	r.engine = engine
	defer r.close(ctx)
	newest := info.Newest
	if newest.IsZero() {
		newest = r.o.Now()
	}
	request, err := r.request(newest, func() (time.Time, error) {
		reach, err := engine.(pipeline.Reacher).Reach(ctx)
		return reach.At, err
	})
	if err != nil {
		return runner.Done{}, err
	}
	job, err := r.start(ctx, request)
	if job = pipeline.Answered(job, err); err != nil {
		r.held(ctx, err)
		return runner.Done{Job: job}, err
	}
	r.began(job)
	defer r.watchStill(ctx, fmt.Sprintf("Job %d", job.ID), job, func() string {
		return fmt.Sprint(r.engine.(pipeline.ProgressReporter).Progress())
	})()
	return r.wait(ctx, job)
}

// start starts the export, or goes on with what an earlier attempt of this run has left.
func (r *run) start(ctx context.Context, request pipeline.Request) (pipeline.Job, error) {
	if left := r.resumable(ctx, r.engine); left != 0 {
		job, err := r.engine.(pipeline.Resumer).Resume(ctx, left)
		var not *pipeline.NotResumableError
		if !errors.As(err, &not) {
			r.o.Logger.Info("goes on with what an earlier attempt has left", "schedule", r.Plan.Name, "job", job.ID, "resumes", left)
			return job, err
		}
		r.o.Logger.Info("an earlier attempt cannot be gone on with: a new export begins", "schedule", r.Plan.Name, "job", left, "why", not.Why)
	}
	return r.engine.Start(ctx, request)
}

// wait waits for the end of a job of this process. When ctx ends the job is cancelled,
// and can be gone on with.
func (r *run) wait(ctx context.Context, job pipeline.Job) (runner.Done, error) {
	ended, err := r.engine.(waiter).WaitFor(ctx, job.ID)
	if ctx.Err() != nil {
		stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopGrace)
		defer cancel()
		err := errors.Join(context.Cause(ctx), r.engine.(pipeline.Stopper).Stop(stopping))
		if now, waitErr := r.engine.(waiter).WaitFor(stopping, job.ID); waitErr == nil {
			job = now
		}
		if job.Status == pipeline.Completed { // it was faster
			err = nil
		}
		return runner.Done{Job: job, Files: r.files(ctx, job)}, err
	}
	if err != nil {
		return runner.Done{Job: job}, err
	}
	return runner.Done{Job: ended, Files: r.files(ctx, ended)}, verdict(ended)
}

// waiter waits for one job of a home.
type waiter interface {
	WaitFor(ctx context.Context, id int64) (pipeline.Job, error)
}

func (r *run) files(ctx context.Context, job pipeline.Job) []pipeline.File {
	files, err := r.engine.(pipeline.FileLister).Files(context.WithoutCancel(ctx), job.ID)
	if err != nil {
		r.o.Logger.Warn("list the files of the job", "job", job.ID, "error", err)
	}
	return files
}

// left finds what became of a run whose process has ended: the home marks its job as
// ended when it is opened, unless it was complete.
func (r *run) left(ctx context.Context, s source.Source) (runner.Done, error) {
	home, err := r.backend.OpenHome(ctx, s.Home)
	if err != nil {
		return runner.Done{}, err
	}
	defer home.Close(context.WithoutCancel(ctx))
	job, found, err := ours(ctx, home, r.by, r.Run.Began)
	switch {
	case err != nil:
		return runner.Done{}, err
	case !found:
		return runner.Done{}, wording.Errorf("no job had begun: %w", runner.ErrInterrupted)
	case job.Running():
		r.began(job)
		if job, err = home.WaitFor(ctx, job.ID); err != nil {
			return runner.Done{Job: job}, err
		}
	}
	if _, died := job.Diagnostic(localexport.KeyInterrupted); died {
		return runner.Done{Job: job}, wording.Errorf("job %d: %w", job.ID, runner.ErrInterrupted)
	}
	if job.Status != pipeline.Completed {
		return runner.Done{Job: job}, verdict(job)
	}
	files, err := home.Files(ctx, job.ID)
	return runner.Done{Job: job, Files: files}, err
}

// ours is the newest job that a schedule has started since a moment.
func ours(ctx context.Context, h pipeline.Historian, by string, since time.Time) (pipeline.Job, bool, error) {
	const looked = 20 // a person may have started some meanwhile
	jobs, err := h.Jobs(ctx, looked)
	for _, job := range jobs {
		if job.StartedBy == by && !job.StartTime.Before(since.Truncate(time.Millisecond)) {
			return job, true, err
		}
	}
	return pipeline.Job{}, false, err
}

// resumableIn is resumable of a home that is not open; 0 if there is none.
func (r *run) resumableIn(ctx context.Context, s source.Source) (int64, error) {
	if _, checkErr := os.Stat(localexport.Database(s.Home)); checkErr != nil {
		return 0, nil // there was none yet
	}
	home, err := r.backend.OpenHome(ctx, s.Home)
	if err != nil {
		return 0, err
	}
	defer home.Close(context.WithoutCancel(ctx))
	return r.resumable(ctx, home), nil
}

// resumable is the job that an earlier attempt of this run has left and that can be gone
// on with; 0 if there is none.
func (r *run) resumable(ctx context.Context, e any) int64 {
	job, found, err := ours(ctx, e.(pipeline.Historian), r.by, r.Run.Due)
	if err != nil || !found || job.Running() || job.Status == pipeline.Completed {
		return 0
	}
	if _, err := e.(pipeline.Resumer).Resumable(ctx, job.ID); err != nil {
		return 0
	}
	return job.ID
}

// take takes the snapshot of a database, dump or backup again.
func (r *run) take(ctx context.Context, s source.Source) error {
	account := r.backend.TakeAccount(s.Taken.From)
	password, err := r.backend.Secret(ctx, account)
	if err != nil && !errors.Is(err, source.ErrNoSecret) { // the environment may know one
		return err
	}
	r.o.Logger.Info("takes the snapshot again", "schedule", r.Plan.Name, "source", s.Name)
	var far atomic.Value // how far it is
	far.Store("")
	defer r.watchStill(ctx, "The taking of the snapshot", pipeline.Job{}, func() string { return far.Load().(string) })()
	err = r.backend.Take(ctx, s, password, nobody, true, func(p source.Progress) {
		far.Store(fmt.Sprint(p.Read, p.Rows, p.Table, p.Finishing, p.Waiting))
	})
	if err != nil && ctx.Err() == nil {
		err = wording.Errorf("take the snapshot again: %w", err)
	}
	return err
}

// nobody is there to be asked.
func nobody(context.Context, source.Question) (string, error) { return "", nil }
