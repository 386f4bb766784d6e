//go:build !headless

package main

import (
	"bufio"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// span is a part of the memory of the process.
type span struct{ from, to uintptr }

// unneeded looks for what the start has read of the program and of the compiler of shaders,
// and returns what gives it back: the system reads again what is needed of it, out of its own
// memory as a rule. It is nil if there is nothing.
//
// Most of both is read once only, and the system maps sixteen pages where one is asked for. What
// is returned must run where the window system is not taken down meanwhile, on the goroutine
// of the window: what was found of the compiler is gone with it.
func unneeded() func() {
	program, err := os.Executable()
	if err != nil {
		return nil // then it stays
	}
	f, err := os.Open("/proc/self/smaps")
	if err != nil {
		return nil
	}
	defer f.Close()
	spans := clean(f, func(path string) bool {
		return path == program || strings.HasPrefix(filepath.Base(path), "libLLVM")
	})
	if len(spans) == 0 {
		return nil
	}
	return func() { giveBack(spans) }
}

// clean are the spans of some files in a list of what is mapped, as the kernel writes it, that
// are as the files are: nobody may write to them, and nobody has, as the loader of libraries
// does before it protects what it has adapted.
func clean(smaps io.Reader, of func(path string) bool) (spans []span) {
	var s span
	wanted, unwritten := false, false
	lines := bufio.NewScanner(smaps)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) < 2 {
			continue
		}
		name, isField := strings.CutSuffix(fields[0], ":")
		if !isField {
			s, unwritten, wanted = spanOf(fields[0]), false, len(fields) > 5 && (fields[1] == "r-xp" || fields[1] == "r--p") && of(pathIn(lines.Text()))
			continue
		}
		if !wanted {
			continue
		}
		switch name {
		case "Anonymous":
			unwritten = fields[1] == "0"
		case "Swap", "Locked":
			wanted = fields[1] == "0"
		case "VmFlags": // the last one
			if unwritten && s.from < s.to {
				spans = append(spans, s)
			}
			wanted = false
		}
	}
	return spans
}

// pathIn is the path at the end of a line that begins a mapping; a file that was replaced
// meanwhile is known by its former one.
func pathIn(line string) string {
	_, path, _ := strings.Cut(line, "/")
	return "/" + strings.TrimSuffix(path, " (deleted)")
}

func spanOf(text string) span {
	from, to, _ := strings.Cut(text, "-")
	a, err := strconv.ParseUint(from, 16, 64)
	if err != nil {
		return span{}
	}
	b, err := strconv.ParseUint(to, 16, 64)
	if err != nil {
		return span{}
	}
	return span{uintptr(a), uintptr(b)}
}

func giveBack(spans []span) {
	for _, s := range spans {
		_, _, _ = unix.Syscall(unix.SYS_MADVISE, s.from, s.to-s.from, unix.MADV_DONTNEED) // else it stays
	}
}
