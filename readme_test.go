//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// readmeBlock is the first block of commands in the README after a text.
func readmeBlock(t *testing.T, after string) (lines []string) {
	t.Helper()
	b, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(b), after)
	if !found {
		t.Fatalf("the README does not say %q", after)
	}
	for _, line := range strings.Split(rest, "\n") {
		command, is := strings.CutPrefix(line, "    ")
		if !is && len(lines) > 0 {
			break
		}
		if is {
			lines = append(lines, command)
		}
	}
	return lines
}

// TestReadmeExamples runs the examples that are there to be tried as they stand,
// one after the other, with "sluice" on the PATH.
func TestReadmeExamples(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	examples := readmeBlock(t, "To try it, all on this computer:")
	if len(examples) < 8 {
		t.Fatalf("only %d examples were found: %q", len(examples), examples)
	}
	bin, work := t.TempDir(), t.TempDir()
	put(t, filepath.Join(bin, "sluice"), "#!/bin/sh\n"+asProgram+"=1 exec '"+self+"' \"$@\"\n")
	for _, line := range examples {
		cmd := exec.CommandContext(t.Context(), "sh", "-c", line)
		cmd.Dir = work
		cmd.Env = []string{"PATH=" + bin + ":" + os.Getenv("PATH"), "HOME=" + work, "TMPDIR=" + t.TempDir()}
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s\n%s%v", line, out, err)
		}
	}
}
