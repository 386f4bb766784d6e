package snapshot

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Identity tells snapshots apart: it changes when the file changes. It is
// comparable, and String is stable, so it can be the key of a stored verdict.
type Identity struct {
	Size          int64     // bytes
	Modified      time.Time // of the file, in UTC
	ChangeCounter uint32    // bytes 24 to 27 of the header (SQLite file format, §1.3.8)
}

// String is "size-modified in nanoseconds-change counter".
func (i Identity) String() string {
	return fmt.Sprintf("%d-%d-%d", i.Size, i.Modified.UnixNano(), i.ChangeCounter)
}

// Snapshot is an open snapshot. It is safe for use by several goroutines.
type Snapshot struct {
	path     string
	identity Identity
}

// Open opens the file read-only. The error is one clear sentence for a person:
// it names the file, what it is, and what to do.
func Open(ctx context.Context, path string) (*Snapshot, error) {
	return nil, errors.New("snapshots cannot be opened yet")
}

// Path is the path that Open was given.
func (s *Snapshot) Path() string { return s.path }

// Identity tells the snapshot apart from others and from later states of the
// same file.
func (s *Snapshot) Identity() Identity { return s.identity }

// Close closes the snapshot and removes what was built to read it.
func (s *Snapshot) Close() error { return nil }
