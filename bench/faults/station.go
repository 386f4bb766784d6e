package main

import (
	"context"
	"sync"
	"time"

	"sluice/pipeline"
)

// station is the exporter of a server that works as it should: one job at a
// time, which ends by itself. It counts what reaches it.
type station struct {
	mu      sync.Mutex
	job     pipeline.Job
	ends    time.Time
	lasts   time.Duration   // how long a job runs
	last    pipeline.Status // how it ends
	refuses bool            // the index is inconsistent
	starts  int             // requests to start, and to cancel
	cancels int
}

var _ pipeline.Exporter = (*station)(nil)

// Start implements pipeline.Exporter.
func (s *station) Start(_ context.Context, r pipeline.Request) (pipeline.Job, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.starts++
	if s.now().Running() {
		return pipeline.Job{}, &pipeline.RunningError{Job: s.job.Clone()}
	}
	s.begin()
	if s.refuses && !r.Forced {
		s.job.Status, s.job.CompletedTime = pipeline.Failed, s.job.StartTime
		s.job.Errors = []pipeline.Diagnostic{{Key: pipeline.KeyPreValidation, Message: pipeline.PreValidationMessage}}
		return pipeline.Job{}, &pipeline.ValidationError{Job: s.job.Clone()}
	}
	return s.job.Clone(), nil
}

// begin makes the next job. It is called with s.mu held.
func (s *station) begin() {
	now := time.Now()
	s.job = pipeline.Job{ID: s.job.ID + 1, NodeID: "node1", Status: pipeline.Started, StartTime: pipeline.At(now)}
	s.ends = now.Add(s.lasts)
}

// now is the job as it is by now. It is called with s.mu held.
func (s *station) now() pipeline.Job {
	if s.job.Running() && !time.Now().Before(s.ends) {
		last := s.last
		if s.job.Status == pipeline.CancellationRequested {
			last = pipeline.Cancelled
		}
		s.job.Status, s.job.CompletedTime = last, pipeline.At(s.ends)
		if last == pipeline.Failed {
			s.job.Errors = []pipeline.Diagnostic{{Key: "export.failed", Message: "Out of cheese."}}
		}
	}
	return s.job
}

// Status implements pipeline.Exporter.
func (s *station) Status(context.Context) (pipeline.Job, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now().Clone(), nil
}

// Cancel implements pipeline.Exporter.
func (s *station) Cancel(context.Context) (pipeline.Cancellation, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cancels++
	if !s.now().Running() {
		return pipeline.Cancellation{}, pipeline.ErrNotRunning
	}
	s.job.Status = pipeline.CancellationRequested
	return pipeline.CancellationAccepted, nil
}

// truth is the job as it is, and how many requests to start and to cancel came.
func (s *station) truth() (job pipeline.Job, starts, cancels int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now().Clone(), s.starts, s.cancels
}
