package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestSecurityPage checks that each test that SECURITY.md names exists in the
// package that it names it in.
func TestSecurityPage(t *testing.T) {
	page, err := os.ReadFile("SECURITY.md")
	if err != nil {
		t.Fatal(err)
	}
	inPackage := regexp.MustCompile("`([a-z/]+)`: ((?:`(?:Test|Fuzz)[A-Za-z]+`(?:, )?)+)")
	test := regexp.MustCompile("`((?:Test|Fuzz)[A-Za-z]+)`")
	seen := 0
	for _, found := range inPackage.FindAllStringSubmatch(string(page), -1) {
		code := testsOf(t, found[1])
		for _, name := range test.FindAllStringSubmatch(found[2], -1) {
			seen++
			if !strings.Contains(code, "\nfunc "+name[1]+"(") {
				t.Errorf("SECURITY.md names %s, which package %s does not have", name[1], found[1])
			}
		}
	}
	if all := len(test.FindAllString(string(page), -1)) - 1; seen != all || seen < 30 { // without this test
		t.Errorf("%d of %d tests were looked for", seen, all)
	}
}

func testsOf(t *testing.T, folder string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(filepath.FromSlash(folder), "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	var code strings.Builder
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		code.Write(b)
	}
	return code.String()
}
