package runner

import (
	"testing"
	"time"

	"sluice/schedule"
)

// interrupted is a schedule of which a run of the first day was left by a process that has ended,
// and which nobody has looked at until noon of the next.
func interrupted(t *testing.T, policy schedule.Policy) *bench {
	t.Helper()
	s := nightly("daily 02:00")
	s.Missed = policy
	b := newBench(t, "UTC", "2026-03-01 02:00", s)
	began := b.clock.Now()
	err := b.states.Change("nightly", func(s *schedule.State) bool {
		s.Handled, s.Running = began, &schedule.Running{Due: began, Began: began, Attempt: 1, Job: 7, PID: 1 << 30, Source: "a"}
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	b.clock.Advance(34 * time.Hour)
	return b
}

// settled looks until nothing happens any more.
func (b *bench) settled() {
	for range 4 {
		b.look(b.t.Context())
		b.runs.Wait()
	}
}

// TestMissedWhileInterrupted: an interrupted run that is gone on with makes up for nothing that was
// missed since, nor does what makes up for it run into the other.
func TestMissedWhileInterrupted(t *testing.T) {
	for policy, want := range map[schedule.Policy]string{schedule.Ask: "01 02:00", schedule.Run: "01 02:00, 02 12:00"} {
		b := interrupted(t, policy)
		b.settled()
		state := b.state("nightly")
		if got := b.due(); got != want || (state.Missed != nil) != (policy == schedule.Ask) || state.Retry != nil || state.Running != nil {
			t.Errorf("%q: it ran for %q, want %q: %+v", policy, got, want, state)
		}
		for _, e := range b.ended {
			if e.Result.Outcome == schedule.Refused {
				t.Errorf("%q: refused: %s", policy, e.Result.Says)
			}
		}
	}
}

// TestNowMakesUpForIt: who runs it at once gets both, the run that was left and a new one.
func TestNowMakesUpForIt(t *testing.T) {
	b := interrupted(t, schedule.Ask)
	err := b.states.Change("nightly", func(s *schedule.State) bool {
		at := b.clock.Now().Add(-10 * time.Hour)
		s.Missed, s.Handled = &schedule.Missed{First: at, Last: at, Count: 1}, at
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	result, err := b.Now(t.Context(), "nightly")
	if state := b.state("nightly"); err != nil || result.Outcome != schedule.Completed || len(b.tasks) != 2 || !b.tasks[0].Before || b.tasks[1].Before || state.Missed != nil {
		t.Errorf("%+v, %v: %+v", result, err, b.tasks)
	}
}

// TestMissedWithATimer: where nothing but a timer of the system looks, what it missed while the
// computer was off is told by the next run, which is not among that however late it is.
func TestMissedWithATimer(t *testing.T) {
	for name, c := range map[string]struct {
		off  time.Duration // since the last run, at 02:00
		want int           // missed
	}{
		"in time":      {24 * time.Hour, 0},
		"a slow timer": {24*time.Hour + 10*time.Minute, 0},
		"off":          {96 * time.Hour, 3},
		"off, late":    {96*time.Hour + 10*time.Minute, 3},
	} {
		b := newBench(t, "UTC", "2026-03-01 02:00", nightly("daily 02:00"))
		if err := b.states.Change("nightly", func(s *schedule.State) bool { s.Handled = b.clock.Now(); return true }); err != nil {
			t.Fatal(err)
		}
		b.clock.Advance(c.off)
		for range 2 { // a second look tells nothing again
			if is, err := b.IsDue(t.Context(), "nightly"); err != nil || !is {
				t.Errorf("%s: due %v, %v", name, is, err)
			}
		}
		told := 0
		for _, e := range b.ended {
			if e.Result.Outcome == schedule.WasMissed {
				told++
			}
		}
		if s := b.state("nightly"); told != min(c.want, 1) || c.want > 0 && (s.Missed == nil || s.Missed.Count != c.want || s.Missed.Last.Day() != 4) {
			t.Errorf("%s: told %d times, %+v", name, told, s.Missed)
		}
		if r, err := b.Now(t.Context(), "nightly"); err != nil || r.Outcome != schedule.Completed || b.state("nightly").Missed != nil {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
}
