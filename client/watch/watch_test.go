package watch

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sluice/pipeline"
)

// source is an exporter whose status a test sets.
type source struct {
	mu        sync.Mutex
	job       pipeline.Job
	err       error
	block     chan struct{} // if not nil, reads wait for it or their context
	reads     []time.Time
	reconnect int
}

func (s *source) Start(context.Context, pipeline.Request) (pipeline.Job, error) {
	return pipeline.Job{}, errors.New("not used")
}

func (s *source) Cancel(context.Context) (pipeline.Cancellation, error) {
	return pipeline.Cancellation{}, errors.New("not used")
}

func (s *source) Status(ctx context.Context) (pipeline.Job, error) {
	s.mu.Lock()
	s.reads = append(s.reads, time.Now())
	job, err, block := s.job, s.err, s.block
	s.mu.Unlock()
	if block != nil {
		select {
		case <-block:
		case <-ctx.Done():
			return pipeline.Job{}, ctx.Err()
		}
	}
	return job, err
}

func (s *source) CloseIdleConnections() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reconnect++
}

func (s *source) set(change func(*source)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s)
}

// gaps are the times between the reads since the last call.
func (s *source) gaps() []time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	var gaps []time.Duration
	for i := 1; i < len(s.reads); i++ {
		gaps = append(gaps, s.reads[i].Sub(s.reads[i-1]))
	}
	s.reads = s.reads[max(0, len(s.reads)-1):]
	return gaps
}

func (s *source) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.reads)
}

// run runs the test with a watcher of the source, on the bubble's clock.
func run(t *testing.T, s *source, o Options, test func(t *testing.T, w *Watcher)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		if o.Random == nil {
			o.Random = func() float64 { return 0 }
		}
		w := New(s, o)
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- w.Run(ctx) }()
		synctest.Wait()
		test(t, w)
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("Run returns %v", err)
		}
	})
}

// pass lets time pass and the watcher do what is due.
func pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func job(id int64, status pipeline.Status, start time.Time) pipeline.Job {
	return pipeline.Job{ID: id, Status: status, StartTime: pipeline.At(start)}
}

// TestPace checks how often the status is read in every situation.
func TestPace(t *testing.T) {
	s := &source{}
	run(t, s, Options{}, func(t *testing.T, w *Watcher) {
		_, stop := w.Subscribe()
		defer stop()
		pass(2 * time.Minute)
		checkGaps(t, "idle", s.gaps(), 30*time.Second, 30*time.Second)

		s.set(func(s *source) { s.job = job(1, pipeline.Started, time.Now()) })
		w.Poke()
		pass(14 * time.Second)
		gaps := s.gaps()
		checkGaps(t, "after an action", gaps[1:], time.Second, time.Second)
		pass(5 * time.Minute)
		checkGaps(t, "young run", s.gaps(), time.Second, 16*time.Second)
		pass(10 * time.Minute)
		s.gaps()
		pass(2 * time.Hour)
		checkGaps(t, "long run", s.gaps(), 30*time.Second, 30*time.Second)

		s.set(func(s *source) { s.job.Status = pipeline.CancellationRequested })
		pass(30 * time.Second) // until it is noticed
		s.gaps()
		pass(20 * time.Second)
		checkGaps(t, "cancelling", s.gaps(), time.Second, 2*time.Second)

		s.set(func(s *source) { s.job.Status = pipeline.Cancelled })
		pass(time.Minute)
		s.gaps()
		pass(2 * time.Minute)
		checkGaps(t, "ended", s.gaps(), 30*time.Second, 30*time.Second)
	})
}

func checkGaps(t *testing.T, what string, gaps []time.Duration, least, most time.Duration) {
	t.Helper()
	if len(gaps) < 3 {
		t.Errorf("%s: only %d reads", what, len(gaps)+1)
	}
	for _, g := range gaps {
		if g < least || g > most {
			t.Errorf("%s: read after %s, want %s to %s", what, g, least, most)
		}
	}
}

// TestPaceDespiteClocks checks that a server whose clock is ahead is not asked
// every second for ever.
func TestPaceDespiteClocks(t *testing.T) {
	s := &source{}
	run(t, s, Options{}, func(t *testing.T, w *Watcher) {
		s.set(func(s *source) { s.job = job(1, pipeline.Started, time.Now().Add(5*time.Hour)) })
		_, stop := w.Subscribe()
		defer stop()
		pass(time.Hour)
		s.gaps()
		pass(time.Hour)
		checkGaps(t, "clock ahead", s.gaps(), 30*time.Second, 30*time.Second)
	})
}

// TestBackoff checks the pace of failures, that what was known stays known, and
// that the watcher recovers by itself.
func TestBackoff(t *testing.T) {
	s := &source{}
	run(t, s, Options{}, func(t *testing.T, w *Watcher) {
		s.set(func(s *source) { s.job = job(7, pipeline.Completed, time.Now()) })
		_, stop := w.Subscribe()
		defer stop()
		pass(time.Second)
		seen := w.State()
		if !seen.Known() || seen.Unreachable() || seen.Job.ID != 7 {
			t.Fatalf("state %+v", seen)
		}
		failure := errors.New("no route")
		s.set(func(s *source) { s.err = failure })
		pass(30 * time.Second)
		s.gaps()
		since := w.State().UnreachableSince
		pass(10 * time.Minute)
		var got []float64
		for _, g := range s.gaps() {
			got = append(got, g.Seconds())
		}
		if fmt.Sprint(got[:7]) != "[2 4 8 16 32 64 120]" {
			t.Errorf("reads after %v seconds", got)
		}
		st := w.State()
		if !st.Unreachable() || st.Job.ID != 7 || !errors.Is(st.Err, failure) || st.UnreachableSince != since || st.At != seen.At {
			t.Errorf("state %+v", st)
		}
		if age := st.Age(time.Now()); age < 10*time.Minute || age > 11*time.Minute {
			t.Errorf("the age is %s", age)
		}
		if s.reconnect == 0 {
			t.Error("old connections are kept")
		}

		s.set(func(s *source) { s.err = nil })
		pass(2 * time.Minute)
		if st := w.State(); st.Unreachable() || st.Err != nil || st.Age(time.Now()) > 2*time.Minute {
			t.Errorf("it does not recover: %+v", st)
		}
	})
}

// asking is an error that asks to wait.
type asking struct{ d time.Duration }

func (a asking) Error() string             { return "busy" }
func (a asking) RetryDelay() time.Duration { return a.d }

// TestObedience checks that a server is obeyed that asks for more time, and
// that refused credentials are not sent again and again.
func TestObedience(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want time.Duration
	}{
		{fmt.Errorf("read: %w", asking{7 * time.Minute}), 7 * time.Minute},
		{fmt.Errorf("read: %w", pipeline.ErrNotAuthorised), 5 * time.Minute},
	} {
		s := &source{err: tt.err}
		run(t, s, Options{}, func(t *testing.T, w *Watcher) {
			_, stop := w.Subscribe()
			defer stop()
			pass(30 * time.Minute)
			checkGaps(t, tt.err.Error(), s.gaps(), tt.want, tt.want)
			next := w.State().Next
			if !next.After(time.Now()) || time.Until(next) > tt.want {
				t.Errorf("the next read is at %s", next)
			}
			before := s.count()
			w.Poke()
			synctest.Wait()
			if s.count() != before+1 {
				t.Error("a poke does not read at once")
			}
		})
	}
}

// TestJitter checks that failing watchers do not keep in step.
func TestJitter(t *testing.T) {
	s := &source{err: errors.New("down")}
	run(t, s, Options{Random: func() float64 { return 0.999 }}, func(t *testing.T, w *Watcher) {
		_, stop := w.Subscribe()
		defer stop()
		pass(20 * time.Minute)
		gaps := s.gaps()
		if last := gaps[len(gaps)-1]; last < 96*time.Second || last > 97*time.Second {
			t.Errorf("the longest wait is %s, want a fifth less than 2 min", last)
		}
	})
}

// TestNobodyLooks checks that nothing is read before the first and after the
// last subscriber, and at once for the next.
func TestNobodyLooks(t *testing.T) {
	s := &source{}
	run(t, s, Options{}, func(t *testing.T, w *Watcher) {
		pass(time.Hour)
		if s.count() != 0 {
			t.Errorf("%d reads for nobody", s.count())
		}
		_, stop := w.Subscribe()
		_, stopOther := w.Subscribe()
		synctest.Wait()
		if s.count() != 1 {
			t.Errorf("%d reads for the first subscribers", s.count())
		}
		stop()
		pass(time.Minute)
		if n := s.count(); n != 3 {
			t.Errorf("%d reads for the one that stays", n)
		}
		stopOther()
		stopOther()
		pass(time.Hour)
		if n := s.count(); n != 3 {
			t.Errorf("%d reads after the last has left", n)
		}
		w.Poke()
		pass(time.Hour)
		if n := s.count(); n != 3 {
			t.Errorf("%d reads after a poke without a subscriber", n)
		}
		_, stop = w.Subscribe()
		defer stop()
		synctest.Wait()
		if n := s.count(); n != 4 {
			t.Errorf("%d reads when somebody looks again", n)
		}
	})
}

// TestSubscribers checks that each gets what is known at once, that a slow one
// gets the latest, and that the channel closes.
func TestSubscribers(t *testing.T) {
	s := &source{}
	run(t, s, Options{}, func(t *testing.T, w *Watcher) {
		first, stop := w.Subscribe()
		if st := <-first; st.Known() {
			t.Errorf("something is known before the first read: %+v", st)
		}
		if st := <-first; !st.Known() || st.Job.Exists() {
			t.Errorf("the first read gives %+v", st)
		}
		for id := range int64(5) {
			s.set(func(s *source) { s.job = job(id+1, pipeline.Completed, time.Now()) })
			pass(30 * time.Second)
		}
		if st := <-first; st.Job.ID != 5 {
			t.Errorf("a slow subscriber gets job %d", st.Job.ID)
		}
		late, stopLate := w.Subscribe()
		if st := <-late; st.Job.ID != 5 {
			t.Errorf("a late subscriber gets job %d", st.Job.ID)
		}
		stop()
		stopLate()
		for range first {
			t.Error("a state after the end")
		}
	})
}

// TestPokeOvertakesARead checks that a read that began before an action does
// not show its old answer after it.
func TestPokeOvertakesARead(t *testing.T) {
	s := &source{block: make(chan struct{})}
	run(t, s, Options{}, func(t *testing.T, w *Watcher) {
		s.set(func(s *source) { s.job, s.block = job(1, pipeline.Completed, time.Now()), make(chan struct{}) })
		states, stop := w.Subscribe()
		defer stop()
		<-states
		synctest.Wait() // the read hangs
		s.set(func(s *source) { s.job, s.block = job(2, pipeline.Started, time.Now()), nil })
		w.Observe(job(2, pipeline.Started, time.Now()))
		if st := <-states; st.Job.ID != 2 || st.Err != nil {
			t.Errorf("after the action: %+v", st)
		}
		synctest.Wait()
		if st := w.State(); st.Job.ID != 2 || st.Err != nil || st.Unreachable() {
			t.Errorf("after the next read: %+v", st)
		}
		if s.count() != 2 {
			t.Errorf("%d reads", s.count())
		}
	})
}

// TestHangingRead checks that a read that never answers is given up.
func TestHangingRead(t *testing.T) {
	s := &source{block: make(chan struct{})}
	run(t, s, Options{Timeout: time.Minute}, func(t *testing.T, w *Watcher) {
		s.set(func(s *source) { s.block = make(chan struct{}) })
		_, stop := w.Subscribe()
		defer stop()
		pass(61 * time.Second)
		if st := w.State(); !st.Unreachable() || !errors.Is(st.Err, context.DeadlineExceeded) {
			t.Errorf("state %+v", st)
		}
	})
}

// TestSleep checks that a computer that slept reads soon after it wakes, with
// new connections, although timers stood still; and that a clock that is set
// back does not stop the watcher.
func TestSleep(t *testing.T) {
	s := &source{}
	var mu sync.Mutex
	var asleep time.Duration
	now := func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		return time.Now().Add(asleep)
	}
	jump := func(d time.Duration) {
		mu.Lock()
		defer mu.Unlock()
		asleep += d
	}
	run(t, s, Options{Now: now}, func(t *testing.T, w *Watcher) {
		_, stop := w.Subscribe()
		defer stop()
		pass(7 * time.Second)
		if s.count() != 1 || s.reconnect != 0 {
			t.Fatalf("%d reads, %d reconnections", s.count(), s.reconnect)
		}
		jump(8 * time.Hour)
		pass(slice)
		if s.count() != 2 || s.reconnect != 1 {
			t.Errorf("after the sleep: %d reads, %d reconnections", s.count(), s.reconnect)
		}
		jump(-24 * time.Hour)
		pass(2 * time.Minute)
		if n := s.count(); n < 5 {
			t.Errorf("after the clock was set back: %d reads", n)
		}
	})
}

// TestStuck checks when a job is called possibly stuck.
func TestStuck(t *testing.T) {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		job         pipeline.Job
		age         time.Duration
		predecessor []time.Duration
		want        bool
	}{
		{pipeline.Job{}, 1000 * time.Hour, nil, false},
		{job(1, pipeline.Completed, start), 1000 * time.Hour, nil, false},
		{job(1, "PAUSED", start), 1000 * time.Hour, nil, false},
		{job(1, pipeline.Started, start), 47 * time.Hour, nil, false},
		{job(1, pipeline.Started, start), 49 * time.Hour, nil, true},
		{job(1, pipeline.Started, start), 59 * time.Minute, []time.Duration{time.Minute}, false},
		{job(1, pipeline.Started, start), 61 * time.Minute, []time.Duration{time.Minute}, true},
		{job(1, pipeline.Started, start), 29 * time.Hour, []time.Duration{time.Hour, 10 * time.Hour}, false},
		{job(1, pipeline.Started, start), 31 * time.Hour, []time.Duration{10 * time.Hour, time.Hour}, true},
		{job(1, pipeline.CancellationRequested, start), 9 * time.Minute, nil, false},
		{job(1, pipeline.CancellationRequested, start), 11 * time.Minute, nil, true},
	} {
		if got := StuckReason(tt.job, tt.age, tt.predecessor); (got != "") != tt.want {
			t.Errorf("%s for %s after %v: %q", tt.job.Status, tt.age, tt.predecessor, got)
		}
	}
}

// TestLearnsFromPredecessors checks that the watcher judges by the runs that it
// has seen end and by those that it is told of.
func TestLearnsFromPredecessors(t *testing.T) {
	s := &source{}
	run(t, s, Options{Predecessors: func() []time.Duration { return []time.Duration{20 * time.Minute} }}, func(t *testing.T, w *Watcher) {
		_, stop := w.Subscribe()
		defer stop()
		s.set(func(s *source) {
			s.job = job(1, pipeline.Completed, time.Now().Add(-time.Hour))
			s.job.CompletedTime = pipeline.At(time.Now())
		})
		pass(time.Minute)
		s.set(func(s *source) { s.job = job(2, pipeline.Started, time.Now()) })
		pass(2*time.Hour + 59*time.Minute)
		if st := w.State(); st.Stuck {
			t.Errorf("too early: %s", st.StuckReason)
		}
		pass(2 * time.Minute)
		st := w.State()
		want := "Job 2 has been running for 3 h; the longest known export before it took 1 h. " + release + "."
		if !st.Stuck || st.StuckReason != want {
			t.Errorf("it says %q", st.StuckReason)
		}
		s.set(func(s *source) { s.job.Status = pipeline.Cancelled })
		pass(time.Minute)
		if w.State().Stuck {
			t.Error("an ended job is stuck")
		}
	})
}

// TestPaceThatIsChosen: it holds from the start and when it is changed, which is noticed at
// once; an action is still followed every second.
func TestPaceThatIsChosen(t *testing.T) {
	s := &source{}
	run(t, s, Options{Every: 5 * time.Minute}, func(t *testing.T, w *Watcher) {
		_, stop := w.Subscribe()
		defer stop()
		pass(11 * time.Minute)
		if got := s.gaps(); len(got) != 2 || got[0] != 5*time.Minute {
			t.Errorf("every 5 minutes: %v", got)
		}
		w.SetEvery(10 * time.Second)
		pass(time.Millisecond)
		if got := s.gaps(); len(got) != 1 || got[0] > time.Minute+time.Second {
			t.Errorf("the change is noticed after %v", got)
		}
		pass(31 * time.Second)
		if got := s.gaps(); len(got) != 3 || got[1] != 10*time.Second {
			t.Errorf("every 10 seconds: %v", got)
		}
		w.Poke()
		pass(3 * time.Second)
		if got := s.gaps(); len(got) < 3 {
			t.Errorf("after an action: %v", got)
		}
	})
	for d, right := range map[time.Duration]bool{LeastPace: true, MostPace: true, UsualPace: true, time.Second: false, 2 * time.Hour: false, 0: false, -time.Minute: false} {
		if err := CheckPace(d); (err == nil) != right {
			t.Errorf("%s: %v", d, err)
		}
	}
}
