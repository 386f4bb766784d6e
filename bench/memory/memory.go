// Package memory finds a folder in memory, for what writes much and keeps nothing, and
// tells how much memory a process took.
package memory

import "os"

// Folder is the file system in memory that Linux systems have, else the folder for
// temporary files: what is kept and lost when a process is killed is the same there,
// without waiting for a disk.
func Folder() string {
	const shm = "/dev/shm"
	if probe, err := os.MkdirTemp(shm, ".sluice-"); err == nil && os.Remove(probe) == nil { // it may be there for root only
		return shm
	}
	return os.TempDir()
}
