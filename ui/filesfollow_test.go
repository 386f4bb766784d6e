package ui

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"sluice/pipeline"
	"sluice/ui/view"
)

// TestAFileThatSomebodyReadsStays when another job ends, with the place in it; the files of that
// job are there when the tab is left.
func TestAFileThatSomebodyReadsStays(t *testing.T) {
	s := newStage(t, wiki())
	file := func(name, rows string) []pipeline.File {
		t.Helper()
		path := filepath.Join(s.dir, name)
		if err := os.WriteFile(path, []byte(rows), 0o600); err != nil {
			t.Fatal(err)
		}
		return []pipeline.File{{Name: "pages", Path: path, Rows: 1, Complete: true}}
	}
	s.engine.mu.Lock()
	s.engine.files = file("pages_job1.csv", "page_id\r\n1\r\n")
	s.engine.jobs = []pipeline.Job{{ID: 1, Status: pipeline.Completed, StartTime: pipeline.At(time.Now()), CompletedTime: pipeline.At(time.Now())}}
	s.engine.mu.Unlock()
	s.until("it is open", s.sees("Completed"))
	page := s.w.chosen.page
	page.view.Choose(view.FilesTab)
	s.until("the preview shows the file", s.sees("row 1 of 1"))

	ends := func(id int64) {
		job := pipeline.Job{ID: id, Status: pipeline.Completed, StartTime: pipeline.At(time.Now()), CompletedTime: pipeline.At(time.Now()), StartedBy: pipeline.BySchedule("nightly")}
		s.engine.mu.Lock()
		s.engine.files = file("pages_job2.csv", "page_id\r\n1\r\n2\r\n")
		s.engine.jobs = append([]pipeline.Job{job}, s.engine.jobs...)
		s.engine.mu.Unlock()
		page.jobEnded(job)
	}
	ends(2)
	s.until("the files of the other job are known", func() bool { return page.files.behind == 2 })
	if page.files.job.ID != 1 || filepath.Base(page.files.opened) != "pages_job1.csv" {
		t.Errorf("job %d, %s is shown", page.files.job.ID, page.files.opened)
	}
	page.view.Choose(view.HistoryTab)
	s.until("they come when the tab is left", func() bool { return page.files.job.ID == 2 })
	page.view.Choose(view.FilesTab)
	s.until("they are shown", s.sees("rows 1–2 of 2"))
	page.view.Choose(view.ExportTab)
	ends(3)
	s.until("they come at once where nobody looks", func() bool { return page.files.job.ID == 3 })
}
