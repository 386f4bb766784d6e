//go:build !darwin && !dragonfly && !freebsd && !linux && !netbsd && !openbsd && !windows

package inuse

import "os"

// lock: this system has no locks that belong to an open file.
func lock(*os.File, bool) error { return ErrNoLocks }
