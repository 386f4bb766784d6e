// Package inuse keeps those who read a file and the one who is about to change it
// out of each other's way, also between processes. The locks stand on the open file
// itself, so that nothing is written, also not beside it, and they end with the
// process at the latest.
//
// Only who asks is kept out: another program reads and writes as it likes.
package inuse

import (
	"os"

	"sluice/wording"
)

// ErrInUse says that somebody else has the file, in a way that does not go with
// what was asked for.
var ErrInUse = wording.New("the file is in use")

// ErrNoLocks says that nobody can tell: the system, or the file system, has no such
// locks.
var ErrNoLocks = wording.New("the file system has no locks")

// Read notes that the file is being read, until it is closed. The error is ErrInUse
// if it is being changed, or ErrNoLocks.
func Read(f *os.File) error { return lock(f, false) }

// Change notes that the file is being changed, until it is closed. The error is
// ErrInUse if somebody else reads or changes it, or ErrNoLocks.
func Change(f *os.File) error { return lock(f, true) }
