//go:build unix

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestPreviewOfTheStandardInput reads a pipe as the standard input, by both of its names.
func TestPreviewOfTheStandardInput(t *testing.T) {
	for _, name := range []string{"-", "/dev/stdin"} {
		cmd := process(t, "preview", name, "--count")
		cmd.Stdin = strings.NewReader("id,name\n1,x\n2,y\n") // which comes by a pipe
		var out bytes.Buffer
		cmd.Stdout = &out
		if code, errs := outcome(t, cmd); code != 0 || out.String() != "2\n" {
			t.Errorf("%s: exit code %d, %q, %s", name, code, out.String(), errs)
		}
	}
}

// TestASignalEndsTheWaiting: one signal is enough for a pipe to which nobody writes, and
// nothing is left of what came from one to which somebody does.
func TestASignalEndsTheWaiting(t *testing.T) {
	for name, text := range map[string]string{"not opened": "", "a part": "id,name\n1,x\n2,"} {
		for _, args := range [][]string{{"preview", "--count"}, {}} {
			if text != "" && len(args) == 0 { // without a display nothing opens it
				continue
			}
			path := filepath.Join(t.TempDir(), "pipe.csv")
			if err := syscall.Mkfifo(path, 0o600); err != nil {
				t.Skip(err)
			}
			cmd := process(t, append(args, path)...)
			var errs bytes.Buffer
			cmd.Stderr = &errs
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			if text != "" { // waits for the program to open it
				w, err := os.OpenFile(path, os.O_WRONLY, 0)
				if err != nil {
					t.Fatal(err)
				}
				defer w.Close()
				if _, err := w.WriteString(text); err != nil {
					t.Fatal(err)
				}
			}
			if err := cmd.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait()
			// A process that has not asked for signals yet is ended by one.
			if state := cmd.ProcessState.Sys().(syscall.WaitStatus); !state.Signaled() && state.ExitStatus() != 130 && (len(args) > 0 || state.ExitStatus() != 1) {
				t.Errorf("%s, %v: %v, %s", name, args, state, errs.String())
			}
		}
	}
}
