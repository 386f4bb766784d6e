package contracttest

import (
	"context"
	"errors"
	"time"

	"sluice/pipeline"
)

func (s *suite) notStarted() {
	if job := s.status(); job.Exists() || job.Status != pipeline.NotStarted {
		s.Errorf("status before the first export = %+v, want the zero job", job)
	}
}

func (s *suite) startWatchComplete() {
	reached, release := s.Hold(pipeline.PhaseExporting)
	job := s.start(pipeline.Request{})
	s.checkRunning(job, 1)
	s.await(reached)
	job = s.status()
	s.checkRunning(job, 1)
	if job.Config.ExportFrom.IsZero() || job.Config.ForcedExport {
		s.Errorf("config = %+v, want a from date and no force", job.Config)
	}
	release()
	job = s.end(1)
	if job.Status != pipeline.Completed {
		s.Fatalf("status = %s (%v), want Completed", job.Status, job.Errors)
	}
	if st := job.Statistics; st.WrittenRows < 1 || st.ExportedEntities < 1 {
		s.Errorf("statistics = %+v, want records", *st)
	}
	if again := s.start(pipeline.Request{}); again.ID != 2 {
		s.Errorf("second job has id %d, want 2", again.ID)
	}
	if job := s.end(2); job.Status != pipeline.Completed {
		s.Errorf("second job: %s", job.Status)
	}
}

func (s *suite) fromDate() {
	from := time.Date(2020, 12, 30, 22, 1, 0, 0, time.FixedZone("", 3600))
	job := s.start(pipeline.Request{FromDate: from})
	if !job.Config.ExportFrom.Equal(from) {
		s.Errorf("exportFrom = %v, want %v", job.Config.ExportFrom, from)
	}
	if job := s.end(job.ID); !job.Config.ExportFrom.Equal(from) {
		s.Errorf("exportFrom at the end = %v, want %v", job.Config.ExportFrom, from)
	}
}

func (s *suite) fromDateInTheFuture() {
	job, err := s.Exporter.Start(s.ctx, pipeline.Request{FromDate: time.Now().Add(48 * time.Hour)})
	if err == nil {
		s.Errorf("Start = job %d, want an error", job.ID)
	}
	if job := s.status(); job.Exists() {
		s.Errorf("a refused request left job %d", job.ID)
	}
}

func (s *suite) conflict() {
	reached, release := s.Hold(pipeline.PhaseExporting)
	s.start(pipeline.Request{})
	s.await(reached)
	s.refused(1)
	s.checkRunning(s.status(), 1)
	release()
	s.end(1)
	if job := s.start(pipeline.Request{}); job.ID != 2 {
		s.Errorf("next job has id %d, want 2: a refused start uses up none", job.ID)
	}
	s.end(2)
}

// refused checks that a start is refused because of the job that runs.
func (s *suite) refused(id int64) {
	s.Helper()
	_, err := s.Exporter.Start(s.ctx, pipeline.Request{})
	var running *pipeline.RunningError
	if !errors.As(err, &running) {
		s.Fatalf("second Start: %v, want a RunningError", err)
	}
	s.checkRunning(running.Job, id)
}

func (s *suite) conflictWhileChecking() {
	reached, release := s.Hold(pipeline.PhaseChecking)
	started := s.startBeside(pipeline.Request{})
	s.await(reached)
	s.checkRunning(s.status(), 1)
	s.refused(1)
	release()
	if r := <-started; r.err != nil {
		s.Fatalf("Start: %v", r.err)
	}
	if job := s.end(1); job.Status != pipeline.Completed {
		s.Errorf("status = %s, want Completed", job.Status)
	}
}

// startResult is what a Start in another goroutine has returned.
type startResult struct {
	job pipeline.Job
	err error
}

func (s *suite) startBeside(r pipeline.Request) <-chan startResult {
	c := make(chan startResult, 1)
	go func() {
		job, err := s.Exporter.Start(s.ctx, r)
		c <- startResult{job, err}
	}()
	return c
}

func (s *suite) validationFailure() {
	s.Break()
	_, err := s.Exporter.Start(s.ctx, pipeline.Request{})
	var invalid *pipeline.ValidationError
	if !errors.As(err, &invalid) {
		s.Fatalf("Start: %v, want a ValidationError", err)
	}
	for _, job := range []pipeline.Job{invalid.Job, s.status()} {
		if job.ID != 1 || job.Status != pipeline.Failed {
			s.Errorf("job %d is %s, want job 1 FAILED", job.ID, job.Status)
		}
		s.checkEnd(job)
		if len(job.Errors) == 0 || job.Errors[0].Key != pipeline.KeyPreValidation ||
			job.Errors[0].Message != pipeline.PreValidationMessage {
			s.Errorf("errors = %v, want the documented one first", job.Errors)
		}
	}
	if _, err := s.Exporter.Cancel(s.ctx); !errors.Is(err, pipeline.ErrNotRunning) {
		s.Errorf("Cancel after the failure: %v, want ErrNotRunning", err)
	}
	if _, err := s.Exporter.Start(s.ctx, pipeline.Request{}); !errors.As(err, &invalid) || invalid.Job.ID != 2 {
		s.Errorf("second Start: %v, want a ValidationError of job 2", err)
	}
}

func (s *suite) force() {
	s.Break()
	reached, release := s.Hold(pipeline.PhaseExporting)
	job := s.start(pipeline.Request{Forced: true})
	s.await(reached)
	check := func(job pipeline.Job) {
		s.Helper()
		if !job.Config.ForcedExport {
			s.Error("forcedExport is false")
		}
		if len(job.Warnings) == 0 || job.Warnings[0].Key != pipeline.KeyPreValidation {
			s.Errorf("warnings = %v, want the documented one first", job.Warnings)
		}
		if len(job.Errors) > 0 {
			s.Errorf("errors = %v, want none", job.Errors)
		}
	}
	check(job)
	check(s.status())
	release()
	job = s.end(job.ID)
	check(job)
	if job.Status != pipeline.Completed {
		s.Errorf("status = %s, want Completed", job.Status)
	}
}

func (s *suite) forceWithoutNeed() {
	job := s.end(s.start(pipeline.Request{Forced: true}).ID)
	if _, found := job.Diagnostic(pipeline.KeyPreValidation); found || !job.Config.ForcedExport {
		s.Errorf("forced = %v, warnings = %v: want true and no warning of an index that is consistent",
			job.Config.ForcedExport, job.Warnings)
	}
}

func (s *suite) endedContext() {
	ctx, cancel := context.WithCancel(s.ctx)
	cancel()
	if _, err := s.Exporter.Start(ctx, pipeline.Request{}); err == nil {
		s.Error("Start with an ended context gave no error")
	}
	if job := s.status(); job.Running() {
		s.Errorf("Start with an ended context left job %d %s", job.ID, job.Status)
	}
}
