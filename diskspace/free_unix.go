//go:build !windows

package diskspace

import (
	"math"

	"golang.org/x/sys/unix"
)

// Free is how many bytes an ordinary user may still write on the disk of
// path.
func Free(path string) (int64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(path, &s); err != nil {
		return 0, err
	}
	blocks, size := uint64(s.Bavail), uint64(s.Bsize)
	if size > 0 && blocks > math.MaxInt64/size {
		return math.MaxInt64, nil
	}
	return int64(blocks * size), nil
}
