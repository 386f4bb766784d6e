package session

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sluice/pipeline"
	"sluice/ui/present"
)

// engine is an exporter whose answers the test decides.
type engine struct {
	mu       sync.Mutex
	job      pipeline.Job
	progress pipeline.Progress
	start    func(context.Context) error
	samples  int
}

func (e *engine) Start(ctx context.Context, r pipeline.Request) (pipeline.Job, error) {
	return pipeline.Job{}, e.start(ctx)
}

func (e *engine) Status(context.Context) (pipeline.Job, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.job, nil
}

func (e *engine) Cancel(context.Context) (pipeline.Cancellation, error) {
	e.set(pipeline.Cancelled)
	return pipeline.CancellationAccepted, nil
}

func (e *engine) Progress() pipeline.Progress {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.samples++
	e.progress.Done += 10
	return e.progress
}

// sampled is how often the progress was asked for.
func (e *engine) sampled() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.samples
}

func (e *engine) FreeSpace() (int64, error) { return 412_000_000_000, nil }

func (e *engine) set(s pipeline.Status) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.job = pipeline.Job{ID: 7, Status: s, StartTime: pipeline.At(time.Now())}
}

// poller asks for the status every second, and at each poke.
type poller struct {
	e    pipeline.Exporter
	poke chan struct{}
}

func (p *poller) Poke() { p.poke <- struct{}{} }

func (p *poller) Watch(ctx context.Context, tell func(pipeline.State)) {
	for {
		job, err := p.e.Status(ctx)
		tell(pipeline.State{Job: job, At: time.Now(), Err: err})
		select {
		case <-ctx.Done():
			return
		case <-p.poke:
		case <-time.After(time.Second):
		}
	}
}

// desk runs dispatched functions one after the other, as the UI goroutine does.
type desk struct{ queue chan func() }

func newDesk() *desk { return &desk{queue: make(chan func(), 1000)} }

func (d *desk) dispatch(f func()) { d.queue <- f }

// settle runs what is waiting, and what that sets in motion.
func (d *desk) settle() {
	for {
		synctest.Wait()
		select {
		case f := <-d.queue:
			f()
		default:
			return
		}
	}
}

func open(t *testing.T, e *engine) (*Session, *desk, *[]pipeline.Job) {
	t.Helper()
	d := newDesk()
	var ended []pipeline.Job
	s := Open(t.Context(), Options{Exporter: e, Watcher: &poller{e, make(chan struct{}, 100)}, Dispatch: d.dispatch,
		Ended: func(_ *Session, j pipeline.Job) { ended = append(ended, j) }})
	d.settle()
	return s, d, &ended
}

func TestStartRunCancel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := &engine{}
		e.start = func(context.Context) error { e.set(pipeline.Started); return nil }
		s, d, ended := open(t, e)
		defer s.Close()
		if !s.State().Known() || s.State().Job.Exists() {
			t.Fatalf("state at first is %+v", s.State())
		}
		s.Start(pipeline.Request{})
		if s.Busy() != present.Starting {
			t.Error("the start is not on its way")
		}
		d.settle()
		if s.Busy() != present.Idle || s.State().Job.Status != pipeline.Started {
			t.Errorf("after the start: busy %v, status %q", s.Busy(), s.State().Job.Status)
		}
		time.Sleep(time.Second)
		d.settle()
		if s.progress.Done < 10 {
			t.Errorf("progress after a second: %d", s.progress.Done)
		}
		var running present.Inputs
		if s.Fill(&running); running.Free != 412_000_000_000 {
			t.Errorf("%d bytes are free", running.Free)
		}
		s.Cancel()
		d.settle()
		if got := s.State().Job.Status; got != pipeline.Cancelled || len(*ended) != 1 {
			t.Errorf("after the cancellation: %q, %d jobs ended", got, len(*ended))
		}
		var in present.Inputs
		s.Fill(&in)
		if !in.Mine {
			t.Error("the window forgot that it cancelled the job")
		}
		samples := e.sampled()
		time.Sleep(time.Second)
		d.settle()
		if e.sampled() > samples+1 {
			t.Errorf("%d samples were taken after the end", e.sampled()-samples)
		}
	})
}

// TestProgressIsToldOnceASecond: the estimates take twice as many samples.
func TestProgressIsToldOnceASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := &engine{}
		e.set(pipeline.Started)
		s, d, _ := open(t, e)
		defer s.Close()
		told, samples := 0, e.sampled()
		s.o.Changed = func(*Session) { told++ }
		for range 40 {
			time.Sleep(250 * time.Millisecond)
			d.settle()
		}
		if sampled := e.sampled() - samples; told > 11 || told < 9 || sampled < 19 {
			t.Errorf("in ten seconds %d samples were taken and %d changes told", sampled, told)
		}
	})
}

func TestSamplesDoNotQueueUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := &engine{}
		e.set(pipeline.Started)
		s, d, _ := open(t, e)
		defer s.Close()
		before := e.sampled()        // looked at: the one that is drawn with the beginning
		time.Sleep(10 * time.Second) // the UI goroutine does not come to it
		synctest.Wait()
		if n := e.sampled() - before; n > 1 {
			t.Errorf("%d samples were taken while none was looked at", n)
		}
		d.settle()
	})
}

func TestCancelOvertakesStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := &engine{}
		release := make(chan struct{})
		e.start = func(context.Context) error {
			e.set(pipeline.Started)
			<-release // the index is being checked
			return errors.New("the start was cancelled")
		}
		s, d, _ := open(t, e)
		defer s.Close()
		s.Start(pipeline.Request{})
		time.Sleep(2 * time.Second)
		d.settle()
		s.Cancel()
		d.settle()
		close(release)
		d.settle()
		var in present.Inputs
		s.Fill(&in)
		if in.Problem != nil || in.State.Job.Status != pipeline.Cancelled || in.Busy != present.Idle {
			t.Errorf("problem %v, status %q, busy %v: the answer of the overtaken start should be dropped", in.Problem, in.State.Job.Status, in.Busy)
		}
	})
}

// unlocking is an engine whose job can be unlocked, unless its process lives.
type unlocking struct {
	*engine
	alive            bool
	unlocked, cancel int
}

func (u *unlocking) Unlock(context.Context) (pipeline.Job, error) {
	u.unlocked++
	if u.alive {
		return pipeline.Job{}, &pipeline.RunningError{Job: pipeline.Job{ID: 7}}
	}
	u.set(pipeline.Cancelled)
	return pipeline.Job{}, nil
}

func (u *unlocking) Cancel(ctx context.Context) (pipeline.Cancellation, error) {
	u.cancel++
	return u.engine.Cancel(ctx)
}

// TestRelease unlocks where that is possible, and cancels a job that lives.
func TestRelease(t *testing.T) {
	for _, alive := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			e := &engine{}
			e.set(pipeline.Started)
			u := &unlocking{engine: e, alive: alive}
			d := newDesk()
			s := Open(t.Context(), Options{Exporter: u, Watcher: &poller{u, make(chan struct{}, 100)}, Dispatch: d.dispatch})
			defer s.Close()
			d.settle()
			s.Release()
			d.settle()
			var in present.Inputs
			s.Fill(&in)
			if in.Problem != nil || in.State.Job.Status != pipeline.Cancelled || u.unlocked != 1 || (u.cancel == 1) != alive {
				t.Errorf("alive %t: problem %v, status %q, unlocked %d, cancelled %d", alive, in.Problem, in.State.Job.Status, u.unlocked, u.cancel)
			}
		})
	}
}

func TestValidationFailureIsShownAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := &engine{}
		failed := pipeline.Job{ID: 8, Status: pipeline.Failed, Errors: []pipeline.Diagnostic{{Key: pipeline.KeyPreValidation}}}
		e.start = func(context.Context) error {
			e.mu.Lock()
			defer e.mu.Unlock()
			e.job = failed
			return &pipeline.ValidationError{Job: failed}
		}
		s, d, _ := open(t, e)
		defer s.Close()
		s.Start(pipeline.Request{})
		d.settle()
		if s.State().Job.ID != 8 || s.State().Job.Status != pipeline.Failed {
			t.Errorf("the state is %+v", s.State().Job)
		}
	})
}

func TestClosedSessionDropsResults(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := &engine{}
		e.start = func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
		s, d, _ := open(t, e)
		changes := 0
		s.o.Changed = func(*Session) { changes++ }
		s.Start(pipeline.Request{})
		s.Close()
		before := changes
		d.settle()
		if changes != before {
			t.Errorf("%d changes came after the end", changes-before)
		}
	})
}
