//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// workplace is a copy of the Makefile and the scripts, with a built program and
// a demo that has been exported.
func workplace(t *testing.T) (dir, export string) {
	t.Helper()
	dir = t.TempDir()
	for _, name := range []string{"Makefile", "FyneApp.toml", "go.mod", "assets/icon.svg", "scripts/run.sh", "scripts/clean-demo.sh", "scripts/setup.sh", "scripts/install.sh"} {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(dir, name), string(b))
	}
	put(t, filepath.Join(dir, "bin", "sluice"), "built")
	export = filepath.Join(dir, "demo", "data-pipeline", "export", "1", "users.csv")
	put(t, export, "exported")
	return dir, export
}

// command runs a program in a folder, with variables added to the environment,
// and without a terminal.
func command(t *testing.T, dir string, env []string, name string, args ...string) (string, error) {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skip(err)
	}
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = dir
	for _, v := range os.Environ() {
		if name, _, _ := strings.Cut(v, "="); name != "DISPLAY" && name != "MAKEFLAGS" && name != "MAKELEVEL" && name != "REMOVE_DEMO" && name != "SUDO_USER" {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(cmd.Env, env...)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// TestClean checks that cleaning up after a build removes no export, and that
// the demo goes only when that was asked for.
func TestClean(t *testing.T) {
	dir, export := workplace(t)
	if out, err := command(t, dir, nil, "make", "clean"); err != nil {
		t.Fatalf("%s, %v", out, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "bin")); !os.IsNotExist(err) {
		t.Errorf("bin: %v", err)
	}
	for _, env := range [][]string{nil, {"REMOVE_DEMO="}, {"REMOVE_DEMO=no"}} {
		if out, err := command(t, dir, env, "make", "clean-demo"); err == nil || !strings.Contains(out, "1 exports") {
			t.Errorf("with %v: %s, %v", env, out, err)
		}
	}
	if _, err := os.Stat(export); err != nil {
		t.Fatalf("the export is gone: %v", err)
	}
	for _, env := range []string{"REMOVE_DEMO=yes", "REMOVE_DEMO=yes"} { // a second time, too
		if out, err := command(t, dir, []string{env}, "make", "clean-demo"); err != nil {
			t.Errorf("%s, %v", out, err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "demo")); !os.IsNotExist(err) {
		t.Errorf("the demo stays: %v", err)
	}
}

// TestRunKeepsOutOfRealHome runs the demo where the environment names the home
// and the snapshot of a person, with a program that writes down how it is called.
func TestRunKeepsOutOfRealHome(t *testing.T) {
	dir, _ := workplace(t)
	tools, home, calls := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "calls")
	put(t, filepath.Join(tools, "make"), "#!/bin/sh\n")
	put(t, filepath.Join(dir, "bin", "sluice-headless"), "#!/bin/sh\necho \"$*\" \"$SLUICE_HOME$SLUICE_SNAPSHOT\" >>"+calls+"\n")
	env := []string{"PATH=" + tools + ":" + os.Getenv("PATH"), "SLUICE_HOME=" + home, "SLUICE_SNAPSHOT=" + filepath.Join(home, "real.db")}
	if out, err := command(t, dir, env, "bash", "scripts/run.sh"); err != nil {
		t.Fatalf("%s, %v", out, err)
	}
	b, err := os.ReadFile(calls)
	if err != nil || strings.Contains(string(b), home) || !strings.Contains(string(b), "export --snapshot "+filepath.Join(dir, "demo", "demo-3000.db")+" --home "+filepath.Join(dir, "demo")) {
		t.Errorf("%s, %v", b, err)
	}
	if left, err := os.ReadDir(home); err != nil || len(left) > 0 {
		t.Errorf("the person's home holds %v, %v", left, err)
	}
}
