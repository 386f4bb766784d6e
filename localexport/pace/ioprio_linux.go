package pace

import "golang.org/x/sys/unix"

// Linux's I/O priorities (ioprio_set(2)): the lowest level of the best-effort
// class, which yields to others and is never starved.
const (
	whoProcess      = 1 // a thread, by its id; 0 is the calling one
	classBestEffort = 2
	classShift      = 13
	lowestLevel     = 7
)

func lowerIOPriority() {
	// A refusal leaves the priority as it was, which costs no correctness.
	_, _, _ = unix.Syscall(unix.SYS_IOPRIO_SET, whoProcess, 0, classBestEffort<<classShift|lowestLevel)
}

// ioPriority is the I/O priority of the calling thread.
func ioPriority() (int, error) {
	r, _, errno := unix.Syscall(unix.SYS_IOPRIO_GET, whoProcess, 0, 0)
	if errno != 0 {
		return 0, errno
	}
	return int(r), nil
}
