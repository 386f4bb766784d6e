package pagefile

import (
	"os"

	"golang.org/x/sys/unix"
)

// startWriting has the system begin to write a part of a file to disk, without
// waiting for it: else all of it would wait for the end, when it is asked for.
func startWriting(f *os.File, at, n int64) {
	_ = unix.SyncFileRange(int(f.Fd()), at, n, unix.SYNC_FILE_RANGE_WRITE) // a hint
}
