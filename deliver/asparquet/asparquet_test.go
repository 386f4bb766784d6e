package asparquet

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/localexport/exporttest"
	"sluice/localexport/jobfiles"
	"sluice/pipeline"
)

// exported is the folder of a finished job in CSV.
func exported(t *testing.T) string {
	t.Helper()
	o := exporttest.Options(t)
	e := exporttest.Open(t, o)
	if _, err := e.Start(t.Context(), pipeline.Request{}); err != nil {
		t.Fatal(err)
	}
	job, err := e.Wait(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	files, err := e.Files(t.Context(), job.ID)
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Dir(files[0].Path)
}

// TestWrite: the folder looks like that of a job that was exported as Parquet, and what cannot
// be as it would have been is told.
func TestWrite(t *testing.T) {
	from, to := exported(t), filepath.Join(t.TempDir(), "out")
	var last Progress
	m, notes, err := Write(t.Context(), Options{From: from, To: to, Version: "1"}, func(p Progress) { last = p })
	if err != nil || len(m.Files) != 5 || !m.Intact(to) || last.Done != last.Total || last.Total == 0 {
		t.Fatalf("%+v, %+v, %v", m.Files, last, err)
	}
	if read, err := jobfiles.ReadManifest(to); err != nil || Lacks(read) || read.Options.Format != "parquet" || read.CSV != nil {
		t.Errorf("%+v, %v", read, err)
	}
	if len(notes) != 1 || !strings.Contains(notes[0], `stand as \n`) {
		t.Errorf("%q", notes)
	}
	if _, _, err := Write(t.Context(), Options{From: from, To: to}, nil); err == nil {
		t.Error("a folder that is there is written into")
	}
}

func TestLacks(t *testing.T) {
	file := func(name string) jobfiles.ManifestFile { return jobfiles.ManifestFile{Name: name} }
	for name, c := range map[string]struct {
		files []jobfiles.ManifestFile
		want  bool
	}{
		"none": {nil, false}, "csv": {[]jobfiles.ManifestFile{file("users")}, true}, "parquet": {[]jobfiles.ManifestFile{file("users.parquet")}, false},
		"both": {[]jobfiles.ManifestFile{file("users"), file("users.parquet")}, false}, "some": {[]jobfiles.ManifestFile{file("users"), file("users.parquet"), file("pages")}, true},
		"rejected": {[]jobfiles.ManifestFile{file("rejected")}, false},
	} {
		if got := Lacks(jobfiles.Manifest{Files: c.files}); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// TestWhatWasChangedIsNotWritten: a file that is longer, and one that is gone.
func TestWhatWasChangedIsNotWritten(t *testing.T) {
	from := exported(t)
	path, err := filepath.Glob(filepath.Join(from, "spaces_*.csv"))
	if err != nil || len(path) != 1 {
		t.Fatal(path, err)
	}
	b, err := os.ReadFile(path[0])
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfterN(string(b), "\r\n", 3)
	if err := os.WriteFile(path[0], append(b, lines[1]...), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Write(t.Context(), Options{From: from, To: filepath.Join(t.TempDir(), "out")}, nil); err == nil || !strings.Contains(err.Error(), "changed since the export") {
		t.Errorf("%v", err)
	}
	if err := os.Remove(path[0]); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Write(t.Context(), Options{From: from, To: filepath.Join(t.TempDir(), "out")}, nil); err == nil {
		t.Error("a file that is gone is written")
	}
}
