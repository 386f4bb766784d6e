package watch

import (
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
)

// TestDoubt is which answers are not taken for what became of the job that is known.
func TestDoubt(t *testing.T) {
	start := time.Date(2026, 11, 1, 8, 0, 0, 123_000_000, time.UTC)
	known := job(7, pipeline.Started, start)
	cancelling, ended := job(7, pipeline.CancellationRequested, start), job(7, pipeline.Completed, start)
	undated := job(7, pipeline.Completed, time.Time{})
	for _, c := range []struct {
		name       string
		known, got pipeline.Job
		says, only string // in a window, and where only the one job is followed
	}{
		{"nothing is known", pipeline.Job{}, ended, "", ""},
		{"it goes on", known, known, "", ""},
		{"it ends", known, ended, "", ""},
		{"on another node", known, pipeline.Job{ID: 7, Status: pipeline.Failed, NodeID: "node2", StartTime: pipeline.At(start)}, "", ""},
		{"told without fractions", known, job(7, pipeline.Completed, start.Truncate(time.Second)), "", ""},
		{"told in another zone", known, job(7, pipeline.Completed, start.In(time.FixedZone("", 3600))), "", ""},
		{"told without a start", known, undated, "", ""},
		{"its start is learned", undated, ended, "", ""},
		{"no job", known, pipeline.Job{}, "tells of no job", "tells of no job"},
		{"no job, after the end", ended, pipeline.Job{}, "tells of no job", "tells of no job"},
		{"an older job", known, job(6, pipeline.Completed, start.Add(-time.Hour)), "job 6 of 2026-11-01T07:00:00.123Z, which is older", "is older"},
		{"an older job by its id", known, job(6, pipeline.Completed, time.Time{}), "is older", "is older"},
		{"an older job with a larger id", known, job(90, pipeline.Completed, start.Add(-time.Hour)), "is older", "is older"},
		{"the same id of before a re-install", known, job(7, pipeline.Completed, start.Add(-1000*time.Hour)), "is older", "is older"},
		{"a later job", known, job(8, pipeline.Started, start.Add(time.Hour)), "", "has begun after job 7"},
		{"a later job with a smaller id", known, job(1, pipeline.Completed, start.Add(time.Hour)), "", "has begun after job 7"},
		{"an earlier state", cancelling, known, "as Started again, which was Cancellation requested", "Started again"},
		{"a state from before the end", ended, cancelling, "again, which was Completed already", "again"},
		{"an unknown state", known, job(7, "PAUSED", start), "", `as "PAUSED", of which is not known whether it is an end`},
	} {
		for only, want := range map[bool]string{false: c.says, true: c.only} {
			got := ""
			if d := doubt(c.known, c.got, only); d != nil {
				got = d.Error()
			}
			if (got == "") != (want == "") || !strings.Contains(got, want) {
				t.Errorf("%s (only %t): %q, want %q", c.name, only, got, want)
			}
		}
	}
}

// TestDoubtsPass watches a server whose nodes do not agree: the job stays as it was
// known, is asked for more often, and an answer that stays is believed.
func TestDoubtsPass(t *testing.T) {
	s := &source{}
	run(t, s, Options{}, func(t *testing.T, w *Watcher) {
		begun := time.Now()
		_, stop := w.Subscribe()
		defer stop()
		w.Observe(job(8, pipeline.Started, begun))
		s.set(func(s *source) { s.job = pipeline.Job{} })
		pass(time.Minute)
		st := w.State()
		if st.Job.ID != 8 || !st.Job.Running() || st.Doubt == nil || st.Unreachable() || st.Good() || st.BadSince.IsZero() {
			t.Fatalf("after an answer without a job: %+v", st)
		}
		s.set(func(s *source) { s.job = job(8, pipeline.Started, begun) })
		pass(2 * time.Minute)
		if st := w.State(); !st.Good() || !st.BadSince.IsZero() {
			t.Fatalf("when it fits again: %+v", st)
		}
		s.set(func(s *source) { s.job = job(7, pipeline.Completed, begun.Add(-time.Hour)) })
		pass(10 * time.Minute)
		s.set(func(s *source) { s.err = asking{0} })
		pass(2 * time.Minute)
		if st := w.State(); st.Job.ID != 8 || st.Err == nil || st.Doubt != nil || st.BadSince.IsZero() {
			t.Errorf("after a failure: %+v", st)
		}
		s.set(func(s *source) { s.err = nil })
		pass(2 * time.Minute)
		if st := w.State(); st.Job.ID != 8 || st.Doubt == nil {
			t.Errorf("too early: %+v", st)
		}
		pass(5 * time.Minute)
		if st := w.State(); st.Job.ID != 7 || !st.Good() {
			t.Errorf("an answer that stays is not believed: %+v", st)
		}
		s.set(func(s *source) { s.job = job(9, pipeline.Started, time.Now()) })
		w.Poke()
		pass(time.Second)
		if st := w.State(); st.Job.ID != 9 {
			t.Errorf("a later job is doubted: %+v", st)
		}
	})
}

// TestExact: where what is read is exact nothing is doubted.
func TestExact(t *testing.T) {
	s := &source{}
	run(t, s, Options{Patience: -1}, func(t *testing.T, w *Watcher) {
		_, stop := w.Subscribe()
		defer stop()
		w.Observe(job(8, pipeline.Started, time.Now()))
		pass(2 * time.Second)
		if st := w.State(); st.Job.Exists() || !st.Good() {
			t.Errorf("%+v", st)
		}
	})
}
