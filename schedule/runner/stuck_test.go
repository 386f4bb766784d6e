package runner

import (
	"testing"
	"time"

	"sluice/pipeline"
	"sluice/schedule"
)

// holding is a schedule of a source that a job is thought to hold since a moment.
func holding(t *testing.T, source string, since time.Duration) *bench {
	t.Helper()
	s := nightly("daily 02:00")
	s.Source = source
	b := newBench(t, "UTC", "2026-03-01 12:00", s)
	err := b.states.Change("nightly", func(s *schedule.State) bool {
		s.Handled = b.clock.Now()
		s.Stuck = &schedule.Stuck{Job: 9, Since: b.clock.Now().Add(since), Says: "it runs for 50 h"}
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestStuckOfASourceThatIsGone: nobody can look at it any more, and it holds up nothing.
func TestStuckOfASourceThatIsGone(t *testing.T) {
	b := holding(t, "z", -time.Hour)
	b.settled()
	if s := b.state("nightly"); s.Stuck != nil || b.looks > 0 {
		t.Errorf("%+v, looked %d times", s.Stuck, b.looks)
	}
}

// TestStuckInTheFuture: what a clock that ran ahead has written down is looked at all the same,
// and mended; the hooks hear of the next job that is stuck.
func TestStuckInTheFuture(t *testing.T) {
	b := holding(t, "a", 365*24*time.Hour)
	b.settled()
	if s := b.state("nightly"); b.looks != 1 || s.Stuck == nil || !s.Stuck.Since.Equal(b.clock.Now()) {
		t.Errorf("%+v, looked %d times", s.Stuck, b.looks)
	}
	b.released = true
	b.clock.Advance(stuckLook)
	b.settled()
	if s := b.state("nightly"); s.Stuck != nil {
		t.Errorf("it was released: %+v", s.Stuck)
	}
	task := Task{Plan: schedule.Plan{Schedule: schedule.Schedule{Name: "nightly"}}}
	b.Runner.stuck(t.Context(), task, pipeline.Job{ID: 9, StartTime: pipeline.At(b.clock.Now())}, "it runs for 60 h")
	if s := b.state("nightly"); s.Stuck == nil || len(b.ended) != 1 || b.ended[0].Result.Outcome != schedule.LooksStuck {
		t.Errorf("told %+v, %+v", b.ended, s.Stuck)
	}
}
