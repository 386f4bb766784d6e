package ui

import (
	"testing"
	"time"

	"sluice/pipeline"
)

// running is a window over a job that has run for a while.
func running(t *testing.T, ran time.Duration) *stage {
	t.Helper()
	s := newStage(t, wiki())
	s.engine.mu.Lock()
	s.engine.jobs = []pipeline.Job{{ID: 7, Status: pipeline.Started, StartTime: pipeline.At(time.Now().Add(-ran))}}
	s.engine.mu.Unlock()
	s.until("it runs", func() bool { return s.w.window.Title() == "wiki.db: Started – Sluice" })
	return s
}

func (s *stage) status() pipeline.Status {
	s.engine.mu.Lock()
	defer s.engine.mu.Unlock()
	return s.engine.jobs[0].Status
}

// TestCancellingALongJobAsks: the button and the shortcut ask the same question,
// and nothing is cancelled by leaving it.
func TestCancellingALongJobAsks(t *testing.T) {
	s := running(t, 2*time.Hour)
	for name, ask := range map[string]func(){"button": func() { s.press("Cancel export") }, "shortcut": s.w.chosen.page.cancel} {
		ask()
		if !s.sees("Job 7 has run for 2 h")() || s.status() != pipeline.Started {
			t.Fatalf("%s: the window says %q", name, s.says())
		}
		s.press("Back")
		if s.sees("Job 7 has run")() || s.status() != pipeline.Started {
			t.Errorf("%s: going back leaves the question, or cancels: %s", name, s.status())
		}
	}
	s.press("Cancel export")
	s.press("Cancel job 7")
	s.until("it is cancelled", func() bool { return s.status() == pipeline.Cancelled })
}

// TestQuestionGoesWithItsJob: a job that ends while somebody is asked about it
// needs no answer any more.
func TestQuestionGoesWithItsJob(t *testing.T) {
	s := running(t, time.Hour)
	s.press("Cancel export")
	s.engine.end(pipeline.Completed)
	s.until("the question is gone", func() bool { return !s.sees("Cancel job 7")() })
	if got := s.status(); got != pipeline.Completed {
		t.Errorf("the job is %s", got)
	}
}

func TestCancellingAShortJobDoesNotAsk(t *testing.T) {
	s := running(t, time.Second)
	s.press("Cancel export")
	s.until("it is cancelled", func() bool { return s.status() == pipeline.Cancelled })
}
