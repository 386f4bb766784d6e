package runner

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
	"sluice/schedule"
)

// unwritable keeps the states from being written until it is called again.
func (b *bench) unwritable() (mend func()) {
	b.t.Helper()
	lock := b.states.Path() + ".lock"
	if err := errors.Join(os.RemoveAll(lock), os.Mkdir(lock, 0o700)); err != nil {
		b.t.Fatal(err)
	}
	return func() {
		if err := os.Remove(lock); err != nil {
			b.t.Fatal(err)
		}
	}
}

// TestUnwritten: while nobody can write down what runs, nothing is begun; who is to be told of
// failures is told of that, once, and it runs when that is mended.
func TestUnwritten(t *testing.T) {
	b := newBench(t, "UTC", "2026-03-01 01:59", nightly("daily 02:00"))
	var changed []string
	b.o.Changed = func(name string) { changed = append(changed, name) }
	mend := b.unwritable()
	b.clock.Advance(time.Minute)
	b.settled()
	if len(b.tasks) != 0 || len(b.ended) != 1 || b.ended[0].Result.Outcome != schedule.Failed || b.ended[0].Result.Says == "" {
		t.Fatalf("begun was %+v, told %+v", b.tasks, b.ended)
	}
	if len(changed) == 0 {
		t.Error("who shows the schedules does not look")
	}
	if _, err := b.Now(t.Context(), "nightly"); err == nil || errors.Is(err, errElsewhere) {
		t.Errorf("at once: %v", err)
	}
	if err := b.states.Writable(); err == nil {
		t.Error("they are said to be writable")
	}
	mend()
	b.settled()
	if state := b.state("nightly"); len(b.tasks) != 1 || state.LastSuccess == nil {
		t.Errorf("afterwards it ran %d times: %+v", len(b.tasks), state)
	}
	if err := b.states.Writable(); err != nil {
		t.Error(err)
	}
}

// TestMissedUnwritten: what was missed is told when that can be written down, not with every look.
func TestMissedUnwritten(t *testing.T) {
	s := nightly("daily 02:00")
	s.Missed = schedule.Ask
	b := newBench(t, "UTC", "2026-03-01 02:30", s)
	b.clock.Advance(34 * time.Hour)
	mend := b.unwritable()
	b.settled()
	if len(b.ended) != 0 {
		t.Errorf("told was %+v", b.ended)
	}
	mend()
	b.settled()
	if len(b.ended) != 1 || b.ended[0].Result.Outcome != schedule.WasMissed {
		t.Errorf("afterwards %+v", b.ended)
	}
}

// TestEndUnwritten: a run whose end nobody can write down is not said to be completed.
func TestEndUnwritten(t *testing.T) {
	b := newBench(t, "UTC", "2026-03-01 12:00", nightly("daily 02:00"))
	b.do = func(ctx context.Context, task Task, began func(pipeline.Job)) (Done, error) {
		done, err := completes(ctx, task, began)
		b.unwritable()
		return done, err
	}
	result, err := b.Now(t.Context(), "nightly")
	if err != nil || result.Outcome != schedule.Failed || !strings.Contains(result.Says, "job 7 is complete; that it is cannot") || result.Job != 7 {
		t.Errorf("%+v, %v", result, err)
	}
}
