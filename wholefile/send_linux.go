package wholefile

import (
	"os"

	"golang.org/x/sys/unix"
)

// send has the system begin to put a part of a file on disk. What fails is met again by
// the sync of the whole.
func send(f *os.File, off, n int64) {
	c, err := f.SyscallConn()
	if err != nil {
		return
	}
	_ = c.Control(func(fd uintptr) { _ = unix.SyncFileRange(int(fd), off, n, unix.SYNC_FILE_RANGE_WRITE) })
}
