// Package work does what a schedule is for, through package backend: it takes the
// snapshot of a database again, exports, on this computer or on a server, and waits for
// the end. Nobody is asked anything: secrets come from files, commands and the keyring.
package work

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/jonboulle/clockwork"

	"sluice/backend"
	"sluice/client/watch"
	"sluice/pipeline"
	"sluice/schedule/runner"
	"sluice/source"
	"sluice/wording"
)

// Options say what a Work works with.
type Options struct {
	Backend *backend.Backend
	Logger  *slog.Logger     // nil: none
	Clock   clockwork.Clock  // nil: the real one
	Now     func() time.Time // nil: that of Clock
	Watch   watch.Options    // how the job of a server is followed
}

// Work does the runs of schedules.
type Work struct{ o Options }

var _ runner.Work = (*Work)(nil)

// New returns a Work.
func New(o Options) *Work {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Clock == nil {
		o.Clock = clockwork.NewRealClock()
	}
	if o.Now == nil {
		o.Now = o.Clock.Now
	}
	return &Work{o}
}

// stopGrace bounds how long a job may take to stop.
const stopGrace = 30 * time.Second

// Do does a run; see runner.Work.
func (w *Work) Do(ctx context.Context, t runner.Task, began func(pipeline.Job)) (runner.Done, error) {
	r := run{Work: w, Task: t, by: pipeline.BySchedule(t.Plan.Name), began: began}
	r.backend = w.o.Backend.As(r.by)
	if err := t.Plan.Suits(t.Source); err != nil && t.Plan.Redact != "" { // what is to be redacted is brought nowhere whole
		return runner.Done{}, err
	}
	if t.Source.Kind == source.KindServer {
		return r.onServer(ctx)
	}
	return r.here(ctx)
}

// run is one call of Do.
type run struct {
	*Work
	runner.Task
	by      string // of pipeline.Job.StartedBy
	backend *backend.Backend
	began   func(pipeline.Job)
	engine  source.Engine
	said    *stuckOn // nil: nothing was said yet
}

// request is what the export is asked for. newest is what days are counted back from, and
// last up to when the last completed export has everything.
func (r *run) request(newest time.Time, last func() (time.Time, error)) (pipeline.Request, error) {
	var request pipeline.Request
	if r.Plan.Window == "" {
		return request, nil
	}
	anchor := pipeline.Anchor{Newest: newest}
	var err error
	if r.Plan.Since.SinceLast() {
		if anchor.Last, err = last(); err != nil {
			return request, err
		}
	}
	request.FromDate, err = r.Plan.Since.Instant(anchor, r.Plan.Place, r.o.Now())
	if errors.Is(err, pipeline.ErrNoExport) {
		r.o.Logger.Info("there is no completed export to go on from: everything is exported", "schedule", r.Plan.Name)
		return pipeline.Request{FromDate: pipeline.Beginning()}, nil
	}
	if err != nil {
		err = wording.Errorf("the window of the schedule: %w", err)
	}
	return request, err
}

// verdict is the error of a job that has ended otherwise than completed.
func verdict(job pipeline.Job) error {
	switch job.Status {
	case pipeline.Completed:
		return nil
	case pipeline.Cancelled:
		return wording.Errorf("job %d: %w", job.ID, runner.ErrCancelled)
	}
	err := wording.Errorf("job %d ended as %s", job.ID, job.Status)
	if len(job.Errors) > 0 {
		err = wording.Errorf("%w: %s", err, job.Errors[0].Message)
	}
	if _, ok := job.Diagnostic(pipeline.KeyPreValidation); ok && job.Status == pipeline.Failed && !job.Config.ForcedExport {
		return told{err, &pipeline.ValidationError{Job: job}}
	}
	return err
}

// told is an error with the words of one and the meaning of another.
type told struct {
	error
	means error
}

func (t told) Unwrap() error { return t.means }

// close gives the engine up.
func (r *run) close(ctx context.Context) {
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopGrace)
	defer cancel()
	if err := r.engine.Close(closing); err != nil {
		r.o.Logger.Error("close", "source", r.Source.Name, "error", err)
	}
}
