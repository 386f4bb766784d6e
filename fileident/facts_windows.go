package fileident

import (
	"io/fs"
	"os"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

// basicInfo is FILE_BASIC_INFO; times are in 100 ns since 1601.
type basicInfo struct {
	creation, access, write, change int64
	attributes                      uint32
	_                               uint32
}

// toUnix are the 100 ns between 1601 and 1970.
const toUnix = 116444736000000000

// systemFacts returns the file index and the time of the last change of its
// content or properties. A file system that keeps none of them (FAT, some network
// drives) leaves them 0.
func systemFacts(f *os.File, _ fs.FileInfo) (file uint64, changed int64, err error) {
	c, err := f.SyscallConn()
	if err != nil {
		return 0, 0, err
	}
	err = c.Control(func(fd uintptr) {
		var by windows.ByHandleFileInformation
		if windows.GetFileInformationByHandle(windows.Handle(fd), &by) == nil {
			file = uint64(by.FileIndexHigh)<<32 | uint64(by.FileIndexLow)
		}
		var basic basicInfo
		if windows.GetFileInformationByHandleEx(windows.Handle(fd), windows.FileBasicInfo,
			(*byte)(unsafe.Pointer(&basic)), uint32(unsafe.Sizeof(basic))) == nil && basic.change > 0 {
			changed = (basic.change - toUnix) * int64(100*time.Nanosecond)
		}
	})
	return file, changed, err
}
