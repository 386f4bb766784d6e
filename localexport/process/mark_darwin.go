package process

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// markOf is the start of the process, an absolute time; false if there is no such
// process.
func markOf(pid int) (string, bool) {
	p, err := unix.SysctlKinfoProc("kern.proc.pid", pid)
	if err != nil || int(p.Proc.P_pid) != pid {
		return "", false
	}
	return fmt.Sprintf("darwin/%d.%06d", p.Proc.P_starttime.Sec, p.Proc.P_starttime.Usec), true
}
