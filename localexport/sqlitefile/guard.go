package sqlitefile

import (
	"runtime/debug"
	"unsafe"

	"sluice/wording"
)

// memoryFault is what the runtime panics with when memory cannot be read and
// debug.SetPanicOnFault is set.
type memoryFault interface {
	error
	Addr() uintptr
}

// guard calls fn so that a fault of the mapped memory (the disk failed, or the
// file was cut) ends it with an error and not the process. Every other panic
// goes on.
func (f *File) guard(fn func() error) (err error) {
	if f.mapped == nil {
		return fn()
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		cause := recover()
		if cause == nil {
			return
		}
		offset, ours := f.faultOffset(cause)
		if !ours {
			panic(cause)
		}
		page := uint32(offset/uintptr(f.shape.pageSize)) + 1
		err = wording.Errorf("%s: page %d: %w", f.path, page, ErrUnreadable)
	}()
	return fn()
}

// faultOffset says where in the mapped file a panic was caused, if there.
func (f *File) faultOffset(cause any) (offset uintptr, ours bool) {
	fault, ok := cause.(memoryFault)
	if !ok {
		return 0, false
	}
	offset = fault.Addr() - uintptr(unsafe.Pointer(unsafe.SliceData(f.mapped)))
	return offset, offset < uintptr(len(f.mapped))
}
