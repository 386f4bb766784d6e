//go:build unix

package csvfile

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"sluice/wholefile"
)

// killedIn says where TestSaveInAChild saves, how, and where it waits to be killed: the
// hundredths of all work that are done then.
const killedIn = "CSVFILE_TEST_SAVE_IN"

// killedRows is a size that is saved in several rounds.
const killedRows = 30000

// slowSave sorts the file of a folder and saves it into "out.csv" there, told how far it is.
func slowSave(t *testing.T, dir string, onDisk bool, told func(SaveProgress)) error {
	f, err := Open(t.Context(), filepath.Join(dir, "in.csv"), WithCacheDir(filepath.Join(dir, "cache")), WithWorkers(2))
	if err != nil {
		return err
	}
	defer f.Close()
	limits := smallSort
	limits.memory, limits.rounds, limits.bucket = 64<<10, 1<<20, 8<<10
	if onDisk {
		limits.rounds = 0
	}
	v, err := sortRows(t.Context(), f, []SortKey{{Kind: SortNumber}}, limits)
	if err != nil {
		return err
	}
	defer v.Close()
	_, err = SaveView(t.Context(), v, filepath.Join(dir, "out.csv"), SaveOptions{}, told)
	return err
}

// TestSaveInAChild is no test: it saves until it is to be killed.
func TestSaveInAChild(t *testing.T) {
	what := strings.Split(os.Getenv(killedIn), "|")
	if len(what) != 3 {
		t.Skip("the process of TestSaveSortedKilled")
	}
	at, err := strconv.ParseInt(what[2], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	err = slowSave(t, what[0], what[1] == "disk", func(p SaveProgress) {
		if 100*p.Bytes >= at*p.TotalBytes {
			fmt.Println("here")
			_, _ = io.Copy(io.Discard, os.Stdin) // until the parent ends, at the latest
		}
	})
	t.Fatalf("it was not killed: %v", err)
}

// TestSaveSortedKilled: a process that is killed while it saves sorted rows leaves the file
// of before as it was and nothing that was put aside; the next run saves all, and the file
// that was not complete goes when nobody has written it for a while.
func TestSaveSortedKilled(t *testing.T) {
	for _, how := range []string{"memory", "disk"} {
		for _, at := range []int{1, 45, 95} {
			t.Run(fmt.Sprintf("%s, %d", how, at), func(t *testing.T) {
				dir := t.TempDir()
				in, out := filepath.Join(dir, "in.csv"), filepath.Join(dir, "out.csv")
				for path, text := range map[string]string{in: numbersCSV(killedRows), out: "of before\n"} {
					if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
						t.Fatal(err)
					}
				}
				saveAndKill(t, dir, how, at)
				if got := readAll(t, out); got != "of before\n" {
					t.Errorf("under its name are %d bytes", len(got))
				}
				if left := cacheFiles(t, filepath.Join(dir, "cache")); len(left) != 0 {
					t.Errorf("put aside and left: %v", left)
				}
				partial := partials(t, dir)
				if len(partial) != 1 {
					t.Fatalf("incomplete files: %v", partial)
				}
				long := time.Now().Add(-StaleSave)
				if err := os.Chtimes(partial[0], long, long); err != nil {
					t.Fatal(err)
				}
				if err := slowSave(t, dir, how == "disk", nil); err != nil {
					t.Fatal(err)
				}
				lines := strings.Split(strings.TrimSpace(readAll(t, out)), "\n")
				for i, line := range lines[1:] {
					if number(line) != i {
						t.Fatalf("row %d is %q", i, line)
					}
				}
				if left := partials(t, dir); len(lines) != killedRows+1 || len(left) != 0 {
					t.Errorf("%d lines; left: %v", len(lines), left)
				}
			})
		}
	}
}

// saveAndKill has another process save, and kills it when it has come so many hundredths far.
func saveAndKill(t *testing.T, dir, how string, at int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestSaveInAChild$")
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%s|%s|%d", killedIn, dir, how, at))
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	said, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, _ := bufio.NewReader(said).ReadString('\n')
	if line != "here\n" {
		t.Errorf("it says %q", line)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Error(err)
	}
	_ = cmd.Wait() // it was killed
}

// partials are the incomplete files of out.csv.
func partials(t *testing.T, dir string) (out []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if wholefile.IsPartial("out.csv", e.Name()) {
			out = append(out, filepath.Join(dir, e.Name()))
		}
	}
	return out
}
