//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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

// TestReadmeTargets: every target of make that the README names is there, and it names the
// ones that everybody needs.
func TestReadmeTargets(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	makefile, err := os.ReadFile("Makefile")
	if err != nil {
		t.Fatal(err)
	}
	targets := map[string]bool{}
	for _, found := range regexp.MustCompile(`(?m)^([a-z][a-z0-9-]*):.*## `).FindAllSubmatch(makefile, -1) {
		targets[string(found[1])] = true
	}
	seen := 0
	for _, found := range regexp.MustCompile("(?:^|\n    |`)make ([a-z][a-z0-9-]*)").FindAllSubmatch(readme, -1) {
		if seen++; !targets[string(found[1])] {
			t.Errorf("the README names make %s, which the Makefile does not have", found[1])
		}
	}
	if seen < 15 {
		t.Errorf("only %d targets were found", seen)
	}
	for _, two := range []string{"run", "test", "install", "package"} {
		if !regexp.MustCompile("(?:\n    |`)make " + two + "\\b").Match(readme) {
			t.Errorf("the README does not name make %s", two)
		}
	}
}
