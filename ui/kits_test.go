package ui

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sluice/columns"
	"sluice/kit"
	"sluice/pipeline"
	"sluice/ui/look"
	"sluice/ui/view"
)

// KitJob is a job of two files.
func (b *fakeBackend) KitJob(dir string) (kit.Job, error) {
	j := kit.Job{Name: "job 1", Folder: dir, Preserved: true}
	for _, f := range columns.Confluence[:2] {
		j.Files = append(j.Files, kit.File{Table: f.Name, Path: filepath.Join("/", f.Name+".csv"), Columns: f.Columns})
	}
	return j, nil
}

// TestUseTheseFiles shows the statements for the files of a job: what they were tried on,
// what to know, and all of them in the clipboard.
func TestUseTheseFiles(t *testing.T) {
	s := newStage(t, wiki())
	s.completedJob("users", "pages")
	s.until("the card of the job offers them, whichever is known first", s.sees("Use these files…"))
	s.w.chosen.page.view.Choose(view.FilesTab)
	s.until("the files are listed", s.sees("pages"))
	s.press("Use these files…")
	s.until("the panel is there", s.sees("Use the files of job 1"))
	for _, e := range kit.Engines {
		for _, o := range s.visibleObjects() {
			if choice, ok := o.(*look.Select); ok && slices.Contains(choice.Options, e.Title) {
				choice.SetSelected(e.Title)
			}
		}
		says := s.says()
		want := "Untested: written by the documentation of the program, never run here."
		if e.Tested != "" {
			want = "Tested on " + e.Tested
		}
		if !strings.Contains(says, want) {
			t.Errorf("%s does not say %q:\n%s", e.Title, want, says)
		}
		for _, w := range e.Warnings(kit.Job{Preserved: true}) {
			if !strings.Contains(says, w) {
				t.Errorf("%s does not say %q", e.Title, w)
			}
		}
		s.press("Copy")
		if got := s.w.o.App.Clipboard().Content(); !strings.Contains(got, "users") || !strings.Contains(got, "created_date") {
			t.Errorf("%s: copied %q", e.Title, got)
		}
	}
}

// TestUseOnlyWholeFiles: an unfinished job offers no statements.
func TestUseOnlyWholeFiles(t *testing.T) {
	s := newStage(t, wiki())
	s.completedJob("users")
	s.engine.jobs[0].Status = pipeline.Failed
	s.until("it is open", func() bool { return s.w.chosen.session != nil })
	s.w.chosen.page.view.Choose(view.FilesTab)
	s.until("the files are listed", s.sees("users"))
	if s.sees("Use these files…")() {
		t.Error("the files of a failed job are offered")
	}
}
