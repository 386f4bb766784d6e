package cli

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"sluice/localexport/demo"
	"sluice/retention"
)

// exportedOften is a home with so many complete exports.
func exportedOften(t *testing.T, n int) (home string) {
	t.Helper()
	isolate(t)
	snapshot, _ := demoSnapshot(t, demo.Options{Pages: 20, Seed: 1})
	home = filepath.Join(t.TempDir(), "home")
	for range n {
		if code, _, errs := runProgram(t, "export", "--snapshot", snapshot, "--home", home, "--min-free-space", "-1"); code != exitDone {
			t.Fatal(errs)
		}
	}
	return home
}

func TestPrune(t *testing.T) {
	home := exportedOften(t, 3)
	if code, out, _ := runProgram(t, "prune", "--home", home, "--keep", "2", "--dry-run", "--save"); code != exitDone || !strings.Contains(out, "Nor were the bounds kept") {
		t.Errorf("exit %d, %s", code, out)
	}
	if code, out, _ := runProgram(t, "prune", "--home", home, "--job", "1", "--dry-run", "--json"); code != exitDone || strings.Contains(out, "keptBytes") {
		t.Errorf("exit %d, %s", code, out)
	}
	code, out, _ := runProgram(t, "prune", "--home", home, "--keep", "2", "--dry-run")
	if code != exitDone || !strings.Contains(out, "- job 1 ") || !strings.Contains(out, "enough newer ones are kept") ||
		!strings.Contains(out, "The files of one export would be removed") || !strings.Contains(out, "Nothing was removed.") {
		t.Errorf("--dry-run: exit %d, %s", code, out)
	}
	code, out, _ = runProgram(t, "prune", "--home", home, "--keep", "1", "--json")
	var done pruned
	if err := json.Unmarshal([]byte(out), &done); err != nil || code != exitDone || !done.Removed || len(done.Jobs) != 3 || done.Jobs[0].Goes ||
		done.Jobs[0].Reason != retention.ReasonNewest || !done.Jobs[2].Goes || done.RemovedBytes != done.Jobs[1].Bytes+done.Jobs[2].Bytes || done.KeptBytes == nil || *done.KeptBytes == 0 {
		t.Errorf("exit %d, %s, %v", code, out, err)
	}
	if code, out, _ := runProgram(t, "prune", "--home", home, "--keep", "1"); code != exitDone || !strings.Contains(out, "Removed the files of 0 exports") {
		t.Errorf("again: exit %d, %s", code, out)
	}
	if code, out, _ := runProgram(t, "jobs", "1", "--home", home); code != exitDone || !strings.Contains(out, "The files of this export were removed on") {
		t.Errorf("the job: exit %d, %s", code, out)
	}
	if code, out, errs := runProgram(t, "verify", "1", "--home", home); code == exitDone {
		t.Errorf("files that are gone are verified: %s%s", out, errs)
	}
}

// TestBoundsOfTheHome: they are kept, hold for later calls, and one job can be named.
func TestBoundsOfTheHome(t *testing.T) {
	home := exportedOften(t, 3)
	if code, out, errs := runProgram(t, "prune", "--home", home, "--keep", "2", "--save"); code != exitDone || !strings.Contains(out, "Removed the files of one export") {
		t.Fatalf("exit %d, %s%s", code, out, errs)
	}
	if code, out, errs := runProgram(t, "prune", "--home", home, "--dry-run"); code != exitDone || !strings.Contains(out, "Nothing was removed") || strings.Contains(out, "- job") {
		t.Errorf("by the bounds of the home: exit %d, %s%s", code, out, errs)
	}
	if code, _, errs := runProgram(t, "prune", "--home", home, "--save"); code != exitUsage || strings.Contains(errs, "no bounds of its own") {
		t.Errorf("nothing to save in a home that has bounds: exit %d, %s", code, errs)
	}
	if code, out, errs := runProgram(t, "prune", "--home", home, "--job", "3"); code != exitDone || !strings.Contains(out, "- job 3") || !strings.Contains(out, "asked for") || strings.Contains(out, "Kept:") {
		t.Errorf("one job: exit %d, %s%s", code, out, errs)
	}
	if code, out, errs := runProgram(t, "prune", "--home", home, "--job", "3"); code != exitFailed || !strings.Contains(errs, "job 3 has no files here") || out != "" {
		t.Errorf("again: exit %d, %s%s", code, out, errs)
	}
	if code, out, _ := runProgram(t, "jobs", "3", "--home", home); code != exitDone || !strings.Contains(out, "as somebody has asked") {
		t.Errorf("exit %d, %s", code, out)
	}
}

// TestBoundsThatAreRefused: nothing is removed by mistake.
func TestBoundsThatAreRefused(t *testing.T) {
	home := exportedOften(t, 1)
	for _, c := range []struct {
		args []string
		says string
	}{
		{nil, "what is to be kept?"},
		{[]string{"--job", "1", "--keep", "2"}, "goes with no bounds"},
		{[]string{"--save"}, "--save keeps the bounds that are given with it"},
		{[]string{"--keep", "0"}, "--keep: at least one"},
		{[]string{"--keep", "-1"}, "--keep: at least one"},
		{[]string{"--max-age", "90"}, `--max-age: "90" is no age`},
		{[]string{"--max-age", "-1d"}, "is no age"},
		{[]string{"--max-age", "99999w"}, "is no age"},
		{[]string{"--max-size", "-1"}, "is no size such as 500GB"},
		{[]string{"--max-size", "much"}, "is no size such as 500GB"},
		{[]string{"--keep", "1", "--partial-age", "x"}, "--partial-age:"},
	} {
		if code, out, errs := runProgram(t, append([]string{"prune", "--home", home}, c.args...)...); code != exitUsage || !strings.Contains(errs, c.says) {
			t.Errorf("%q: exit %d, %s, %s", c.args, code, out, errs)
		}
	}
}
