package localexport

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/localexport/disk"
	"sluice/localexport/jobfiles"
	"sluice/pipeline"
)

// TestExportPathRefusals: a path that cannot be used is refused in one sentence, and
// what was set before stays.
func TestExportPathRefusals(t *testing.T) {
	o := testOptions(t)
	e := openFake(t, newFake(), o)
	before, err := e.ExportPath(t.Context())
	if err != nil || before != filepath.Join(o.Home, "data-pipeline", "export") {
		t.Fatalf("%q, %v", before, err)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	others := filepath.Join(dir, "others")
	if err := os.MkdirAll(filepath.Join(others, "7"), 0o700); err != nil {
		t.Fatal(err)
	}
	for path, says := range map[string]string{
		"":                           "must be absolute",
		"exports":                    "must be absolute",
		dir + "/a\nb":                "control character",
		filepath.Join(dir, "gone"):   "make it first",
		file:                         "is no folder",
		others:                       "choose an empty folder",
		filepath.Join(dir, "\u202e"): "there is no folder",
	} {
		got, err := e.SetExportPath(t.Context(), path)
		if !errors.Is(err, pipeline.ErrExportPath) || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %q, %v; want %q", path, got, err, says)
		}
	}
	if now, err := e.ExportPath(t.Context()); err != nil || now != before {
		t.Errorf("after refusals: %q, %v", now, err)
	}
}

// unnamed is a disk on which the setting gets no name.
type unnamed struct{ disk.Real }

func (unnamed) Rename(from, to string) error {
	if filepath.Base(to) == pathFile {
		return errRefused
	}
	return disk.Real{}.Rename(from, to)
}

// TestExportPathThatCannotBeKept: the path of before stays, and nothing half-written.
func TestExportPathThatCannotBeKept(t *testing.T) {
	o := testOptions(t)
	o.Disk = unnamed{}
	e := openFake(t, newFake(), o)
	before, err := e.ExportPath(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.SetExportPath(t.Context(), t.TempDir()); !errors.Is(err, errRefused) {
		t.Errorf("the error is %v", err)
	}
	if now, err := e.ExportPath(t.Context()); err != nil || now != before {
		t.Errorf("now it is %s, %v", now, err)
	}
	if left, _ := filepath.Glob(filepath.Join(o.Home, "data-pipeline", "*.partial")); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

// TestExportPathIsOfTheHome: another process sees it, links are followed once, the
// default set by its name is the default, and a setting that was spoilt stops the next
// start in one sentence.
func TestExportPathIsOfTheHome(t *testing.T) {
	o := testOptions(t)
	e := openFake(t, newFake(), o)
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Skip(err)
	}
	if got, err := e.SetExportPath(t.Context(), link); err != nil || got != dir {
		t.Fatalf("%q, %v", got, err)
	}
	setting := filepath.Join(o.Home, "data-pipeline", pathFile)
	if info, err := os.Stat(setting); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	other := openFake(t, newFake(), o)
	if got, err := other.ExportPath(t.Context()); err != nil || got != dir {
		t.Errorf("another process: %q, %v", got, err)
	}
	if got, err := e.SetExportPath(t.Context(), e.home.exports); err != nil || got != e.home.exports {
		t.Errorf("the default by its name: %q, %v", got, err)
	}
	if _, err := os.Stat(setting); !os.IsNotExist(err) {
		t.Errorf("the default is kept as a setting: %v", err)
	}
	if err := os.WriteFile(setting, []byte(`{"path":"else`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Start(t.Context(), pipeline.Request{}); err == nil || !strings.Contains(err.Error(), pathFile) {
		t.Errorf("a spoilt setting: %v", err)
	}
	if err := e.ResetExportPath(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestFilesThatCameIntoTheHome: a job whose files were moved from an export path into the
// home is told as one of the home, in whatever way it is asked for, and so has them there.
func TestFilesThatCameIntoTheHome(t *testing.T) {
	f, o := newFake(), testOptions(t)
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	e := openFake(t, f, o)
	if _, err := e.SetExportPath(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Start(t.Context(), pipeline.Request{}); err != nil {
		t.Fatal(err)
	}
	job := wait(t, e)
	if job.RootExportPath != dir {
		t.Fatalf("its files are below %q", job.RootExportPath)
	}
	closeExporter(t, e)
	if err := os.Rename(jobfiles.Dir(dir, job.ID), JobFolder(o.Home, job.ID)); err != nil {
		t.Fatal(err)
	}
	e = openFake(t, f, o)
	defer closeExporter(t, e)
	status, err := e.Status(t.Context())
	jobs, jobsErr := e.Jobs(t.Context(), 0)
	waited, waitErr := e.WaitFor(t.Context(), job.ID)
	if err := errors.Join(err, jobsErr, waitErr); err != nil || len(jobs) != 1 {
		t.Fatalf("%d jobs, %v", len(jobs), err)
	}
	for what, j := range map[string]pipeline.Job{"the status": status, "the history": jobs[0], "a job that is waited for": waited} {
		if j.ID != job.ID || j.RootExportPath != "" {
			t.Errorf("%s: job %d, below %q", what, j.ID, j.RootExportPath)
		}
	}
	if files, err := e.Files(t.Context(), job.ID); err != nil || len(files) == 0 || filepath.Dir(files[0].Path) != JobFolder(o.Home, job.ID) {
		t.Errorf("files: %+v, %v", files, err)
	}
}

// TestLeftBelowAnotherPath: what a job left below an export path is found, gone on with
// there and cleaned up after the path was reset; and its folder is known from outside.
func TestLeftBelowAnotherPath(t *testing.T) {
	f, o := newFake(), testOptions(t)
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	e := openFake(t, f, o)
	if _, err := e.SetExportPath(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	closeExporter(t, e)
	first := interruptedBelow(t, f, o, dir, 1)
	second := interruptedBelow(t, f, o, dir, 2)
	e = openFake(t, f, o)
	if err := e.ResetExportPath(t.Context()); err != nil {
		t.Fatal(err)
	}
	remains, err := e.Remains(t.Context(), 0)
	if err != nil || len(remains) != 2 {
		t.Errorf("Remains = %+v, %v", remains, err)
	}
	job, err := e.Resume(t.Context(), second.ID)
	if err != nil {
		t.Fatal(err)
	}
	job = wait(t, e)
	folder := jobfiles.Dir(dir, job.ID)
	if _, err := jobfiles.ReadManifest(folder); err != nil || job.Status != pipeline.Completed || job.RootExportPath != dir {
		t.Errorf("gone on with: %+v, %v", job, err)
	}
	if _, err := e.Clean(t.Context(), first.ID); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(jobfiles.Dir(dir, first.ID)); !os.IsNotExist(err) {
		t.Errorf("cleaned: %v", err)
	}
	if files, err := e.Files(t.Context(), job.ID); err != nil || len(files) != 5 || filepath.Dir(files[0].Path) != folder {
		t.Errorf("files: %+v, %v", files, err)
	}
	closeExporter(t, e)
	for id, want := range map[int64]string{job.ID: folder, 99: JobFolder(o.Home, 99)} {
		if got, err := FindJobFolder(t.Context(), o.Home, id); err != nil || got != want {
			t.Errorf("FindJobFolder(%d) = %q, %v; want %q", id, got, err, want)
		}
	}
}
