//go:build unix

package takes

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// childOut is the variable that makes a run of this test's program take a snapshot of
// its standard input into the file that it names.
const childOut = "SLUICE_TEST_TAKE_INTO"

// TestTakeInAChild is the program that TestKilledTake kills.
func TestTakeInAChild(t *testing.T) {
	out := os.Getenv(childOut)
	if out == "" {
		t.Skip("is run by another test")
	}
	reads := 0
	stdin := readFunc(func(p []byte) (int, error) {
		if reads++; reads == 5 { // behind what is looked at to recognise a dump
			fmt.Println("reading")
		}
		return os.Stdin.Read(p[:min(len(p), headSize)])
	})
	if _, err := Take(t.Context(), "-", out, Options{Stdin: stdin}); err != nil {
		t.Fatal(err)
	}
}

// TestKilledTake: a process that is killed while it takes a snapshot leaves nothing
// under the name of the snapshot, and nothing that stands in the way of the next one.
func TestKilledTake(t *testing.T) {
	dump, err := os.ReadFile("testdata/pg15.sql")
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "out.db")
	cmd := exec.Command(os.Args[0], "-test.run", "^TestTakeInAChild$", "-test.v")
	cmd.Env = append(os.Environ(), childOut+"="+out)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	said, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := in.Write(dump[:len(dump)/2]); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(said)
	for lines.Scan() && lines.Text() != "reading" {
	}
	if lines.Text() != "reading" {
		t.Fatal("the program never read")
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	io.Copy(io.Discard, said)
	if err := cmd.Wait(); err == nil {
		t.Fatal("the program was not killed")
	}
	if _, err := os.Stat(out); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("something stands under the name of the snapshot: %v", err)
	}
	source := filepath.Join("testdata", "pg15.sql")
	if _, err := Take(t.Context(), source, out, Options{}); err != nil {
		t.Errorf("the next one: %v", err)
	}
	if left, _ := filepath.Glob(out + "*"); len(left) != 1 {
		t.Errorf("left: %q", left)
	}
}
