package watch

import (
	"context"
	"errors"
	"strings"
	"time"

	"sluice/figures"
	"sluice/pipeline"
	"sluice/wording"
)

// FollowOptions say how long the end of a job is waited for.
type FollowOptions struct {
	// Watch tunes the reads. Patience bounds how long answers may stay bad:
	// failures, and answers that cannot be what became of the job.
	Watch Options
	// Timeout bounds the whole; 0 is no bound.
	Timeout time.Duration
	// Asked is when the job was asked for, if it was; a job that began long before is
	// another one with the same id, where the answer to the start told no time.
	Asked time.Time
	// Tell is called with every new state, and with the same one again after every
	// Repeat without another, which is never if 0; not if nil.
	Tell   func(pipeline.State)
	Repeat time.Duration
}

// GaveUpError says that the end of a job was not seen.
type GaveUpError struct {
	Job  pipeline.Job  // as it was seen last
	Bad  bool          // the answers stayed bad; false if the time was up
	For  time.Duration // how long the answers were bad, or the wait
	Last error         // what was wrong with the last answer; nil if nothing was
}

func (e *GaveUpError) Error() string {
	s := wording.Of("gave up waiting for the end of job %d after %s", e.Job.ID, figures.Span(e.For))
	if e.Bad {
		s = wording.Of("gave up waiting for the end of job %d: for %s no answer told how it stands", e.Job.ID, figures.Span(e.For))
	}
	s = wording.Of("%s; it was seen last as %s", s, e.Job.Status)
	if e.Last != nil {
		s = wording.Of("%s (the last answer: %s)", s, summary(e.Last))
	}
	return s.String()
}

// summary is what went wrong, without what to do about it.
func summary(err error) string {
	var e interface{ Summary() string }
	if errors.As(err, &e) {
		return strings.TrimSuffix(e.Summary(), ".")
	}
	return err.Error()
}

// Unwrap returns what was wrong with the last answer.
func (e *GaveUpError) Unwrap() error { return e.Last }

// lastLook is how long one more read may take before the waiting is given up.
const lastLook = 10 * time.Second

// Follow watches a job until an answer says that it has ended, and returns it as it was
// seen last. The job is told from others by its id and its start. Whatever else the
// server answers is borne: failures of every kind, no job, older jobs, later jobs,
// earlier states. Follow gives up with a *GaveUpError if that lasts for the patience
// without one good answer between, or when the time is up; each time only after one
// more look. When ctx ends it returns the error of ctx.
func Follow(ctx context.Context, e pipeline.Exporter, job pipeline.Job, o FollowOptions) (pipeline.Job, error) {
	if job.Status.Ended() {
		return job, nil
	}
	if o.Watch.Patience <= 0 {
		o.Watch.Patience = DefaultPatience
	}
	if o.Tell == nil {
		o.Tell = func(pipeline.State) {}
	}
	// At least a few reads fall into the patience, also those that back off.
	o.Watch = o.Watch.withDefaults()
	o.Watch.Denied = min(o.Watch.Denied, o.Watch.Patience/4)
	o.Watch.Backoff = min(o.Watch.Backoff, o.Watch.Patience/4)
	w := New(e, o.Watch)
	w.only, w.asked = true, o.Asked
	w.Observe(job)
	states, stop := w.Subscribe()
	running, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = w.Run(running) // always ends with the error of its context
	}()
	defer func() { stop(); cancel(); <-done }()
	f := following{options: o, watcher: w, states: states, began: o.Watch.Now(), state: w.State()}
	return f.run(ctx)
}

// following is one call of Follow.
type following struct {
	options FollowOptions
	watcher *Watcher
	states  <-chan pipeline.State
	began   time.Time
	state   pipeline.State

	patience *time.Timer  // runs while answers are bad
	final    *GaveUpError // what is returned after the last look; nil before
	look     *time.Timer  // bounds the last look
	awaited  int          // the number of the read that is the last look
}

func (f *following) run(ctx context.Context) (pipeline.Job, error) {
	var repeat <-chan time.Time
	if f.options.Repeat > 0 {
		ticker := time.NewTicker(f.options.Repeat)
		defer ticker.Stop()
		repeat = ticker.C
	}
	f.patience, f.look = stopped(), stopped()
	defer f.patience.Stop()
	defer f.look.Stop()
	timeout := stopped()
	defer timeout.Stop()
	if f.options.Timeout > 0 {
		timeout.Reset(f.options.Timeout)
	}
	for {
		select {
		case <-ctx.Done():
			return f.state.Job, ctx.Err()
		case <-repeat:
			f.options.Tell(f.state)
		case <-f.states:
			if over, err := f.learn(); over {
				return f.state.Job, err
			}
		case <-f.patience.C:
			f.lookAgain(true)
		case <-timeout.C:
			f.lookAgain(false)
		case <-f.look.C:
			return f.state.Job, f.giveUp()
		}
	}
}

// stopped is a timer that does not run.
func stopped() *time.Timer {
	t := time.NewTimer(time.Hour)
	t.Stop()
	return t
}

// learn takes in the newest state, and reports whether the following is over.
func (f *following) learn() (over bool, err error) {
	before := f.state
	s, read := f.watcher.newest()
	f.state = s
	f.options.Tell(s)
	switch {
	case s.Job.Status.Ended():
		return true, nil
	case s.Good():
		f.patience.Stop()
		if f.final != nil && f.final.Bad {
			f.final = nil
			f.look.Stop()
		}
	case before.BadSince.IsZero():
		f.patience.Reset(f.options.Watch.Patience)
	}
	if f.final != nil && read >= f.awaited {
		return true, f.giveUp()
	}
	return false, nil
}

// lookAgain reads the status once more before the following is given up; not if the
// server has asked to be left alone for longer.
func (f *following) lookAgain(bad bool) {
	if f.final != nil && !f.final.Bad {
		return
	}
	f.final = &GaveUpError{Bad: bad}
	if f.asksToWait() {
		f.look.Reset(0)
		return
	}
	f.look.Reset(lastLook)
	f.awaited = f.watcher.lookAgain()
}

func (f *following) asksToWait() bool {
	var asks interface{ RetryDelay() time.Duration }
	return errors.As(f.state.Err, &asks) && asks.RetryDelay() > 0 && f.state.Next.Sub(f.options.Watch.Now()) > lastLook
}

// giveUp is the error of the end that was not seen.
func (f *following) giveUp() error {
	e := f.final
	e.Job, e.For = f.state.Job, f.options.Watch.Now().Sub(f.began)
	if e.Last = f.state.Err; e.Last == nil {
		e.Last = f.state.Doubt
	}
	if e.Bad {
		e.For = f.options.Watch.Now().Sub(f.state.BadSince)
	}
	return e
}

// lookAgain reads the status now, after the read that is being done, if one is. It
// returns the number of that read.
func (w *Watcher) lookAgain() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.soon = true
	w.signal()
	return w.begun + 1
}

// newest is the state, and the number of the last read that it takes in.
func (w *Watcher) newest() (pipeline.State, int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	read := w.begun
	if w.reading != nil {
		read--
	}
	return w.state.Clone(), read
}
