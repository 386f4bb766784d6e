package backend

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/pipeline"
	"sluice/source"
)

// folderOf is a folder with one file of a job.
func folderOf(t *testing.T, name, text string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestCalibrateJob: the rule that the vendor's files follow is named with its option, and
// nothing is written.
func TestCalibrateJob(t *testing.T) {
	const head = "space_key,space_status\n"
	vendor := folderOf(t, "spaces_job7_2026.csv", head+"A,CURRENT\nB,ARCHIVED\n")
	ours := folderOf(t, "spaces_job3_2026.csv", head+"A,current\nB,archived\n")
	b := &Backend{home: t.TempDir()}
	told := 0
	job := source.ComparedJob{Job: pipeline.Job{ID: 3, Status: pipeline.Completed}, Folder: ours}
	c, err := b.CalibrateJob(t.Context(), vendor, job, func(source.Comparing) { told++ })
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Findings) != 1 || !strings.Contains(c.Findings[0], "--space-status-as-stored") || len(c.Files) != 1 || c.Files[0].Changed != 2 || c.Files[0].Path != "" {
		t.Errorf("%+v", c)
	}
	if told == 0 {
		t.Error("nothing tells how far it is")
	}
	if _, err := b.CalibrateJob(t.Context(), filepath.Join(vendor, "none"), job, func(source.Comparing) {}); err == nil || !strings.Contains(err.Error(), "there is no job, folder or file") {
		t.Error(err)
	}
	if left, err := filepath.Glob(filepath.Join(b.home, "*")); err != nil || len(left) > 0 {
		t.Errorf("%q was written, %v", left, err)
	}
}
