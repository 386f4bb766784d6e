package runner

import (
	"context"
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
	"sluice/schedule"
)

// TestStoppedWithinWhatFollows: a run whose delivery was stopped with the process is not said to be
// completed, also by who takes it up; the next start does what follows, and exports nothing anew.
func TestStoppedWithinWhatFollows(t *testing.T) {
	b := newBench(t, "UTC", "2026-03-01 12:00", nightly("daily 02:00"))
	for attempt := range 2 {
		ctx, stop := context.WithCancel(t.Context())
		b.do = func(ctx context.Context, task Task, began func(pipeline.Job)) (Done, error) {
			done, err := completes(ctx, task, began)
			stop()
			return done, err
		}
		b.step = context.Canceled
		result, err := b.Now(ctx, "nightly")
		if err != nil || result.Outcome != schedule.Interrupted || !strings.Contains(result.Says, "job 7 is complete; what follows it was stopped") {
			t.Errorf("attempt %d: %+v, %v", attempt, result, err)
		}
		if s := b.state("nightly"); s.Running == nil || s.Last != nil {
			t.Errorf("attempt %d leaves %+v", attempt, s)
		}
	}
	b.step = nil
	b.do = func(ctx context.Context, task Task, began func(pipeline.Job)) (Done, error) {
		b.clock.Advance(time.Second)
		return completes(ctx, task, began)
	}
	if result, err := b.Now(t.Context(), "nightly"); err != nil || result.Outcome != schedule.Completed || len(b.tasks) != 3 || !b.tasks[1].Before || !b.tasks[2].Before {
		t.Errorf("the next start: %+v, %v, %+v", result, err, b.tasks)
	}
}
