package localexport

import "golang.org/x/sys/unix"

// onOwnDisk reports whether a folder surely lies on a disk of this computer.
func onOwnDisk(path string) bool {
	var s unix.Statfs_t
	return unix.Statfs(path, &s) == nil && s.Flags&unix.MNT_LOCAL != 0
}
