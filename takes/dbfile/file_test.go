package dbfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTwoRunsAtOnce: two runs that replace the same snapshot work under the same name,
// and the first must not give its own to what the second has not finished.
func TestTwoRunsAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "wiki.db")
	if err := os.WriteFile(path, []byte("the snapshot of before"), 0o600); err != nil {
		t.Fatal(err)
	}
	first, err := Create(t.Context(), path, "", true)
	if err != nil {
		t.Fatal(err)
	}
	second, err := Create(t.Context(), path, "", true)
	if err != nil { // some systems keep the name of an open file
		if err := first.Abort(); err != nil {
			t.Error(err)
		}
		return
	}
	if _, err := first.commit(); err == nil || !strings.Contains(err.Error(), "another run") {
		t.Errorf("the first: %v", err)
	}
	if err := first.Abort(); err != nil {
		t.Error(err)
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "the snapshot of before" {
		t.Errorf("the snapshot was replaced by %d bytes, %v", len(b), err)
	}
	if _, err := second.commit(); err != nil {
		t.Errorf("the second: %v", err)
	}
	if left, err := filepath.Glob(path + "*"); err != nil || len(left) != 1 {
		t.Errorf("left: %v, %v", left, err)
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
	if left, err := filepath.Glob(path + "*"); err != nil || len(left) != 1 {
		t.Errorf("left: %v, %v", left, err)
	}
}
