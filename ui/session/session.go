// Package session follows one source and carries out what people ask of it.
//
// A Session belongs to the UI goroutine: its methods are called there and its
// fields are changed there only. What takes time runs in goroutines of its own
// and comes back through the dispatch function that it was given.
package session

import (
	"context"
	"errors"
	"time"

	"sluice/pipeline"
	"sluice/ui/present"
)

// Watcher follows the status of an exporter.
type Watcher interface {
	// Watch calls tell with every new state, from one goroutine, until ctx ends.
	Watch(ctx context.Context, tell func(pipeline.State))
	// Poke asks for the status at once, and often for a while.
	Poke()
}

// SpaceTeller is an exporter that knows the disk that it writes to.
type SpaceTeller interface {
	// FreeSpace is how many bytes may still be written.
	FreeSpace() (int64, error)
}

// Options are what a Session works with.
type Options struct {
	Exporter pipeline.Exporter
	Watcher  Watcher
	Dispatch func(func())                 // runs a function on the UI goroutine
	Changed  func(*Session)               // called on the UI goroutine after each change
	Ended    func(*Session, pipeline.Job) // a job that was seen running has ended
	Now      func() time.Time             // nil: time.Now
	Sample   time.Duration                // between samples of the progress; 0: half a second
}

// Session is one source at work.
type Session struct {
	o      Options
	ctx    context.Context
	stop   context.CancelFunc
	closed bool

	state    pipeline.State
	last     pipeline.State // as the watcher told it
	told     told
	busy     present.Busy
	problem  error
	blamed   pipeline.Job      // the job that failed with the problem
	asked    *pipeline.Request // the last that was sent; nil: none
	since    time.Time         // when the job was first seen in its status
	mine     int64             // id of the job that was cancelled here
	progress pipeline.Progress
	free     int64 // bytes on the disk of a running job; 0: not known
	rates    present.Estimator
	sampling context.CancelFunc // nil while nothing is sampled
	round    int                // number of the request on its way
}

// Open starts to follow. The context bounds everything that the session does.
func Open(ctx context.Context, o Options) *Session {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Sample == 0 {
		o.Sample = 500 * time.Millisecond
	}
	s := &Session{o: o}
	s.ctx, s.stop = context.WithCancel(ctx)
	go o.Watcher.Watch(s.ctx, func(st pipeline.State) { s.later(func() { s.read(st) }) })
	return s
}

// Close ends the watching. Results that arrive later are dropped. A running
// export goes on: closing its exporter is what ends it.
func (s *Session) Close() {
	s.closed = true
	s.stop()
}

// later runs f on the UI goroutine, unless the session is closed by then.
func (s *Session) later(f func()) {
	s.o.Dispatch(func() {
		if !s.closed {
			f()
		}
	})
}

// observe takes a new state in.
func (s *Session) observe(next pipeline.State) {
	before := s.state.Job
	s.state = next
	if next.Job.ID != before.ID || next.Job.Status != before.Status || s.since.IsZero() {
		s.since = s.o.Now()
	}
	if s.settled() {
		s.problem, s.blamed = nil, pipeline.Job{}
	}
	s.followProgress()
	if before.Running() && next.Job.ID >= before.ID && !next.Job.Running() && s.o.Ended != nil {
		s.o.Ended(s, next.Job)
	}
	s.changed()
}

func (s *Session) changed() {
	if s.o.Changed != nil {
		s.o.Changed(s)
	}
}

// Start asks for an export. While a request is on its way it does nothing.
func (s *Session) Start(r pipeline.Request) {
	s.asked = &r
	s.request(present.Starting, func(ctx context.Context) (pipeline.Job, error) { return s.o.Exporter.Start(ctx, r) }, nil)
}

// Asked is the last request for an export; false if there was none.
func (s *Session) Asked() (r pipeline.Request, some bool) {
	if s.asked == nil {
		return r, false
	}
	return *s.asked, true
}

// Resume asks to go on with a job that ended early, where the exporter can.
func (s *Session) Resume(job int64) {
	resumer, ok := s.o.Exporter.(pipeline.Resumer)
	if !ok {
		return
	}
	s.request(present.Starting, func(ctx context.Context) (pipeline.Job, error) { return resumer.Resume(ctx, job) }, nil)
}

// Cancel asks the running job to stop.
func (s *Session) Cancel() {
	s.end(func(ctx context.Context) error {
		_, err := s.o.Exporter.Cancel(ctx)
		return err
	})
}

// Release ends a job whose process may be gone: on a server by a cancellation. A
// process that lives after all is asked to stop.
func (s *Session) Release() {
	s.end(func(ctx context.Context) error {
		if u, ok := s.o.Exporter.(pipeline.Unlocker); ok {
			_, err := u.Unlock(ctx)
			if running := (*pipeline.RunningError)(nil); !errors.As(err, &running) {
				return err
			}
		}
		_, err := s.o.Exporter.Cancel(ctx)
		return err
	})
}

// end asks for the end of the job that is shown.
func (s *Session) end(do func(context.Context) error) {
	job := s.state.Job.ID
	s.request(present.Cancelling, func(ctx context.Context) (pipeline.Job, error) { return pipeline.Job{}, do(ctx) }, func(err error) error {
		switch {
		case errors.Is(err, pipeline.ErrNotRunning): // it has ended meanwhile, which is what was asked for
			s.mine = job
			s.nothingRuns()
			return nil
		case err == nil:
			s.mine = job
			s.cancelAccepted()
		}
		return err
	})
}

// request runs a request in the background; done, if there is one, says what is
// left of its error. A cancellation may overtake a start that waits for the check
// of the index.
func (s *Session) request(kind present.Busy, do func(context.Context) (pipeline.Job, error), done func(error) error) {
	if s.closed || s.busy == kind || s.busy == present.Cancelling {
		return
	}
	s.busy, s.problem, s.blamed = kind, nil, pipeline.Job{}
	s.round++
	round := s.round
	s.changed()
	go func() {
		job, err := do(s.ctx)
		s.later(func() { s.answered(round, job, err, done) })
	}()
	s.o.Watcher.Poke()
}

// answered takes the result of a request in: the problem, and the job that the
// answer names. A start that was overtaken by a cancellation has nothing more to
// say.
func (s *Session) answered(round int, job pipeline.Job, err error, done func(error) error) {
	s.o.Watcher.Poke()
	if round != s.round {
		return
	}
	s.busy = present.Idle
	if done != nil {
		err = done(err)
	}
	s.problem = err
	if job = pipeline.Answered(job, err); err != nil && job.Status == pipeline.Failed {
		s.blamed = job
	}
	s.tell(job)
	s.changed()
}

// Refresh asks for the status now.
func (s *Session) Refresh() { s.o.Watcher.Poke() }

// State is what is known.
func (s *Session) State() pipeline.State { return s.state }

// Sampling reports whether the progress of a running job is looked at, which tells of
// a change with each sample.
func (s *Session) Sampling() bool { return s.sampling != nil }

// Busy says which request is on its way.
func (s *Session) Busy() present.Busy { return s.busy }

// Fill adds to the inputs of the status card what the session knows.
func (s *Session) Fill(in *present.Inputs) {
	in.State, in.Busy, in.Problem, in.Blamed = s.state, s.busy, s.problem, s.blamed
	if s.told.deny {
		in.Told = s.told.at
	}
	in.Since = s.o.Now().Sub(s.since)
	in.Progress, in.Rates, in.Free = s.progress, &s.rates, s.free
	in.Mine = s.mine != 0 && s.mine == s.state.Job.ID
}
