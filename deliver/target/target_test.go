package target

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// get is what a file at a place holds.
func get(t *testing.T, p Target, name string) string {
	t.Helper()
	r, err := p.Open(t.Context(), name)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(b)
}

func put(t *testing.T, p Target, name, content string) {
	t.Helper()
	if err := p.Put(t.Context(), name, strings.NewReader(content), int64(len(content))); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// keeps is what every place keeps.
func keeps(t *testing.T, p Target) {
	t.Helper()
	if _, err := p.Size(t.Context(), "job=1/x.csv"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the size of a file that is not there: %v", err)
	}
	if _, err := p.Open(t.Context(), "job=1/x.csv"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
	if err := p.Remove(t.Context(), "job=1/x.csv"); err != nil {
		t.Errorf("remove what is not there: %v", err)
	}
	large := strings.Repeat("0123456789abcdef", 100_000)
	put(t, p, "job=1/x.csv", "first")
	put(t, p, "job=1/x.csv", large)
	put(t, p, "job=1/_SUCCESS", "")
	if got := get(t, p, "job=1/x.csv"); got != large {
		t.Errorf("%d bytes came back, not %d", len(got), len(large))
	}
	if n, err := p.Size(t.Context(), "job=1/x.csv"); err != nil || n != int64(len(large)) {
		t.Errorf("size %d, %v", n, err)
	}
	if n, err := p.Size(t.Context(), "job=1/_SUCCESS"); err != nil || n != 0 {
		t.Errorf("size of the empty file: %d, %v", n, err)
	}
	broken := errors.New("the source broke")
	if err := p.Put(t.Context(), "job=1/x.csv", io.MultiReader(strings.NewReader(large[:100_000]), iotest.ErrReader(broken)), int64(len(large))); !errors.Is(err, broken) {
		t.Errorf("a source that breaks: %v", err)
	}
	if err := p.Put(t.Context(), "job=1/x.csv", strings.NewReader("short"), 6); err == nil {
		t.Error("less than was told is taken")
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if err := p.Put(stopped, "job=1/x.csv", strings.NewReader("other"), 5); err == nil {
		t.Error("what was cancelled is put")
	}
	if got := get(t, p, "job=1/x.csv"); got != large {
		t.Errorf("after failures the file has %d bytes, not %d", len(got), len(large))
	}
	if err := p.Remove(t.Context(), "job=1/_SUCCESS"); err != nil {
		t.Error(err)
	}
	if _, err := p.Size(t.Context(), "job=1/_SUCCESS"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("after it was removed: %v", err)
	}
}

// names are the files below a folder.
func names(t *testing.T, dir string) []string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			rel, _ := filepath.Rel(dir, path)
			list = append(list, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(list)
	return list
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	p, err := Folder(dir)
	if err != nil {
		t.Fatal(err)
	}
	keeps(t, p)
	if got := names(t, dir); !slices.Equal(got, []string{"job=1/x.csv"}) {
		t.Errorf("files: %q", got)
	}
	if info, err := os.Stat(filepath.Join(dir, "job=1")); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder: %v, %v", info, err)
	}
}

// TestStaleFilesGo: what a run that was killed has left, and nothing else.
func TestStaleFilesGo(t *testing.T) {
	dir := t.TempDir()
	others := []string{"job=1/x.csv.partial", "job=1/x.csv.1a.partial", "job=1/y.csv.7.partial", "job=1/x.csv.7.part"}
	if err := os.Mkdir(filepath.Join(dir, "job=1"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range append([]string{"job=1/x.csv.7.partial"}, others...) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p, err := Folder(dir)
	if err != nil {
		t.Fatal(err)
	}
	put(t, p, "job=1/x.csv", "whole")
	want := append([]string{"job=1/x.csv"}, others...)
	slices.Sort(want)
	if got := names(t, dir); !slices.Equal(got, want) {
		t.Errorf("files: %q", got)
	}
}

// TestFoldersThatAreRefused: what is not mounted is not written beside.
func TestFoldersThatAreRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, says := range map[string]string{filepath.Join(t.TempDir(), "share"): "make it, or mount", file: "is no folder"} {
		if _, err := Folder(path); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", path, err)
		}
	}
}
