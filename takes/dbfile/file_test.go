package dbfile

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/localexport/inuse"
	"sluice/sqliteformat"
)

// left are the files in the folder of a snapshot.
func left(t *testing.T, path string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range names {
		names[i] = filepath.Base(names[i])
	}
	return names
}

// TestTwoRunsAtOnce: two runs that replace the same snapshot work under the same name:
// the second is refused, and the first does not notice.
func TestTwoRunsAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "wiki.db")
	if err := os.WriteFile(path, []byte(sqliteformat.Magic+"the snapshot of before"), 0o600); err != nil {
		t.Fatal(err)
	}
	first, err := Create(t.Context(), path, "", true)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Create(t.Context(), path, "", true); !errors.Is(err, inuse.ErrInUse) || !strings.Contains(err.Error(), "another run writes "+path+Partial) {
		t.Errorf("the second: %v", err)
	}
	if _, err := first.commit(); err != nil {
		t.Errorf("the first: %v", err)
	}
	if names := left(t, path); len(names) != 1 {
		t.Errorf("left: %v", names)
	}
}

// TestWhatAKilledRunLeft: an unfinished file whose run is gone is no hindrance,
// whether the snapshot is to be replaced or not, and a note tells of it.
func TestWhatAKilledRunLeft(t *testing.T) {
	for name, replace := range map[string]bool{"new": false, "replace": true} {
		path := filepath.Join(t.TempDir(), "wiki.db")
		if err := os.WriteFile(path+Partial, []byte("half a snapshot"), 0o644); err != nil {
			t.Fatal(err)
		}
		f, err := Create(t.Context(), path, "", replace)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if info, err := os.Stat(path + Partial); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
		if len(f.notes) != 1 || !strings.Contains(f.notes[0].Text, "killed") {
			t.Errorf("%s: notes %v", name, f.notes)
		}
		if _, err := f.commit(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if b, err := os.ReadFile(path); err != nil || strings.Contains(string(b), "half a snapshot") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestNoOrdinaryFileIsTakenOver: what has the name of the unfinished file and was not
// made by a run stays.
func TestNoOrdinaryFileIsTakenOver(t *testing.T) {
	path := filepath.Join(t.TempDir(), "wiki.db")
	target := filepath.Join(t.TempDir(), "mine")
	if err := errors.Join(os.WriteFile(target, []byte("mine"), 0o600), os.Symlink(target, path+Partial)); err != nil {
		t.Skip(err)
	}
	if _, err := Create(t.Context(), path, "", true); !errors.Is(err, fs.ErrExist) {
		t.Errorf("error %v", err)
	}
	if b, err := os.ReadFile(target); err != nil || string(b) != "mine" {
		t.Errorf("%q, %v", b, err)
	}
}

// TestASnapshotThatIsRead: it is not replaced as long as somebody reads it, neither
// at once nor by a run that has its work done and waits.
func TestASnapshotThatIsRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "wiki.db")
	if err := os.WriteFile(path, []byte(sqliteformat.Magic+"read"), 0o600); err != nil {
		t.Fatal(err)
	}
	read := func() *os.File {
		reader, err := os.Open(path)
		if err == nil {
			err = inuse.Read(reader)
		}
		if err != nil {
			t.Fatal(err)
		}
		return reader
	}
	reader := read()
	if _, err := Create(t.Context(), path, "", true); !errors.Is(err, inuse.ErrInUse) || !strings.Contains(err.Error(), path) {
		t.Errorf("error %v", err)
	}
	reader.Close()
	given := errors.New("given up")
	for _, want := range []error{nil, given} {
		ctx, cancel := context.WithCancelCause(t.Context())
		defer cancel(nil)
		f, err := Create(ctx, path, "", true)
		if err != nil {
			t.Fatal(err)
		}
		reader = read()
		f.Waiting = func() { cancel(want) }
		if want == nil {
			f.Waiting = func() { reader.Close() }
		}
		if _, err := f.commit(); !errors.Is(err, want) {
			t.Errorf("error %v, want %v", err, want)
		}
		if err := f.Abort(); err != nil {
			t.Error(err)
		}
		reader.Close()
	}
	if names := left(t, path); len(names) != 1 {
		t.Errorf("left: %v", names)
	}
}

// TestAFileThatCameMeanwhile: a snapshot that is not to replace another does not
// replace one that came while it was being made.
func TestAFileThatCameMeanwhile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "wiki.db")
	f, err := Create(t.Context(), path, "", false)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := f.commit(); !errors.Is(err, fs.ErrExist) {
		t.Errorf("error %v", err)
	}
	if err := f.Abort(); err != nil {
		t.Error(err)
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "mine" {
		t.Errorf("the file holds %q, %v", b, err)
	}
	if names := left(t, path); len(names) != 1 {
		t.Errorf("left: %v", names)
	}
}
