package fonts

import (
	"os"
	"syscall"
	"unsafe"
)

// forget takes what was read of a file that is embedded in the program out of its
// memory: it is in the file of the program when it is needed again. Only pages that
// hold nothing else are taken.
func forget(embedded []byte) {
	page := os.Getpagesize()
	if len(embedded) < 2*page {
		return
	}
	first := (page - int(uintptr(unsafe.Pointer(&embedded[0]))%uintptr(page))) % page
	whole := (len(embedded) - first) / page * page
	_ = syscall.Madvise(embedded[first:first+whole], syscall.MADV_DONTNEED) // else they stay
}
