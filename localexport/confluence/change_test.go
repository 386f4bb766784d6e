package confluence

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"sluice/localexport/snapshot"
)

// touch writes a byte of a file anew and gives the file the time that it had.
func touch(t *testing.T, path string) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteAt([]byte{0xff}, info.Size()/2); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.Sync(), os.Chtimes(path, time.Time{}, info.ModTime())); err != nil {
		t.Fatal(err)
	}
}

// TestChangeWhileExported: a change of the snapshot, also one that leaves size,
// time and change counter as they were, ends the export before the file that was
// being written is complete.
func TestChangeWhileExported(t *testing.T) {
	path := edge(t)
	s, err := snapshot.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var m memory
	open := func(name string) (Output, error) {
		if name == "spaces" {
			touch(t, path)
		}
		return m.open(name)
	}
	o := Options{From: time.Unix(0, 0), Location: berlin, BaseURL: "https://wiki.example.com"}
	r, err := Export(t.Context(), s, o, open, nil)
	var file *snapshot.FileError
	if !errors.As(err, &file) || !strings.Contains(err.Error(), path+" was changed while it was read") {
		t.Errorf("error %v", err)
	}
	if len(r.Files) != 1 || r.Files[0].Name != "users" || m.files["pages"] != nil {
		t.Errorf("complete files %+v", r.Files)
	}
}

// TestChangeWhileChecked: there is no verdict on a snapshot that changes.
func TestChangeWhileChecked(t *testing.T) {
	path := edge(t)
	s, err := snapshot.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	touch(t, path)
	if v, err := Validate(t.Context(), s, Options{}, nil); err == nil {
		t.Errorf("verdict %+v", v)
	}
}
