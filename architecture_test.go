package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// place is what looks like a folder or a file in the text: with a slash in it, or the
// name of a Go file.
var place = regexp.MustCompile("`([a-z][a-zA-Z0-9_./-]*(?:/|\\.go|\\.md|\\.json))`")

// TestArchitectureNamesWhatIsThere: every folder and file that the page names exists, and
// every folder of the house is named.
func TestArchitectureNamesWhatIsThere(t *testing.T) {
	b, err := os.ReadFile("ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	text, seen := string(b), 0
	for _, m := range place.FindAllStringSubmatch(text, -1) {
		seen++
		info, err := os.Stat(m[1])
		if err != nil {
			t.Errorf("the page names %s: %v", m[1], err)
		} else if strings.HasSuffix(m[1], "/") != info.IsDir() {
			t.Errorf("the page names %s, which is a folder: %v", m[1], info.IsDir())
		}
	}
	if seen < 40 {
		t.Errorf("only %d places were found in the page", seen)
	}
	for folder := range layers {
		if !strings.Contains(text, folder+"/") {
			t.Errorf("the page does not name the folder %s", folder)
		}
	}
}
