//go:build unix

package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// asProgram makes the test binary be the program itself.
const asProgram = "SLUICE_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// process is the program as a process of its own, in an empty folder and with a
// home folder of its own.
func process(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, self, args...)
	cmd.Dir = t.TempDir()
	cmd.Env = []string{asProgram + "=1", "HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH"), "TMPDIR=" + t.TempDir()}
	return cmd
}

// outcome runs a process to its end.
func outcome(t *testing.T, cmd *exec.Cmd) (code int, errs string) {
	t.Helper()
	var b bytes.Buffer
	cmd.Stderr = &b
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), b.String()
}

// demoFiles makes a small snapshot and a CSV file.
func demoFiles(t *testing.T) (snapshot, csv string) {
	t.Helper()
	dir := t.TempDir()
	snapshot, csv = filepath.Join(dir, "demo.db"), filepath.Join(dir, "rows.csv")
	if code, errs := outcome(t, process(t, "demo", snapshot, "--pages", "20")); code != 0 {
		t.Fatalf("demo: exit code %d, %s", code, errs)
	}
	if err := os.WriteFile(csv, []byte("a,b\r\n1,2\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return snapshot, csv
}

// TestStandardOutput gives every kind of command a standard output that takes
// nothing: a full disk, and a pipe whose reader has gone. Neither may count as
// success, and a job is recorded to its end in either case.
func TestStandardOutput(t *testing.T) {
	snapshot, csv := demoFiles(t)
	commands := [][]string{
		{"--version"}, {"--help"}, {"export", "--help"}, {"help"}, {"help", "export"},
		{"demo", "another.db", "--pages", "5"},
		{"inspect", snapshot}, {"inspect", snapshot, "--json"},
		{"export", "--snapshot", snapshot, "--home", "home", "--min-free-space", "-1"},
		{"export", "--snapshot", snapshot, "--home", "home", "--min-free-space", "-1", "--json"},
		{"preview", csv}, {"preview", csv, "--json"}, {"preview", csv, "--count"},
	}
	for _, args := range commands {
		t.Run("full "+strings.ReplaceAll(strings.Join(args, " "), "/", "|"), func(t *testing.T) {
			full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
			if err != nil {
				t.Skip(err)
			}
			defer full.Close()
			cmd := process(t, args...)
			cmd.Stdout = full
			code, errs := outcome(t, cmd)
			if code != 1 || !strings.Contains(errs, "standard output") || strings.Count(errs, "no space left") != 1 {
				t.Errorf("exit code %d, %q", code, errs)
			}
			checkRecorded(t, cmd)
		})
		t.Run("gone "+strings.ReplaceAll(strings.Join(args, " "), "/", "|"), func(t *testing.T) {
			r, w, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			r.Close()
			defer w.Close()
			cmd := process(t, args...)
			cmd.Stdout = w
			if code, errs := outcome(t, cmd); code != 1 || errs != "" {
				t.Errorf("exit code %d, %q", code, errs)
			}
			checkRecorded(t, cmd)
		})
	}
}

// checkRecorded looks whether the job of an export has ended COMPLETED.
func checkRecorded(t *testing.T, ran *exec.Cmd) {
	t.Helper()
	if ran.Args[1] != "export" || ran.Args[2] == "--help" {
		return
	}
	manifests, err := filepath.Glob(filepath.Join(ran.Dir, "home", "data-pipeline", "export", "1", "manifest.json"))
	if err != nil || len(manifests) != 1 {
		t.Errorf("the job was not recorded: %v, %v", manifests, err)
	}
}

// TestBothPipesGone checks that nobody listening at all does not end a job.
func TestBothPipesGone(t *testing.T) {
	snapshot, _ := demoFiles(t)
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	r.Close()
	defer w.Close()
	cmd := process(t, "-v", "export", "--snapshot", snapshot, "--home", "home", "--min-free-space", "-1")
	cmd.Stdout, cmd.Stderr = w, w
	if err := cmd.Run(); cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != 1 {
		t.Errorf("%v", err)
	}
	checkRecorded(t, cmd)
}

// TestNoHome runs every kind of command where the environment names no place at
// all. Nothing is read from the current folder or written to it, and what needs a
// place says which variable is missing.
func TestNoHome(t *testing.T) {
	snapshot, csv := demoFiles(t)
	bait := t.TempDir()
	for _, name := range []string{"sluice.json", "config.json"} { // must not be read
		if err := os.WriteFile(filepath.Join(bait, name), []byte(`{"nonsense": 1}`), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, home := range [][]string{nil, {"HOME="}, {"HOME=relative"}, {"HOME=", "XDG_DATA_HOME=data", "XDG_CONFIG_HOME=config", "XDG_CACHE_HOME=cache"}} {
		for _, c := range []struct {
			args []string
			code int
			says string
		}{
			{[]string{"--version"}, 0, ""}, {[]string{"--help"}, 0, ""}, {[]string{"help", "export"}, 0, ""},
			{[]string{"preview", csv, "--count"}, 0, ""}, {[]string{"inspect", snapshot}, 0, ""},
			{[]string{"export", "--snapshot", snapshot, "--min-free-space", "-1"}, 2, "--home: there is no folder"},
			{[]string{"serve", "--snapshot", snapshot}, 2, "--home: there is no folder"},
			{[]string{}, 2, "--home: there is no folder"},
			{[]string{"window", "--home", t.TempDir()}, 1, ""}, // there is no display either
			{[]string{"status", "--url", "http://127.0.0.1:1"}, 7, "refuses the connection"},
		} {
			cmd := process(t, c.args...)
			cmd.Dir = bait
			cmd.Env = append([]string{asProgram + "=1", "PATH=" + os.Getenv("PATH"), "TMPDIR=" + t.TempDir()}, home...)
			code, errs := outcome(t, cmd)
			if code != c.code || !strings.Contains(errs, c.says) {
				t.Errorf("%v with %v: exit code %d, %q", c.args, home, code, errs)
			}
			if c.code == 2 && !strings.Contains(errs, "HOME") {
				t.Errorf("%v with %v does not say what to set: %q", c.args, home, errs)
			}
		}
	}
	entries, err := os.ReadDir(bait)
	if err != nil || len(entries) != 2 {
		t.Errorf("the current folder holds %v, %v", entries, err)
	}
}
