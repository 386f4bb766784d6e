package ui

import (
	"os"
	"path/filepath"
	"testing"

	"sluice/source"
)

// TestAReplacedSnapshotIsOpenedAnew: what others have taken again is shown as it is now, as soon
// as somebody or something looks; one that is the same stays open.
func TestAReplacedSnapshotIsOpenedAnew(t *testing.T) {
	path := filepath.Join(t.TempDir(), "wiki.db")
	put := func(text string) {
		t.Helper()
		if err := os.WriteFile(path+".new", []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(path+".new", path); err != nil {
			t.Fatal(err)
		}
	}
	put("before")
	s := newStage(t, source.NewSnapshot(source.KindSnapshot, "wiki.db", path, t.TempDir()))
	s.until("it is open", s.sees("No export has run here yet"))
	for name, look := range map[string]func(){"by a person": s.w.refresh, "by a schedule": s.w.lookAtSnapshots} {
		session := s.w.chosen.session
		put("after " + name)
		look()
		s.until(name+": it is opened anew", func() bool { return s.w.chosen.session != nil && s.w.chosen.session != session })
	}
	session := s.w.chosen.session
	s.w.lookAtSnapshots()
	if !sameSnapshot(s.w.chosen.file, snapshotFile(path)) || s.w.chosen.session != session {
		t.Error("it is opened anew without a reason")
	}
}
