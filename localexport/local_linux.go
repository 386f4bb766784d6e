package localexport

import "golang.org/x/sys/unix"

// ownDisks are the file systems that one computer has for itself, so that a lock on
// them holds against every process that can be there.
var ownDisks = map[int64]bool{
	unix.EXT4_SUPER_MAGIC: true, unix.XFS_SUPER_MAGIC: true, unix.BTRFS_SUPER_MAGIC: true, unix.F2FS_SUPER_MAGIC: true,
	unix.TMPFS_MAGIC: true, unix.RAMFS_MAGIC: true, unix.OVERLAYFS_SUPER_MAGIC: true, unix.MSDOS_SUPER_MAGIC: true,
	0x2fc12fc1: true, // ZFS
}

// onOwnDisk reports whether a folder surely lies on a disk of this computer.
func onOwnDisk(path string) bool {
	var s unix.Statfs_t
	return unix.Statfs(path, &s) == nil && ownDisks[int64(s.Type)]
}
