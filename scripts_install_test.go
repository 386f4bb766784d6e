//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestInstall puts a program where a person asks for it, over an older one but
// over no other program, and takes away what it has put.
func TestInstall(t *testing.T) {
	dir, _ := workplace(t)
	prefix, tools := filepath.Join(t.TempDir(), "a b"), t.TempDir()
	put(t, filepath.Join(tools, "go"), "#!/bin/sh\n! grep -q built \"$3\" || printf '\\tpath\\tsluice\\n'\n")
	env := []string{"PREFIX=" + prefix, "GO=" + filepath.Join(tools, "go")}
	program := filepath.Join(prefix, "bin", "sluice")
	for range 2 {
		out, err := command(t, dir, env, "bash", "scripts/install.sh", "install", "bin/sluice")
		if err != nil {
			t.Fatalf("%s, %v", out, err)
		}
		wantAll(t, out, "installed "+program, "not on the PATH")
	}
	info, err := os.Stat(program)
	if err != nil || info.Mode().Perm() != 0o755 {
		t.Errorf("the program: %v, %v", info, err)
	}
	entry, err := os.ReadFile(filepath.Join(prefix, "share", "applications", appEntry+".desktop"))
	if err != nil {
		t.Fatal(err)
	}
	wantAll(t, string(entry), "Name=Sluice\n", `Exec="`+program+`"`+"\n", "Icon="+appEntry+"\n", "Categories=Utility;Development;\n", "Keywords=confluence;jira;")
	for _, line := range strings.Split(string(entry), "\n") {
		if _, value, is := strings.Cut(line, "="); is && value == "" {
			t.Errorf("nothing stands for %s", line)
		}
	}
	if out, err := command(t, dir, append(env, "PATH="+filepath.Dir(program)+":"+os.Getenv("PATH")), "bash", "scripts/install.sh", "install", "bin/sluice"); err != nil || strings.Contains(out, "PATH") {
		t.Errorf("with its folder on the PATH: %s, %v", out, err)
	}

	if out, err := command(t, dir, env, "bash", "scripts/install.sh", "uninstall"); err != nil {
		t.Errorf("%s, %v", out, err)
	}
	left, err := filepath.Glob(filepath.Join(prefix, "*", "*"))
	for _, folder := range left {
		if info, err := os.Stat(folder); err != nil || !info.IsDir() {
			t.Errorf("%s is left, %v", folder, err)
		}
	}
	if err != nil {
		t.Error(err)
	}
	if out, err := command(t, dir, env, "bash", "scripts/install.sh", "uninstall"); err == nil || !strings.Contains(out, "nothing is installed") {
		t.Errorf("a second time: %s, %v", out, err)
	}

	put(t, program, "somebody else's")
	for _, what := range [][]string{{"install", "bin/sluice"}, {"uninstall"}} {
		out, err := command(t, dir, env, "bash", append([]string{"scripts/install.sh"}, what...)...)
		if err == nil || !strings.Contains(out, "another program") {
			t.Errorf("%v over another program: %s, %v", what, out, err)
		}
	}
	if b, err := os.ReadFile(program); err != nil || string(b) != "somebody else's" {
		t.Errorf("the other program is %q, %v", b, err)
	}
}

// appEntry names the program to the desktop, in FyneApp.toml as in the window.
const appEntry = "app.sluice.console"

// TestHelpIsDefault holds the list of targets against the Makefile.
func TestHelpIsDefault(t *testing.T) {
	dir, _ := workplace(t)
	out, err := command(t, dir, nil, "make")
	if err != nil {
		t.Fatalf("%s, %v", out, err)
	}
	makefile, err := os.ReadFile("Makefile")
	if err != nil {
		t.Fatal(err)
	}
	listed := 0
	for _, line := range strings.Split(string(makefile), "\n") {
		rule, what, has := strings.Cut(line, " ## ")
		if !has {
			continue
		}
		target, _, _ := strings.Cut(rule, ":")
		listed++
		wantAll(t, out, "make "+target+" ", what)
	}
	if listed < 20 || strings.Count(out, "\n") != listed {
		t.Errorf("%d targets tell what they do, and the help has %d lines", listed, strings.Count(out, "\n"))
	}
}
