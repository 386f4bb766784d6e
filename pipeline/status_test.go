package pipeline

import "testing"

func TestStatus(t *testing.T) {
	for _, c := range []struct {
		status                Status
		running, ended, known bool
		shown                 string
	}{
		{NotStarted, false, false, true, "Not started"},
		{Started, true, false, true, "Started"},
		{CancellationRequested, true, false, true, "Cancellation requested"},
		{Completed, false, true, true, "Completed"},
		{Cancelled, false, true, true, "Cancelled"},
		{Failed, false, true, true, "Failed"},
		{"QUEUED", false, false, false, "QUEUED"},
	} {
		s := c.status
		if s.Running() != c.running || s.Ended() != c.ended || s.Known() != c.known || s.String() != c.shown {
			t.Errorf("%q: running %v, ended %v, known %v, shown %q; want %v, %v, %v, %q", s,
				s.Running(), s.Ended(), s.Known(), s, c.running, c.ended, c.known, c.shown)
		}
	}
}
