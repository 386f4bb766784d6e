package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// forget asks the system to drop a file from memory, so that the next reader
// reads it from disk. ok is false where that is not possible.
func forget(path string) (ok bool, err error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	if err := f.Sync(); err != nil {
		return false, err
	}
	return true, unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED)
}
