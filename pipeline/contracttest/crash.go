package contracttest

import (
	"errors"

	"sluice/pipeline"
)

// crash leaves a dead job behind, or skips the test.
func (s *suite) crash() int64 {
	s.Helper()
	if s.Crash == nil {
		s.Skip("the fixture cannot simulate a crash")
	}
	return s.Crash(s.T)
}

func (s *suite) crashRecovery() {
	id := s.crash()
	s.cancelled(id)
}

func (s *suite) crashThenStart() {
	id := s.crash()
	job := s.start(pipeline.Request{})
	if job.ID != id+1 {
		s.Errorf("job after the crash has id %d, want %d", job.ID, id+1)
	}
	if job := s.end(job.ID); job.Status != pipeline.Completed {
		s.Errorf("job after the crash: %s, want Completed", job.Status)
	}
}

// crashThenCancel is what the vendor tells people to do. An engine may have
// noticed by itself.
func (s *suite) crashThenCancel() {
	id := s.crash()
	if c, err := s.Exporter.Cancel(s.ctx); err == nil && c != pipeline.CancellationAccepted {
		s.Errorf("Cancel = %+v", c)
	} else if err != nil && !errors.Is(err, pipeline.ErrNotRunning) {
		s.Errorf("Cancel: %v", err)
	}
	s.cancelled(id)
}
