package backend

import (
	"context"
	"testing"
	"time"

	"sluice/client/watch"
	"sluice/pipeline"
)

// idle is an exporter that has never run.
type idle struct{ pipeline.Exporter }

func (idle) Status(context.Context) (pipeline.Job, error) { return pipeline.Job{}, nil }

// TestFollowerTellsThatNothingHasRun: that there is no job is news after nothing was
// known; that it is still so is none.
func TestFollowerTellsThatNothingHasRun(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	const pace = time.Millisecond
	w := watch.New(idle{}, watch.Options{Fast: pace, Slow: pace, Idle: pace, Backoff: pace, Patience: -1})
	known := 0
	follower{Watcher: w, quiet: true, noted: func(job pipeline.Job) pipeline.Job {
		if known > 0 {
			cancel() // a later state has come: it is told now, or not at all
		}
		return job
	}}.Watch(ctx, func(s pipeline.State) {
		if s.Known() {
			known++
		}
	})
	if known != 1 {
		t.Errorf("told %d times that nothing has run, want once", known)
	}
}
