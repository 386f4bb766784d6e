package backend

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/localexport/demo"
	"sluice/localexport/exporttest"
	"sluice/pipeline"
	"sluice/source"
)

func marshalKey(key any) (string, error) {
	b, err := x509.MarshalPKCS8PrivateKey(key)
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: b})), err
}

// aSnapshot is a demo snapshot as a source.
func aSnapshot(t *testing.T) source.Source {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "wiki.db")
	exporttest.Snapshot(t, path, false)
	s := source.NewSnapshot(source.KindSnapshot, "wiki.db", path, filepath.Join(dir, "homes"))
	s.Local.MinFreeSpace, s.Local.TimeZone = "-1", demo.TimeZone
	return s
}

// TestSnapshot opens a snapshot, exports it, and reads what the export has written down.
func TestSnapshot(t *testing.T) {
	b, s := alone(t), aSnapshot(t)
	e, info, err := b.OpenLocal(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close(t.Context())
	if info.Product != "Confluence" || info.Bytes == 0 || info.Newest.IsZero() || len(info.Counts) != 5 || info.Origin != nil {
		t.Errorf("it is said to hold %+v", info)
	}
	for i, c := range info.Counts {
		if int(c.Of) != i || c.N <= 0 {
			t.Errorf("counted: %+v", c)
		}
	}
	job, err := e.Start(t.Context(), pipeline.Request{})
	if err != nil {
		t.Fatal(err)
	}
	until(t, e, "the end of the job", completed)
	files, err := e.(pipeline.FileLister).Files(t.Context(), job.ID)
	if err != nil || len(files) < 5 {
		t.Fatalf("files: %v (%v)", files, err)
	}
	listed, err := b.Manifest(filepath.Dir(files[0].Path))
	if err != nil || len(listed) != len(files) || listed[0].SHA256 == "" {
		t.Errorf("the manifest lists %+v (%v)", listed, err)
	}
	if _, err := b.Manifest(t.TempDir()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder without a manifest: %v", err)
	}
	reach, err := e.(pipeline.Reacher).Reach(t.Context())
	if err != nil || reach.At.IsZero() {
		t.Errorf("it reaches to %+v (%v)", reach, err)
	}
}

// TestSettingsOfASnapshot reach the export, and wrong ones are refused by the source.
func TestSettingsOfASnapshot(t *testing.T) {
	b, s := alone(t), aSnapshot(t)
	s.Local.BaseURL, s.Local.FullContent = "https://elsewhere.example.com", true
	e, _, err := b.OpenLocal(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	job, err := e.Start(t.Context(), pipeline.Request{})
	if err != nil {
		t.Fatal(err)
	}
	until(t, e, "the end of the job", completed)
	files, err := e.(pipeline.FileLister).Files(t.Context(), job.ID)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, f := range files {
		text, err := os.ReadFile(f.Path)
		if err != nil {
			t.Fatal(err)
		}
		found = found || strings.Contains(string(text), "https://elsewhere.example.com")
	}
	if !found {
		t.Error("the base URL of the settings stands in no file")
	}
	if err := e.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	for setting, change := range map[string]func(*source.Local){
		"size":  func(l *source.Local) { l.MinFreeSpace = "much" },
		"share": func(l *source.Local) { l.CPUShare = "half" },
		"zone":  func(l *source.Local) { l.TimeZone = "Nowhere/At_All" },
	} {
		wrong := s
		change(&wrong.Local)
		if _, _, err := b.OpenLocal(t.Context(), wrong); err == nil {
			t.Errorf("a wrong %s is taken", setting)
		}
	}
	s.Snapshot += "x"
	if _, _, err := b.OpenLocal(t.Context(), s); err == nil {
		t.Error("a snapshot that is not there was opened")
	}
}

// TestDemo: it is made once, and can be opened.
func TestDemo(t *testing.T) {
	b := alone(t)
	path := filepath.Join(b.home, "demo.db")
	exporttest.Snapshot(t, path, false) // that of before
	pages := int64(0)
	made, err := b.MakeDemo(t.Context(), func(done, _ int64) { pages = done })
	if err != nil || made != path || pages != 0 {
		t.Fatalf("%s was made with %d pages (%v)", made, pages, err)
	}
}

// TestTake takes the snapshot of a dump: recognised, looked at, taken, opened with its
// origin.
func TestTake(t *testing.T) {
	b := alone(t)
	dump := filepath.Join(t.TempDir(), "wiki.sql")
	if _, err := demo.Write(t.Context(), dump, demo.Options{Pages: 20, Seed: 1, As: "mysqldump"}); err != nil {
		t.Fatal(err)
	}
	r, err := b.Recognise(t.Context(), dump)
	if err != nil || r.Kind == "" || r.Snapshot {
		t.Fatalf("recognised as %+v (%v)", r, err)
	}
	taken := source.Taken{From: dump, MaxRate: "500MB/s", Load: "90"}
	found, err := b.Survey(t.Context(), taken, "", nil)
	if err != nil || found.Kind != r.Kind {
		t.Fatalf("the survey says %+v (%v)", found, err)
	}
	s := source.NewTaken(b.TakeName(dump), b.TakePath(b.home, dump), b.home, taken)
	var last source.Progress
	if err := b.Take(t.Context(), s, "", nil, false, func(p source.Progress) { last = p }); err != nil {
		t.Fatal(err)
	}
	if last.Rows == 0 {
		t.Errorf("the last progress is %+v", last)
	}
	s.Local.MinFreeSpace = "-1"
	e, info, err := b.OpenLocal(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close(t.Context())
	if info.Origin == nil || info.Origin.Kind != r.Kind || len(info.Origin.Tables) == 0 || info.Origin.Taken.IsZero() {
		t.Errorf("its origin is %+v", info.Origin)
	}
	for _, wrong := range []source.Taken{{From: dump, MaxRate: "fast"}, {From: dump, Load: "200"}} {
		if _, err := b.Survey(t.Context(), wrong, "", nil); err == nil {
			t.Errorf("%+v is taken", wrong)
		}
	}
}
