package process

import (
	"bytes"
	"fmt"
	"os"
	"strings"
)

// startField is where /proc/<pid>/stat tells the start of the process, in ticks
// since the start of the computer, counted from behind its name.
const startField = 19

// markOf is the start of the computer, the space of process ids and the start of
// the process; false if there is no such process.
func markOf(pid int) (string, bool) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return "", false
	}
	_, rest, found := bytes.Cut(stat[max(0, bytes.LastIndexByte(stat, ')')):], []byte(") "))
	fields := strings.Fields(string(rest))
	if !found || len(fields) <= startField || fields[0] == "Z" || fields[0] == "X" {
		return "", false // a zombie has ended
	}
	boot, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return "", false
	}
	space, err := os.Readlink("/proc/self/ns/pid")
	if err != nil {
		return "", false
	}
	return strings.TrimSpace(string(boot)) + "/" + space + "/" + fields[startField], true
}
