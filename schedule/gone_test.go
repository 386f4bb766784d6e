package schedule

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/gofrs/flock"
)

// TestGone: a run is interrupted once its process has ended. One that cannot be looked at runs
// as long as it holds its source.
func TestGone(t *testing.T) {
	folder := t.TempDir()
	file := NewStateFile(folder)
	stands := func(change func(*Running)) (runs bool) {
		t.Helper()
		r := Running{Began: time.Now(), Attempt: 1, Source: "a/b"}
		r.By()
		change(&r)
		if err := file.Change("nightly", func(s *State) bool { s.Running = &r; return true }); err != nil {
			t.Fatal(err)
		}
		states, err := file.Load()
		if err != nil {
			t.Fatal(err)
		}
		s := states["nightly"]
		if s.Runs() == (s.Interrupted() != nil) {
			t.Error("it neither runs nor was interrupted, or both")
		}
		return s.Runs()
	}
	if !stands(func(*Running) {}) {
		t.Error("this process is taken for gone")
	}
	if stands(func(r *Running) { r.PID = 1 << 30 }) {
		t.Error("a process that is not there is said to run")
	}
	elsewhere := func(r *Running) { r.Process = "another/container/1" }
	unmarked := func(r *Running) { r.Process = "" }
	if stands(elsewhere) {
		t.Error("one from before a restart, which never held its source, is said to run")
	}
	path := SourceLock(folder, "a/b")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	held := flock.New(path)
	if ok, err := held.TryLock(); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if !stands(elsewhere) || !stands(unmarked) {
		t.Error("one that holds its source is taken for gone")
	}
	if err := held.Unlock(); err != nil {
		t.Fatal(err)
	}
	if stands(elsewhere) || stands(unmarked) {
		t.Error("one that holds its source no more is said to run")
	}
}
