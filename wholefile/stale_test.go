package wholefile

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestRemoveStale removes what a run that was killed has left of a file, and nothing else.
func TestRemoveStale(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, strings.Repeat("long", 55)+".json")
	f, err := Create(path) // as a run that is killed leaves it
	if err != nil {
		t.Fatal(err)
	}
	if err := f.f.Close(); err != nil {
		t.Fatal(err)
	}
	base := filepath.Base(path)
	others := []string{base, "other.json.7.partial", "x.partial", "x.json.1a.partial"}
	for _, name := range others {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := RemoveStale(path, time.Hour); err != nil || !IsPartial(base, filepath.Base(f.Name())) {
		t.Errorf("%s: %v", f.Name(), err)
	}
	if _, err := os.Stat(f.Name()); err != nil {
		t.Errorf("what may still be written is gone: %v", err)
	}
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(f.Name(), old, old); err != nil {
		t.Fatal(err)
	}
	if err := RemoveStale(path, time.Hour); err != nil {
		t.Fatal(err)
	}
	var left []string
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		left = append(left, e.Name())
	}
	slices.Sort(others)
	if err != nil || !slices.Equal(left, others) {
		t.Errorf("left: %q, %v", left, err)
	}
}

func TestIsPartial(t *testing.T) {
	for name, want := range map[string]bool{"x.csv.7.partial": true, "x.csv.partial": false, "x.csv..partial": false, "x.csv.1a.partial": false, "y.csv.7.partial": false, "x.csv.7.part": false, "x.csv": false} {
		if IsPartial("x.csv", name) != want {
			t.Errorf("%s: %t", name, !want)
		}
	}
}
