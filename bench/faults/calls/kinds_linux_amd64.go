package calls

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// kind is a system call: where its path is to be found.
type kind struct {
	name  string
	at    place
	sized bool // its third argument is a number of bytes
}

type place int

const (
	descriptor place = iota // the first argument is a descriptor
	first                   // the first argument is a name
	second                  // the second argument is a name, the first a folder
)

// kinds are the calls on files that are asked about, by their numbers. Those
// that come in two forms have one name.
var kinds = map[uint64]kind{
	unix.SYS_READ:            {"read", descriptor, true},
	unix.SYS_PREAD64:         {"read", descriptor, true},
	unix.SYS_WRITE:           {"write", descriptor, true},
	unix.SYS_PWRITE64:        {"write", descriptor, true},
	unix.SYS_CLOSE:           {"close", descriptor, false},
	unix.SYS_FSYNC:           {"sync", descriptor, false},
	unix.SYS_FDATASYNC:       {"sync", descriptor, false},
	unix.SYS_SYNC_FILE_RANGE: {"writeback", descriptor, false},
	unix.SYS_FTRUNCATE:       {"truncate", descriptor, false},
	unix.SYS_FALLOCATE:       {"allocate", descriptor, false},
	unix.SYS_FCNTL:           {"fcntl", descriptor, false},
	unix.SYS_FLOCK:           {"flock", descriptor, false},
	unix.SYS_FSTAT:           {"stat", descriptor, false},
	unix.SYS_FCHMOD:          {"chmod", descriptor, false},
	unix.SYS_GETDENTS64:      {"list", descriptor, false},
	unix.SYS_OPEN:            {"open", first, false},
	unix.SYS_OPENAT:          {"open", second, false},
	unix.SYS_STAT:            {"stat", first, false},
	unix.SYS_LSTAT:           {"stat", first, false},
	unix.SYS_NEWFSTATAT:      {"stat", second, false},
	unix.SYS_ACCESS:          {"stat", first, false},
	unix.SYS_RENAME:          {"rename", first, false},
	unix.SYS_RENAMEAT:        {"rename", second, false},
	unix.SYS_RENAMEAT2:       {"rename", second, false},
	unix.SYS_LINK:            {"link", first, false},
	unix.SYS_LINKAT:          {"link", second, false},
	unix.SYS_MKDIR:           {"mkdir", first, false},
	unix.SYS_MKDIRAT:         {"mkdir", second, false},
	unix.SYS_UNLINK:          {"unlink", first, false},
	unix.SYS_UNLINKAT:        {"unlink", second, false},
	unix.SYS_RMDIR:           {"unlink", first, false},
	unix.SYS_CHMOD:           {"chmod", first, false},
	unix.SYS_FCHMODAT:        {"chmod", second, false},
}

// path is the file that a call is about; empty if it cannot be told.
func (k kind) path(pid int, r unix.PtraceRegs) string {
	switch k.at {
	case first:
		return text(pid, r.Rdi)
	case second:
		name := text(pid, r.Rsi)
		if filepath.IsAbs(name) || int32(r.Rdi) == unix.AT_FDCWD {
			return name
		}
		return filepath.Join(open(pid, r.Rdi), name)
	}
	return open(pid, r.Rdi)
}

// open is what a descriptor stands for.
func open(pid int, fd uint64) string {
	name, err := os.Readlink(fmt.Sprintf("/proc/%d/fd/%d", pid, int32(fd)))
	if err != nil {
		return ""
	}
	return name
}

// text reads a text that ends with a zero from the memory of a program.
func text(pid int, address uint64) string {
	b := make([]byte, unix.PathMax)
	// A page that is not there ends the reading early.
	for size := len(b); size > 0; size /= 2 {
		n, err := unix.ProcessVMReadv(pid, []unix.Iovec{iovec(b, size)}, []unix.RemoteIovec{{Base: uintptr(address), Len: size}}, 0)
		if err == nil && n > 0 {
			s, _, _ := bytes.Cut(b[:n], []byte{0})
			return string(s)
		}
	}
	return ""
}

func iovec(b []byte, size int) unix.Iovec {
	v := unix.Iovec{Base: &b[0]}
	v.SetLen(size)
	return v
}
