package disktest

import (
	"testing"

	"golang.org/x/sys/unix"
)

// Small mounts a file system in memory with options of tmpfs, such as
// "size=1m,nr_inodes=40", and returns where. It skips the test where nothing can be
// mounted.
func Small(t testing.TB, options string) string {
	t.Helper()
	dir := t.TempDir()
	if err := unix.Mount("none", dir, "tmpfs", 0, options); err != nil {
		t.Skipf("a small file system cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}
