package localexport

import (
	"io"

	"github.com/gofrs/flock"

	"sluice/wording"
)

// locking is how processes keep each other out of a home. Tests put locks in place
// that do nothing, as those of some network file systems.
type locking interface {
	// take takes the lock for a job; false if another job holds it. The lock ends
	// with the process at the latest.
	take(path string) (held io.Closer, ok bool, err error)
	// taken reports whether a job holds the lock, for any number of watchers at once.
	taken(path string) (bool, error)
}

// fileLocks are the locks of the file system.
type fileLocks struct{}

func (fileLocks) take(path string) (io.Closer, bool, error) {
	l := flock.New(path, flock.SetPermissions(0o600))
	ok, err := l.TryLock()
	if err != nil {
		return nil, false, wording.Errorf("lock %s: %w", path, err)
	}
	if !ok {
		return nil, false, l.Close()
	}
	return l, true, nil
}

func (fileLocks) taken(path string) (bool, error) {
	l := flock.New(path, flock.SetPermissions(0o600))
	ok, err := l.TryRLock()
	if err != nil {
		return false, wording.Errorf("look at lock %s: %w", path, err)
	}
	if err := l.Close(); err != nil {
		return false, wording.Errorf("look at lock %s: %w", path, err)
	}
	return !ok, nil
}
