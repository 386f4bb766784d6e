package cli

import (
	"strings"
	"testing"
)

// TestNames: a new name can be seen in a list, and written on a command line.
func TestNames(t *testing.T) {
	isolate(t)
	add := map[string]func(name string) []string{
		"sources": func(name string) []string {
			return []string{"sources", "add", "--url", "http://127.0.0.1:1", "--", name}
		},
		"rename": func(name string) []string { return []string{"sources", "edit", "wiki", "--rename=" + name} },
		"deliveries": func(name string) []string {
			return []string{"deliveries", "add", "--source", "wiki", "--", name, t.TempDir()}
		},
		"hooks": func(name string) []string {
			return []string{"hooks", "add", "--url", "https://example.com", "--", name}
		},
	}
	if code, _, errs := runProgram(t, "sources", "add", "wiki", "--url", "http://127.0.0.1:2", "--shared-home", t.TempDir()); code != exitDone {
		t.Fatal(errs)
	}
	for what, args := range add {
		for _, name := range []string{"  ", " wiki", "two\nlines", "red\x1b[31m", "\u202eikiw", "\xff", strings.Repeat("x", 101)} {
			if code, out, errs := runProgram(t, args(name)...); code != exitUsage || !strings.Contains(errs, "name") || len(errs) > 600 {
				t.Errorf("%s: %.20q: exit %d, %s%s", what, name, code, out, errs)
			}
		}
		if code, out, errs := runProgram(t, args("-wiki")...); code != exitUsage || what != "hooks" && !strings.Contains(errs, "taken for a flag") {
			t.Errorf("%s: exit %d, %s%s", what, code, out, errs)
		}
	}
	for _, name := range []string{"עברית 2", "a/b: c", strings.Repeat("ü", 100)} {
		if code, _, errs := runProgram(t, "sources", "edit", "wiki", "--rename", name); code != exitDone {
			t.Errorf("%q: exit %d, %s", name, code, errs)
		}
		if code, _, errs := runProgram(t, "sources", "edit", name, "--rename", "wiki"); code != exitDone {
			t.Errorf("%q: exit %d, %s", name, code, errs)
		}
	}
}
