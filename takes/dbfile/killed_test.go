//go:build unix

package dbfile

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"sluice/localexport/snapshot"
	"sluice/sqliteformat"
)

const (
	// childPath is the variable that makes a run of this test's program take the
	// snapshot again that it names, childEnd the one with the time after which it
	// kills itself while it changes the snapshot, in nanoseconds; without one it does
	// so once its journal is in force.
	childPath = "SLUICE_TEST_TAKE_AGAIN"
	childEnd  = "SLUICE_TEST_TAKE_AGAIN_END"
	// killsEnv is the one with how often it is killed, for a longer run than that of
	// the suite.
	killsEnv = "SLUICE_TEST_KILLS"
)

const killedPages = 2000

// TestTakeAgainInAChild is the program that TestKilledWhileItChanges kills.
func TestTakeAgainInAChild(t *testing.T) {
	path := os.Getenv(childPath)
	if path == "" {
		t.Skip("is run by another test")
	}
	a, err := Open(t.Context(), path)
	if err == nil {
		err = a.Compare(t.Context(), wiki(killedPages+100, "new"))
	}
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	die := func() { syscall.Kill(os.Getpid(), syscall.SIGKILL) }
	switch end, err := strconv.ParseInt(os.Getenv(childEnd), 10, 64); {
	case err != nil:
	case end == inForce:
		go func() {
			for {
				if inChange(path) {
					die()
				}
			}
		}()
	default:
		time.AfterFunc(time.Duration(end), die)
	}
	if _, err := a.Finish(Origin{Taken: time.Unix(1, 0), State: "second"}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+".took", []byte(strconv.FormatInt(time.Since(began).Nanoseconds(), 10)), 0o600); err != nil {
		t.Fatal(err)
	}
}

// inForce is the end of a child that kills itself once its journal is in force.
const inForce = -1

// inChange reports whether a change of the snapshot has to be undone.
func inChange(path string) bool {
	p, err := sqliteformat.FindPending(path)
	return err == nil && p.Path != ""
}

// TestKilledWhileItChanges: a snapshot whose change was cut short by the death of the
// process is the one of before or the new one once it is taken again, and is not
// exported until then.
func TestKilledWhileItChanges(t *testing.T) {
	path := filepath.Join(t.TempDir(), "wiki.db")
	wiki(killedPages, "old").taken(t, path)
	first, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	was, is := rowsIn(t, path), wiki(killedPages+100, "new").fullOf(t, "second")
	child := func(end time.Duration) {
		cmd := exec.Command(os.Args[0], "-test.run", "^TestTakeAgainInAChild$")
		cmd.Env = append(os.Environ(), childPath+"="+path)
		if end != 0 {
			cmd.Env = append(cmd.Env, childEnd+"="+strconv.FormatInt(int64(end), 10))
		}
		if out, err := cmd.CombinedOutput(); err != nil && end == 0 {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	child(0)
	b, err := os.ReadFile(path + ".took")
	if err != nil || rowsIn(t, path) != is {
		t.Fatalf("not killed: %v", err)
	}
	took := time.Duration(number(string(b)))
	kills := 10
	if n, err := strconv.Atoi(os.Getenv(killsEnv)); err == nil {
		kills = n
	}
	var undone, old, new int
	for i := 0; i < kills || undone == 0 && i < 10*kills; i++ {
		if err := errors.Join(os.WriteFile(path, first, 0o600), os.RemoveAll(path+".took")); err != nil {
			t.Fatal(err)
		}
		end := 1 + took*time.Duration(i)/time.Duration(kills)
		if i%5 == 4 {
			end = inForce
		}
		child(end)
		if inChange(path) {
			undone++
			refusedInChange(t, path)
		}
		a, err := Open(t.Context(), path)
		if err == nil {
			err = a.Abort()
		}
		if err != nil {
			t.Fatalf("kill %d: the next one: %v", i, err)
		}
		switch rowsIn(t, path) {
		case was:
			old++
		case is:
			new++
		default:
			t.Errorf("kill %d: a mixture", i)
		}
		if rest, _ := filepath.Glob(path + "[^.]*"); len(rest) > 0 {
			t.Errorf("kill %d: left %q", i, rest)
		}
	}
	t.Logf("%d changes were undone; %d snapshots of before, %d new ones", undone, old, new)
	if undone == 0 {
		t.Error("no change was cut short")
	}
}

// refusedInChange: what was killed in the midst of a change is not exported.
func refusedInChange(t *testing.T, path string) {
	t.Helper()
	s, err := snapshot.Open(t.Context(), path)
	if err == nil {
		s.Close()
		t.Error("it can be exported in the midst of a change")
	} else if !strings.Contains(err.Error(), "an interrupted change is still in ") {
		t.Error(err)
	}
}
