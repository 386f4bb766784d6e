package disk

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

var real Disk = Real{}

// write makes a file of a job with a content.
func write(t *testing.T, path, content string) {
	t.Helper()
	f, err := real.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.Write([]byte(content))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		t.Fatal(err)
	}
}

func holds(t *testing.T, path, want string) {
	t.Helper()
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		t.Errorf("%s holds %q, %v, want %q", filepath.Base(path), got, err, want)
	}
}

// TestWhatIsMadeIsPrivate, and never in the place of something else.
func TestWhatIsMadeIsPrivate(t *testing.T) {
	dir := t.TempDir()
	file, folder, deep := filepath.Join(dir, "a.csv"), filepath.Join(dir, "7"), filepath.Join(dir, "x", "y")
	write(t, file, "mine")
	if err := errors.Join(real.Mkdir(folder), real.MkdirAll(deep), real.MkdirAll(deep)); err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" {
		for path, want := range map[string]fs.FileMode{file: 0o600, folder: 0o700, deep: 0o700, filepath.Dir(deep): 0o700} {
			if info, err := real.Stat(path); err != nil || info.Mode().Perm() != want {
				t.Errorf("%s: %v, %v", path, info, err)
			}
		}
	}
	for _, taken := range []string{file, folder} {
		if _, err := real.Create(taken); !errors.Is(err, fs.ErrExist) {
			t.Errorf("a file in the place of %s: %v", taken, err)
		}
		if err := real.Mkdir(taken); !errors.Is(err, fs.ErrExist) {
			t.Errorf("a folder in the place of %s: %v", taken, err)
		}
	}
	holds(t, file, "mine")
	if _, err := real.Create(filepath.Join(dir, "none", "a.csv")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("in no folder: %v", err)
	}
}

// TestContinue writes behind what is kept: what came after it is gone, and a file that
// is shorter than it should be is not gone on with.
func TestContinue(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	write(t, path, "id,name\r\n1,half a re")
	f, err := real.Continue(path, 9)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.Write([]byte("1,whole\r\n"))
	_, err2 := f.WriteAt([]byte("ID"), 0) // over what is there, which leaves the end where it is
	_, err3 := f.Write([]byte("2,next\r\n"))
	f.StartWriteback(0, 9)
	if err := errors.Join(err, err2, err3, f.Sync(), f.Close()); err != nil {
		t.Fatal(err)
	}
	holds(t, path, "ID,name\r\n1,whole\r\n2,next\r\n")
	if _, err := real.Continue(path, 1000); !errors.Is(err, io.ErrUnexpectedEOF) || !strings.Contains(err.Error(), "behind 1000 bytes: it has 26") {
		t.Errorf("a shorter file: %v", err)
	}
	holds(t, path, "ID,name\r\n1,whole\r\n2,next\r\n")
	if f, err = real.Continue(path, 9); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	holds(t, path, "ID,name\r\n")
	if _, err := real.Continue(path+".none", 0); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

// TestNames: a rename replaces, a link does not, and neither follows one.
func TestNames(t *testing.T) {
	dir := t.TempDir()
	a, b, c := filepath.Join(dir, "a"), filepath.Join(dir, "b"), filepath.Join(dir, "c")
	write(t, a, "one")
	write(t, b, "two")
	if err := real.Link(a, b); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a second name that is taken: %v", err)
	}
	holds(t, b, "two")
	if err := errors.Join(real.Link(a, c), real.Rename(a, b), real.SyncDir(dir)); err != nil {
		t.Fatal(err)
	}
	holds(t, b, "one")
	holds(t, c, "one")
	if _, err := real.Stat(a); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the old name: %v", err)
	}
	if err := os.Symlink(b, a); err != nil {
		t.Skip(err)
	}
	if info, err := real.Stat(a); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("a link is told as %v, %v", info, err)
	}
	if err := real.Remove(a); err != nil {
		t.Fatal(err)
	}
	holds(t, b, "one")
}

// TestRemove: a folder with something in it goes as a whole or not at all; what is not
// there is no error only where all of it is to go.
func TestRemove(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "7")
	if err := real.Mkdir(dir); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "a"), "x")
	if err := real.Remove(dir); err == nil {
		t.Error("a folder with a file in it was removed like an empty one")
	}
	holds(t, filepath.Join(dir, "a"), "x")
	if err := errors.Join(real.RemoveAll(dir), real.RemoveAll(dir)); err != nil {
		t.Error(err)
	}
	if err := real.Remove(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what is gone: %v", err)
	}
	if err := real.SyncDir(dir); runtime.GOOS != "windows" && !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is gone is on disk: %v", err)
	}
}

// TestChmod takes rights away from what was made by others.
func TestChmod(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := real.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if info, err := real.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if err := real.Chmod(path+".none", 0o600); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what is not there: %v", err)
	}
}

// TestNowhere says which folder is missing, or is none.
func TestNowhere(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "file"), "")
	for path, want := range map[string]string{
		filepath.Join(dir, "new.db"): "", filepath.Join(dir, "file"): "",
		filepath.Join(dir, "gone", "new.db"): "there is no folder " + filepath.Join(dir, "gone") + ": make it first",
		filepath.Join(dir, "file", "new.db"): filepath.Join(dir, "file") + " is no folder: name another file",
	} {
		err := Nowhere(path)
		if (err == nil) != (want == "") || err != nil && !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
	}
}

// TestInTheWay is the error of a file that exists, in words of its own.
func TestInTheWay(t *testing.T) {
	err := error(InTheWay("a.db exists already: choose another name"))
	if !errors.Is(err, fs.ErrExist) || errors.Is(err, fs.ErrNotExist) || err.Error() != "a.db exists already: choose another name" {
		t.Errorf("%v", err)
	}
}
