package snapshot

import (
	"context"
	"errors"
	"os"
	"time"

	"sluice/localexport/inuse"
)

const (
	// heldWait is how long a file is waited for that is being changed: what
	// changed in a database is written into its snapshot within moments.
	heldWait = 5 * time.Second
	// heldRetry is how often is looked whether it still is.
	heldRetry = 20 * time.Millisecond
)

// hold opens the file and keeps those who would change it away until it is closed.
func hold(ctx context.Context, path string) (*os.File, error) {
	for end := time.Now().Add(heldWait); ; {
		f, err := openFile(path)
		if err != nil {
			return nil, err
		}
		if err = inuse.Read(f); !errors.Is(err, inuse.ErrInUse) && stands(f, path) {
			return f, nil
		}
		f.Close()
		if time.Now().After(end) {
			return nil, &FileError{path, "is being taken again right now", "wait until that is done", errors.Join(err, inuse.ErrInUse)}
		}
		select {
		case <-time.After(heldRetry):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// stands reports whether the open file still has its name: a lock on one that was
// replaced keeps nobody away.
func stands(f *os.File, path string) bool {
	opened, err := f.Stat()
	named, err2 := os.Stat(path)
	return err == nil && err2 == nil && os.SameFile(opened, named)
}
