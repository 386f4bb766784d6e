//go:build unix

package memory

import (
	"os"
	"runtime"
	"syscall"
)

// Peak is the largest resident memory of an ended process, in KB.
func Peak(p *os.ProcessState) int64 {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" { // in bytes there
		return int64(usage.Maxrss) >> 10
	}
	return int64(usage.Maxrss)
}
