package jobfiles

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sluice/localexport/disk"
)

// entries are the names in a folder.
func entries(t *testing.T, dir string) []string {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}

// finals are the names in a folder that claim to be complete.
func finals(t *testing.T, dir string) []string {
	t.Helper()
	return slices.DeleteFunc(entries(t, dir), func(name string) bool { return strings.HasSuffix(name, PartialSuffix) })
}

// TestCloseIsNoCommit ends a file as a producer does that met an error.
func TestCloseIsNoCommit(t *testing.T) {
	s := newSet(t, t.Context())
	put(t, s, "pages", "id\r\n")
	w := openFile(t, s, "users")
	if _, err := io.WriteString(w, "id\r\n1"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := w.Commit(); !errors.Is(err, errUnfinished) {
		t.Errorf("Commit behind Close: %v, want %v", err, errUnfinished)
	}
	if _, err := s.Wait(t.Context()); err == nil || !strings.Contains(err.Error(), "users was not written to its end") {
		t.Errorf("Wait: %v", err)
	}
	if !s.Settle(t.Context()) {
		t.Error("the set is not quiet")
	}
	path := filepath.Join(s.Dir, FileName("users", 7, started)+PartialSuffix)
	if b, err := os.ReadFile(path); err != nil || string(b) != "id\r\n1" {
		t.Errorf("what was written is %q, %v", b, err)
	}
	if names := finals(t, s.Dir); len(names) > 0 {
		t.Errorf("complete by their names: %q", names)
	}
}

// TestOptionalFile opens the file that a set may have, and leaves it out.
func TestOptionalFile(t *testing.T) {
	for _, opened := range []bool{false, true} {
		s := newSet(t, t.Context())
		want := []string{FileName("users", 7, started), FileName("pages", 7, started)}
		if opened {
			put(t, s, "rejected", "file\r\n")
			want = append(want, FileName("rejected", 7, started))
		}
		put(t, s, "pages", "")
		put(t, s, "users", "")
		written, err := s.Wait(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, w := range written {
			got = append(got, w.File)
		}
		if !slices.Equal(got, want) {
			t.Errorf("files %q, want %q", got, want)
		}
		if err := s.Commit(t.Context(), Manifest{}); err != nil {
			t.Fatal(err)
		}
		want = append(want, ManifestName)
		slices.Sort(want)
		if names := entries(t, s.Dir); !slices.Equal(names, want) {
			t.Errorf("in the folder are %q, want %q", names, want)
		}
	}
}

// failing is the machine's disk, which refuses one call and possibly all behind
// it. A call that it refuses may be done all the same, as on a network's disk
// whose answer is lost.
type failing struct {
	disk.Real
	calls, at     int
	forGood, done bool
}

var errBroken = errors.New("input/output error")

func (d *failing) fails() bool {
	d.calls++
	return d.calls == d.at || d.forGood && d.calls > d.at
}

func (d *failing) Create(path string) (disk.File, error) {
	if d.fails() {
		return nil, errBroken
	}
	f, err := d.Real.Create(path)
	return failingFile{f, d}, err
}

func (d *failing) Rename(from, to string) error {
	if d.fails() {
		if d.done {
			_ = d.Real.Rename(from, to)
		}
		return errBroken
	}
	return d.Real.Rename(from, to)
}

func (d *failing) SyncDir(path string) error {
	if d.fails() {
		return errBroken
	}
	return d.Real.SyncDir(path)
}

func (d *failing) Remove(path string) error {
	if d.fails() {
		return errBroken
	}
	return d.Real.Remove(path)
}

type failingFile struct {
	disk.File
	disk *failing
}

func (f failingFile) Write(p []byte) (int, error) {
	if f.disk.fails() {
		return 0, errBroken
	}
	return f.File.Write(p)
}

func (f failingFile) Sync() error {
	if f.disk.fails() {
		return errBroken
	}
	return f.File.Sync()
}

func (f failingFile) Close() error {
	err := f.File.Close()
	if f.disk.fails() {
		return errBroken
	}
	return err
}

// TestEveryFailureOfACommit lets each call to the disk fail in turn, alone and
// with all that follow, done all the same or not. Without an error the export is
// complete. With one it is not, and there is no manifest; unless the disk would
// not take its name back, which the error says.
func TestEveryFailureOfACommit(t *testing.T) {
	for _, how := range []failing{{}, {forGood: true}, {done: true}, {forGood: true, done: true}} {
		stood := 0
		for at := 1; ; at++ {
			d := how
			d.at = at
			s := committable(t)
			written, err := s.Wait(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			s.Disk = &d
			err = s.Commit(t.Context(), manifestOf(written))
			m, missing := ReadManifest(s.Dir)
			whole := missing == nil && m.Intact(s.Dir)
			if d.calls < at {
				if err != nil || !whole {
					t.Errorf("no failure: Commit %v, manifest %v", err, missing)
				}
				if at < 10 {
					t.Errorf("only %d calls were made", d.calls)
				}
				break
			}
			if !errors.Is(err, errBroken) {
				t.Errorf("%+v: Commit: %v, want %v", d, err, errBroken)
			}
			if standing := new(StandingError); errors.As(err, &standing) {
				if stood++; !whole || !how.forGood {
					t.Errorf("%+v: %v, but the manifest: %v", d, err, missing)
				}
				continue
			}
			if !errors.Is(missing, fs.ErrNotExist) {
				t.Errorf("%+v: there is a manifest: %v", d, missing)
			}
			if left := finals(t, s.Dir); len(left) > 0 && !how.forGood {
				t.Errorf("%+v: complete by their names: %q", d, left)
			}
		}
		if want := map[bool]int{true: 1}[how.forGood]; !how.done && stood != want {
			t.Errorf("%+v: %d manifests stand, want %d", how, stood, want)
		}
	}
}

// committable is a set whose files are written.
func committable(t *testing.T) *Set {
	t.Helper()
	s := newSet(t, t.Context())
	for _, name := range s.Names {
		put(t, s, name, name+"\r\n")
	}
	return s
}

// manifestOf is the manifest of files that have no rows.
func manifestOf(written []Written) Manifest {
	var m Manifest
	for _, w := range written {
		m.Files = append(m.Files, ManifestFile{Name: w.Name, File: w.File, Bytes: w.Bytes, SHA256: w.SHA256})
	}
	return m
}
