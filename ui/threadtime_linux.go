package ui

import (
	"time"

	"golang.org/x/sys/unix"
)

// threadTime is the processor time of the calling thread so far. The goroutine of the
// window has one thread for itself.
func threadTime() (t time.Duration, ok bool) {
	var s unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &s); err != nil {
		return 0, false
	}
	return time.Duration(s.Nano()), true
}
