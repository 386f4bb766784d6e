package ui

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"sluice/pipeline"
	"sluice/ui/view"
)

// completedJob gives the engine a completed job with files of those names.
func (s *stage) completedJob(names ...string) {
	s.t.Helper()
	s.engine.jobs = []pipeline.Job{{ID: 1, Status: pipeline.Completed}}
	dir := s.t.TempDir()
	for _, name := range names {
		content := []byte(name + "_id\r\n1\r\n")
		f := pipeline.File{Name: name, Path: filepath.Join(dir, name+"_job1.csv"), Rows: 1, Bytes: int64(len(content)), Complete: true}
		if err := os.WriteFile(f.Path, content, 0o600); err != nil {
			s.t.Fatal(err)
		}
		sum := sha256.Sum256(content)
		f.SHA256 = hex.EncodeToString(sum[:])
		s.engine.files = append(s.engine.files, f)
	}
	s.backend.manifest = append([]pipeline.File(nil), s.engine.files...)
}

// verified shows the files and compares them with the manifest.
func (s *stage) verified() {
	s.t.Helper()
	s.until("it is open", func() bool { return s.w.chosen.session != nil })
	s.w.chosen.page.view.Choose(view.FilesTab)
	s.until("the files are listed", s.sees("pages"))
	s.press("Verify checksums")
	s.until("it has ended", func() bool { return s.w.chosen.page.files.sums.stop == nil })
}

func TestChecksumsOfIntactFiles(t *testing.T) {
	s := newStage(t, wiki())
	s.completedJob("users", "pages")
	s.verified()
	for _, text := range []string{"Checksums of job 1", "All 2 files are as the job wrote them", "checksums verified"} {
		if !s.sees(text)() {
			t.Errorf("%q is missing in %q", text, s.says())
		}
	}
	s.press("Close")
	if s.sees("Checksums of job 1")() || !s.sees("checksums verified")() {
		t.Errorf("closed, the list is still there, or the outcome is forgotten: %q", s.says())
	}
	s.engine.mu.Lock()
	s.engine.files = append([]pipeline.File(nil), s.engine.files...)
	s.engine.files[0].Bytes, s.engine.files[0].Complete = 4, false
	s.engine.mu.Unlock()
	s.w.chosen.page.refresh()
	s.until("the change is seen", s.sees("users_job1.csv has changed since the export"))
	if s.sees("checksums verified")() {
		t.Error("files that have changed are still called verified")
	}
}

func TestChecksumsOfChangedAndMissingFiles(t *testing.T) {
	s := newStage(t, wiki())
	s.completedJob("users", "pages", "comments")
	if err := os.WriteFile(s.engine.files[0].Path, []byte("users_id\r\n2\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(s.engine.files[2].Path); err != nil {
		t.Fatal(err)
	}
	s.engine.files = s.engine.files[:2]
	s.verified()
	for _, text := range []string{
		"comments_job1.csv is no longer in the folder of this job", "users_job1.csv has the size that the job wrote, and another content",
		"comments_job1.csv is no longer in", "1 of 3 files verified", "2 files differ",
	} {
		if !s.sees(text)() {
			t.Errorf("%q is missing in %q", text, s.says())
		}
	}
}

func TestChecksumsWithoutManifest(t *testing.T) {
	s := newStage(t, wiki())
	s.completedJob("pages")
	s.backend.manifest = nil
	s.until("it is open", func() bool { return s.w.chosen.session != nil })
	s.w.chosen.page.view.Choose(view.FilesTab)
	s.until("it is said", s.sees("There is no manifest.json in "))
	if s.sees("Verify checksums")() {
		t.Errorf("a comparison with nothing is offered: %q", s.says())
	}
}
