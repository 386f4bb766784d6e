package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
	"sluice/ui/view"
)

// saveJobsAs goes through the dialog for "Save as CSV…" up to the name, and saves.
func (s *stage) saveJobsAs(path string) {
	s.t.Helper()
	s.press("Save as CSV…")
	s.name(path)
}

// savedJobs are the lines of a saved list, without the header.
func savedJobs(t *testing.T, path string) []string {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(content(t, path), "\n"), "\n")
	if !strings.HasPrefix(lines[0], "jobId,status,startTime,") {
		t.Errorf("the header is %q", lines[0])
	}
	return lines[1:]
}

// TestSaveJobs: the file has all jobs, also those beyond what the list shows.
func TestSaveJobs(t *testing.T) {
	s := newStage(t, wiki())
	s.history(3)
	jobs := s.w.chosen.page.jobs
	jobs.jobs = jobs.jobs[:2] // as if there were more than are read for the list
	path := filepath.Join(t.TempDir(), "jobs.csv")
	s.saveJobsAs(path)
	s.until("it is said", s.sees("3 jobs saved in "+path+"."))
	lines := savedJobs(t, path)
	if len(lines) != 3 || !strings.HasPrefix(lines[0], "3,COMPLETED,") || !strings.Contains(lines[2], filepath.Join("data-pipeline", "export", "1")+",") {
		t.Errorf("saved: %q", lines)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, mode %v", err, info.Mode())
	}
	s.press("Compare jobs")
	if s.sees("Save as CSV…")() {
		t.Error("jobs are saved while two are compared")
	}
}

// TestSaveJobsOfAServer: a server tells its last job only; saved are those that were
// seen, as the list shows them.
func TestSaveJobsOfAServer(t *testing.T) {
	s := newStageWith(t, func(s *stage) { asServer(s); s.engine.jobs = []pipeline.Job{jobOf(8, pipeline.Completed)} }, aServer()...)
	s.until("it is open", func() bool { return s.w.chosen != nil && s.w.chosen.session != nil })
	s.w.chosen.page.view.Choose(view.HistoryTab)
	s.until("the job is listed", s.sees("Save as CSV…"))
	before := jobOf(7, pipeline.Started)
	before.StartTime = pipeline.At(before.StartTime.Add(-time.Hour))
	s.w.chosen.page.jobs.note(before)
	path := filepath.Join(t.TempDir(), "jobs.csv")
	s.saveJobsAs(path)
	s.until("it is said", s.sees("2 jobs saved in "))
	if lines := savedJobs(t, path); len(lines) != 2 || !strings.HasPrefix(lines[0], "8,COMPLETED,") || !strings.HasPrefix(lines[1], "7,END_NOT_SEEN,") {
		t.Errorf("saved: %q", lines)
	}
}

func TestSaveJobsFails(t *testing.T) {
	s := newStage(t, wiki())
	s.history(1)
	path := filepath.Join(t.TempDir(), "folder")
	if err := os.MkdirAll(filepath.Join(path, "below"), 0o700); err != nil {
		t.Fatal(err)
	}
	s.w.chosen.page.jobs.save(path)
	s.until("it is said", s.sees("save jobs in "+path))
	if s.sees("saved in")() {
		t.Errorf("%q", s.says())
	}
}

// TestNoJobsToSave: where no job is known, nothing is offered.
func TestNoJobsToSave(t *testing.T) {
	s := newStage(t, wiki())
	s.until("it is open", func() bool { return s.w.chosen != nil && s.w.chosen.session != nil })
	s.w.chosen.page.view.Choose(view.HistoryTab)
	s.until("nothing is listed", s.sees("No export has run here yet"))
	if s.sees("Save as CSV…")() {
		t.Errorf("%q", s.says())
	}
}
