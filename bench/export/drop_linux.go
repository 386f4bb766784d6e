package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// drop removes a file from the memory of the system.
func drop(f *os.File) error {
	if err := f.Sync(); err != nil { // what is not written yet stays
		return err
	}
	return unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED)
}
