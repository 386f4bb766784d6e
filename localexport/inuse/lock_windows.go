package inuse

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// farAway is the upper half of the place of the byte that is locked, behind the end
// of every file: what is locked cannot be read by others, and the locks of SQLite
// stand at 1 GB.
const farAway = 0x7fff0000

func lock(f *os.File, alone bool) error {
	flags := uint32(windows.LOCKFILE_FAIL_IMMEDIATELY)
	if alone {
		flags |= windows.LOCKFILE_EXCLUSIVE_LOCK
	}
	err := windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, &windows.Overlapped{OffsetHigh: farAway})
	switch {
	case err == nil:
		return nil
	case errors.Is(err, windows.ERROR_LOCK_VIOLATION), errors.Is(err, windows.ERROR_IO_PENDING):
		return ErrInUse
	}
	return ErrNoLocks
}
