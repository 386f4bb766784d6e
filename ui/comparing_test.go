package ui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/view"
)

// CompareJobs does what the test says: it waits for compareHold, if there is one, and
// returns what is set.
func (b *fakeBackend) CompareJobs(ctx context.Context, _ source.Source, earlier, later source.ComparedJob, format string, tell func(source.Comparing)) (source.Comparison, error) {
	b.mu.Lock()
	b.compared = append(b.compared, [2]int64{earlier.Job.ID, later.Job.ID})
	b.format = format
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

// CalibrateJob does as CompareJobs; the earlier job is 0.
func (b *fakeBackend) CalibrateJob(ctx context.Context, vendor string, job source.ComparedJob, tell func(source.Comparing)) (source.Comparison, error) {
	b.mu.Lock()
	b.vendor = vendor
	b.mu.Unlock()
	return b.CompareJobs(ctx, source.Source{}, source.ComparedJob{}, job, "", tell)
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
	if s.backend.format != "csv" {
		t.Errorf("changed rows are written as %q", s.backend.format)
	}
	c := s.w.chosen.page.jobs.compare
	c.chooseFormat(1)
	s.press("Compare")
	s.until("they are compared again", func() bool { s.backend.mu.Lock(); defer s.backend.mu.Unlock(); return s.backend.format == "parquet" })
	s.until("it has ended again", s.sees("1,239 rows differ"))
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

// TestCompareWithPrevious: from the menu of a job in the history, by the mouse and by the
// keyboard, it is compared with the complete one before it.
func TestCompareWithPrevious(t *testing.T) {
	s := newStage(t, wiki())
	s.backend.comparison = source.Comparison{Files: []source.ComparedFile{{Name: "pages", Added: 7}}}
	s.history(3)
	l := s.w.chosen.page.jobs
	with := func(id int64) {
		t.Helper()
		items := l.menuItems(id)
		if len(items) != 4 {
			t.Fatalf("%d entries in the menu", len(items))
		}
		items[2].Action()
	}
	with(2)
	s.until("it has ended", s.sees("7 rows differ"))
	if got := s.backend.compared; len(got) != 1 || got[0] != [2]int64{1, 2} {
		t.Errorf("compared: %v", got)
	}
	l.compare.hide()
	with(1)
	s.until("it is said", s.sees("Before job 1 there is no complete job"))
	if len(s.backend.compared) != 1 {
		t.Errorf("compared: %v", s.backend.compared)
	}
	l.compare.choose(1, 0)
	l.compare.start()
	s.until("others are compared", s.sees("7 rows differ"))
	if got := s.backend.compared; got[1] != [2]int64{2, 3} {
		t.Errorf("compared: %v", got)
	}
}

// TestMenuOfAJob: the menu opens where it was asked for.
func TestMenuOfAJob(t *testing.T) {
	s := newStage(t, wiki())
	s.history(3)
	s.w.chosen.page.jobs.menu(2, fyne.NewPos(50, 60))
	if s.dialogs() != 1 {
		t.Error("there is no menu")
	}
	if items := s.w.chosen.page.jobs.menuItems(77); items != nil { // a job that is gone
		t.Errorf("%v", items)
	}
}

// TestCalibrate: the vendor's files in a folder are compared with the later job, and what
// was found is named, until other jobs are compared.
func TestCalibrate(t *testing.T) {
	s := newStage(t, wiki())
	s.backend.comparison = source.Comparison{Findings: []string{"pages.labels: labels stand with commas between them: export with --labels=commas"},
		Files: []source.ComparedFile{{Name: "pages", Changed: 9}}}
	s.history(3)
	s.press("Compare jobs")
	c := s.w.chosen.page.jobs.compare
	c.calibrate("/srv/vendor")
	s.until("it has ended", s.sees("export with --labels=commas"))
	if s.backend.vendor != "/srv/vendor" || s.backend.compared[0] != [2]int64{0, 3} {
		t.Errorf("%q, %v", s.backend.vendor, s.backend.compared)
	}
	for _, text := range []string{"Vendor's files in /srv/vendor, and job 3", "9 rows differ", "What the vendor's files do"} {
		if !s.sees(text)() {
			t.Errorf("%q is missing in %q", text, s.says())
		}
	}
	s.backend.comparison = source.Comparison{Files: []source.ComparedFile{{Name: "pages", Unchanged: 9}}}
	c.calibrate("/srv/vendor")
	s.until("nothing differs", s.sees("its options are those of the vendor's exporter"))
	s.press("Compare")
	s.until("jobs are compared", s.sees("The two jobs have the same rows"))
	if s.sees("/srv/vendor")() {
		t.Error("the vendor's files are still named")
	}
}
