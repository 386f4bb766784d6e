package wholefile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func put(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func holds(t *testing.T, path, want string) {
	t.Helper()
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		t.Errorf("%s holds %q, %v, want %q", filepath.Base(path), got, err, want)
	}
}

// TestCommit holds that the file of before keeps its name until the new one is
// complete, and for good where the new one is given up.
func TestCommit(t *testing.T) {
	for _, commit := range []bool{false, true} {
		dir := t.TempDir()
		path := filepath.Join(dir, "a.csv")
		put(t, path, "old")
		put(t, path+Suffix, "somebody's") // a file of that name is not ours
		f, err := Create(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte("new")); err != nil || f.Written() != 3 {
			t.Fatal(err, f.Written())
		}
		holds(t, path, "old")
		want := "old"
		if commit {
			want, err = "new", f.Commit()
		}
		if err := errors.Join(err, f.Discard()); err != nil {
			t.Error(err)
		}
		holds(t, path, want)
		holds(t, path+Suffix, "somebody's")
		if list, err := os.ReadDir(dir); err != nil || len(list) != 2 {
			t.Errorf("left: %v, %v", list, err)
		}
		if err := f.Commit(); err == nil {
			t.Error("it can be committed twice")
		}
	}
}

func TestLongName(t *testing.T) {
	path := filepath.Join(t.TempDir(), strings.Repeat("n", 251)+".csv")
	if err := Write(path, []byte("x")); err != nil {
		t.Fatal(err)
	}
	holds(t, path, "x")
}

// TestLinks writes through symbolic links, and to no place where no file can be.
func TestLinks(t *testing.T) {
	dir := t.TempDir()
	real, link, nowhere := filepath.Join(dir, "real"), filepath.Join(dir, "link"), filepath.Join(dir, "nowhere")
	put(t, real, "old")
	for from, to := range map[string]string{link: real, nowhere: filepath.Join(dir, "gone")} {
		if err := os.Symlink(to, from); err != nil {
			t.Skip(err)
		}
	}
	if err := Write(link, []byte("new")); err != nil {
		t.Fatal(err)
	}
	holds(t, real, "new")
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is no link any more: %v, %v", info, err)
	}
	for _, path := range []string{nowhere, dir, os.DevNull} {
		if f, err := Create(path); err == nil {
			t.Errorf("%s can be written over", path)
			_ = f.Discard()
		}
	}
}
