//go:build linux || darwin || freebsd || netbsd || openbsd

package csvfile

import (
	"os"

	"golang.org/x/sys/unix"
)

// mapFile maps n bytes of a file from off on, a multiple of the page size, into
// memory.
func mapFile(f *os.File, off int64, n int) ([]byte, error) {
	c, err := f.SyscallConn()
	if err != nil {
		return nil, err
	}
	var mem []byte
	var merr error
	err = c.Control(func(fd uintptr) {
		mem, merr = unix.Mmap(int(fd), off, n, unix.PROT_READ, unix.MAP_SHARED)
	})
	if err != nil {
		return nil, err
	}
	return mem, merr
}

// willNeed has what is not in memory yet of a map read from the disk in one go.
func willNeed(mem []byte) { _ = unix.Madvise(mem, unix.MADV_WILLNEED) } // advice

func unmapFile(mem []byte) error { return unix.Munmap(mem) }
