package disk

import (
	"os"

	"golang.org/x/sys/unix"
)

// StartWriteback has the system write a part of the file to the disk, and does not wait
// for it: the sync at the end has less to do then (sync_file_range(2)).
func StartWriteback(f *os.File, offset, length int64) {
	_ = unix.SyncFileRange(int(f.Fd()), offset, length, unix.SYNC_FILE_RANGE_WRITE)
}
