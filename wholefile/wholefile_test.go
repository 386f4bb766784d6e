package wholefile

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "a.json")
	for _, content := range []string{"first, which is longer", "second", ""} {
		if err := Write(path, []byte(content)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != content {
			t.Errorf("%q, %v, want %q", got, err, content)
		}
	}
	if runtime.GOOS != "windows" {
		for name, want := range map[string]os.FileMode{path: 0o600, filepath.Dir(path): 0o700} {
			if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
				t.Errorf("%s has mode %v, %v, want %v", name, info.Mode(), err, want)
			}
		}
	}
	onlyFile(t, filepath.Dir(path), "a.json")
}

// TestFailure writes to where a folder is: the folder stays, nothing is left
// beside it.
func TestFailure(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "taken", "by"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := Write(filepath.Join(dir, "taken"), []byte("x")); err == nil {
		t.Error("a folder was replaced")
	}
	onlyFile(t, dir, "taken")
}

func onlyFile(t *testing.T, dir, want string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 || entries[0].Name() != want {
		t.Errorf("in the folder are %v, %v, want only %s", entries, err, want)
	}
}

// TestAhead: what is sent to the disk early is the same file, whether it is committed or
// given up.
func TestAhead(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.csv")
	part := []byte(strings.Repeat("0123456789abcdef", sendEvery/32+1)) // two of them are sent together
	for _, commit := range []bool{true, false} {
		f, err := Create(path)
		if err != nil {
			t.Fatal(err)
		}
		put(t, path, "old")
		want := "start "
		if _, err := f.Write([]byte(want)); err != nil {
			t.Fatal(err)
		}
		f.Ahead()
		for i := range 5 {
			if _, err := f.Write(part); err != nil {
				t.Fatal(err)
			}
			want += string(part)
			if sent := int64(6 + (i+1)/2*2*len(part)); f.sent != sent || f.Written() != int64(len(want)) {
				t.Errorf("%d bytes are sent of %d, want %d", f.sent, f.Written(), sent)
			}
		}
		if !commit {
			want, err = "old", f.Discard()
		} else {
			err = f.Commit()
		}
		if err != nil {
			t.Error(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != want {
			t.Errorf("%d bytes, %v, want %d", len(got), err, len(want))
		}
		onlyFile(t, dir, "a.csv")
	}
}
