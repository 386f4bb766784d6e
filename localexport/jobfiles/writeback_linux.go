package jobfiles

import (
	"os"

	"golang.org/x/sys/unix"
)

// startWriteback asks the kernel to begin with writing a piece of the file to
// disk, so that the sync at the end finds little left to do. It does not wait,
// and it is a hint: what goes wrong comes up in the sync.
func startWriteback(f file, offset, length int64) {
	if f, ok := f.(*os.File); ok {
		_ = unix.SyncFileRange(int(f.Fd()), offset, length, unix.SYNC_FILE_RANGE_WRITE)
	}
}
