//go:build unix

package pace

import (
	"time"

	"golang.org/x/sys/unix"
)

// CPUTime is the CPU time of the process, user and system.
func CPUTime() time.Duration {
	var u unix.Rusage
	if unix.Getrusage(unix.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
