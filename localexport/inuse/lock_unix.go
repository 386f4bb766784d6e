//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package inuse

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// lock locks the whole file. Such locks belong to the open file, and not to the
// process, which would lose them by closing any other file that it has open of it.
func lock(f *os.File, alone bool) error {
	how := unix.LOCK_SH
	if alone {
		how = unix.LOCK_EX
	}
	for {
		err := unix.Flock(int(f.Fd()), how|unix.LOCK_NB)
		switch {
		case err == nil:
			return nil
		case errors.Is(err, unix.EINTR):
			continue
		case errors.Is(err, unix.EWOULDBLOCK):
			return ErrInUse
		}
		return ErrNoLocks
	}
}
