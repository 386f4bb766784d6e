package ui

import (
	"io/fs"
	"os"
)

// lookAtSnapshot opens a snapshot anew that was replaced since it was opened: a schedule, or
// another process, has taken it again. What is at work here goes on with the one before.
func (e *entry) lookAtSnapshot() {
	was, round := e.file, e.round
	if was == nil || e.session == nil || e.atWork() {
		return
	}
	path := e.source.Snapshot
	go func() {
		now, err := os.Stat(path)
		if err != nil || sameSnapshot(was, now) {
			return
		}
		e.w.later(func() {
			if round != e.round || e.atWork() {
				return
			}
			e.w.o.Logger.Debug("the snapshot was replaced", "source", e.source.Name)
			e.reopen()
		})
	}()
}

// lookAtSnapshots does so for all sources.
func (w *Window) lookAtSnapshots() {
	for _, e := range w.entries {
		e.lookAtSnapshot()
	}
}

// sameSnapshot reports whether a file is the one that it was.
func sameSnapshot(was, now fs.FileInfo) bool {
	return os.SameFile(was, now) && was.Size() == now.Size() && was.ModTime().Equal(now.ModTime())
}

// snapshotFile is the file of a snapshot as it is now; nil if there is none to look at.
func snapshotFile(path string) fs.FileInfo {
	if path == "" {
		return nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil
	}
	return info
}
