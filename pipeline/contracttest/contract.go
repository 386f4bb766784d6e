// Package contracttest is the contract of pipeline.Exporter as a test suite. An
// engine passes it by calling Run from a test of its own; so do adapters, such as
// a client and a server with an engine behind them.
package contracttest

import (
	"context"
	"testing"
	"time"

	"sluice/pipeline"
)

// Fixture is an Exporter without any jobs, and the means to control what is
// behind it. The suite never sleeps: it waits for what the hooks report, and
// looks at the status until it changes.
type Fixture struct {
	// Exporter is what the suite tests. Its index is consistent, and its
	// exports write at least one record.
	Exporter pipeline.Exporter

	// Hold makes every later export wait before the given phase, until release
	// is called or the export is cancelled. Each export that begins to wait
	// sends on reached; an export whose cancellation ends its wait goes on to
	// its end. The phases are checking, exporting and finishing. Release may be
	// called more than once.
	Hold func(phase pipeline.Phase) (reached <-chan struct{}, release func())

	// Break makes the index inconsistent.
	Break func()

	// Crash leaves a job behind that is recorded as running although its
	// process was killed, and returns its id. Nil skips the tests of recovery.
	Crash func(t *testing.T) int64
}

// patience bounds every wait. It is only reached when something is stuck.
const patience = 20 * time.Second

// Run runs the suite. It calls open for a new Fixture in each of its tests.
func Run(t *testing.T, open func(t *testing.T) Fixture) {
	tests := []struct {
		name string
		run  func(s *suite)
	}{
		{"NotStarted", (*suite).notStarted},
		{"StartWatchComplete", (*suite).startWatchComplete},
		{"FromDate", (*suite).fromDate},
		{"FromDateInTheFuture", (*suite).fromDateInTheFuture},
		{"Conflict", (*suite).conflict},
		{"ConflictWhileChecking", (*suite).conflictWhileChecking},
		{"ValidationFailure", (*suite).validationFailure},
		{"Force", (*suite).force},
		{"ForceWithoutNeed", (*suite).forceWithoutNeed},
		{"Cancel", (*suite).cancel},
		{"CancelWhileChecking", (*suite).cancelWhileChecking},
		{"CancelWhileFinishing", (*suite).cancelWhileFinishing},
		{"CancelNothing", (*suite).cancelNothing},
		{"CancelRacesWithTheEnd", (*suite).cancelRacesWithTheEnd},
		{"ConcurrentStarts", (*suite).concurrentStarts},
		{"Storm", (*suite).storm},
		{"EndedContext", (*suite).endedContext},
		{"CrashRecovery", (*suite).crashRecovery},
		{"CrashThenStart", (*suite).crashThenStart},
		{"CrashThenCancel", (*suite).crashThenCancel},
		{"Abilities", (*suite).abilities},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			test.run(&suite{T: t, ctx: ctx, Fixture: open(t)})
		})
	}
}

// suite is one test of the contract.
type suite struct {
	*testing.T
	Fixture
	ctx context.Context
}

// status is Status without an error.
func (s *suite) status() pipeline.Job {
	s.Helper()
	job, err := s.Exporter.Status(s.ctx)
	if err != nil {
		s.Fatalf("Status: %v", err)
	}
	return job
}

// start is Start without an error.
func (s *suite) start(r pipeline.Request) pipeline.Job {
	s.Helper()
	job, err := s.Exporter.Start(s.ctx, r)
	if err != nil {
		s.Fatalf("Start: %v", err)
	}
	return job
}

// await waits for a signal of a hook.
func (s *suite) await(c <-chan struct{}) {
	s.Helper()
	select {
	case <-c:
	case <-s.ctx.Done():
		s.Fatal("the export did not get there")
	}
}

// end looks at the status until the job has ended. Every state on the way must
// be one of the same job, and in the order of a life.
func (s *suite) end(id int64) pipeline.Job {
	s.Helper()
	look := time.NewTicker(time.Millisecond)
	defer look.Stop()
	requested := false
	for {
		job := s.status()
		if job.ID != id {
			s.Fatalf("status shows job %d, want %d", job.ID, id)
		}
		if job.Status.Ended() {
			s.checkEnd(job)
			return job
		}
		switch job.Status {
		case pipeline.Started:
			if requested {
				s.Fatal("job went from CANCELLATION_REQUESTED back to STARTED")
			}
		case pipeline.CancellationRequested:
			requested = true
		default:
			s.Fatalf("job has status %q", string(job.Status))
		}
		select {
		case <-look.C:
		case <-s.ctx.Done():
			s.Fatalf("job %d is stuck: status %s", id, job.Status)
		}
	}
}

// checkEnd checks what every ended job has.
func (s *suite) checkEnd(job pipeline.Job) {
	s.Helper()
	if job.CompletedTime.IsZero() || job.CompletedTime.Before(job.StartTime.Time) {
		s.Errorf("completed %v, started %v", job.CompletedTime, job.StartTime)
	}
	if cancelled := job.Status == pipeline.Cancelled; cancelled == job.CancelledTime.IsZero() {
		s.Errorf("status %s with cancelledTime %v", job.Status, job.CancelledTime)
	}
	if failed := job.Status == pipeline.Failed; failed == (len(job.Errors) == 0) {
		s.Errorf("status %s with errors %v", job.Status, job.Errors)
	}
	if job.Status != pipeline.Failed && job.Statistics == nil {
		s.Errorf("status %s without statistics", job.Status)
	}
}

// checkRunning checks what every job has that runs.
func (s *suite) checkRunning(job pipeline.Job, id int64) {
	s.Helper()
	if job.ID != id {
		s.Errorf("id = %d, want %d", job.ID, id)
	}
	if job.Status != pipeline.Started {
		s.Errorf("status = %q, want STARTED", string(job.Status))
	}
	if job.StartTime.IsZero() || job.NodeID == "" {
		s.Errorf("startTime = %v, nodeId = %q: want both", job.StartTime, job.NodeID)
	}
	if !job.CompletedTime.IsZero() || !job.CancelledTime.IsZero() || job.Statistics != nil || len(job.Errors) > 0 {
		s.Errorf("a running job has completedTime %v, cancelledTime %v, statistics %v, errors %v",
			job.CompletedTime, job.CancelledTime, job.Statistics, job.Errors)
	}
}
