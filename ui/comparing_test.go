package ui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/view"
)

// CompareJobs does what the test says: it waits for compareHold, if there is one, and
// returns what is set.
func (b *fakeBackend) CompareJobs(ctx context.Context, _ source.Source, earlier, later source.ComparedJob, tell func(source.Comparing)) (source.Comparison, error) {
	b.mu.Lock()
	b.compared = append(b.compared, [2]int64{earlier.Job.ID, later.Job.ID})
	hold, done, err := b.compareHold, b.comparison, b.compareErr
	b.mu.Unlock()
	tell(source.Comparing{File: "pages", Done: 40_000_000, Total: 100_000_000})
	if hold != nil {
		select {
		case <-hold:
		case <-ctx.Done():
			return source.Comparison{}, ctx.Err()
		}
	}
	return done, err
}

// history shows the history of a source with so many completed jobs.
func (s *stage) history(jobs int) {
	s.t.Helper()
	for i := range jobs {
		j := jobOf(int64(jobs-i), pipeline.Completed)
		j.StartTime = pipeline.At(time.Now().Add(-time.Duration(i) * 30 * time.Hour))
		s.engine.jobs = append(s.engine.jobs, j)
	}
	s.until("it is open", func() bool { return s.w.chosen != nil && s.w.chosen.session != nil })
	s.w.chosen.page.view.Choose(view.HistoryTab)
	s.until("the jobs are listed", func() bool { return s.sees("Compare jobs")() && len(s.w.chosen.page.jobs.jobs) == jobs })
}

func TestCompareJobs(t *testing.T) {
	s := newStage(t, wiki())
	path := filepath.Join(t.TempDir(), "changes_pages_2_3.csv")
	if err := os.WriteFile(path, []byte("change,changed_columns,page_id\r\nremoved,,7\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.backend.comparison = source.Comparison{Notes: []string{"job 3 was exported with other options."}, Files: []source.ComparedFile{
		{Name: "users", Unchanged: 53}, {Name: "pages", Added: 1200, Changed: 34, Removed: 5, Unchanged: 20_000, OutOfWindow: 2, Unproven: 4, Path: path}}}
	s.history(3)
	s.press("Compare jobs")
	s.press("Compare")
	s.until("it has ended", s.sees("1,239 rows differ"))
	if got := s.backend.compared; len(got) != 1 || got[0] != [2]int64{2, 3} {
		t.Errorf("compared: %v", got)
	}
	for _, text := range []string{"1,200", "34", "20,000", "job 3 was exported with other options.", "Show rows"} {
		if !s.sees(text)() {
			t.Errorf("%q is missing in %q", text, s.says())
		}
	}
	// A button says its text twice.
	if strings.Count(s.says(), "Show rows") != 2 {
		t.Errorf("rows are offered of a file in which nothing differs: %q", s.says())
	}
	s.press("Show rows")
	s.until("the rows are shown", s.sees("row 1 of 1"))
	if s.w.csv == nil || s.w.csv.path != path {
		t.Error("another file was opened")
	}
}

func TestCompareIsStopped(t *testing.T) {
	s := newStage(t, wiki())
	s.backend.compareHold = make(chan struct{})
	s.history(2)
	s.press("Compare jobs")
	s.press("Compare")
	s.until("it runs", s.sees("pages: 40.0 MB of 100 MB"))
	s.w.leave() // a comparison that runs is not left by Escape
	s.press("Stop")
	s.until("it has ended", s.sees("Stopped: nothing was written"))
	s.w.leave()
	if !s.sees("Compare jobs")() || s.sees("Compare two jobs")() {
		t.Errorf("Escape does not close the comparison: %q", s.says())
	}
}

func TestCompareFails(t *testing.T) {
	s := newStage(t, wiki())
	s.backend.compareErr = errors.New("pages of job 1 is empty: it has not even a header")
	s.history(2)
	s.press("Compare jobs")
	s.press("Compare")
	s.until("it is said", s.sees("is empty: it has not even a header"))
}

// TestCompareChoices: one job alone cannot be compared, nor one with itself.
func TestCompareChoices(t *testing.T) {
	s := newStage(t, wiki())
	s.history(1)
	s.press("Compare jobs")
	if !s.sees("Two jobs with files on this computer are needed")() {
		t.Errorf("%q", s.says())
	}
	s.w.chosen.page.jobs.compare.start() // the button is disabled
	if len(s.backend.compared) > 0 {
		t.Error("one job was compared with itself")
	}
}
