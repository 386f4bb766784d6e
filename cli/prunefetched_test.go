package cli

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// TestPruneFetched: what was fetched from a server is kept within bounds, too, by hand and after the
// runs of its schedule.
func TestPruneFetched(t *testing.T) {
	v := newVendor(t)
	run := func(args ...string) string {
		t.Helper()
		code, out, errs := runRemote(t, args[0], args[1:]...)
		if code != exitDone {
			t.Fatalf("%q: exit %d, %s", args, code, errs)
		}
		return out
	}
	run("sources", "add", "Wiki", "--url", v.url, "--shared-home", v.home)
	var done fetched
	if err := json.Unmarshal([]byte(run("fetch", "--server", "Wiki", "--json")), &done); err != nil || done.Fetched == nil {
		t.Fatal(err)
	}
	home, _, _ := strings.Cut(done.Fetched.Folder, string(filepath.Separator)+"data-pipeline")
	next := func(job int) {
		v.tells(job, "COMPLETED")
		v.exports(t, job)
	}
	left := func() string {
		files, err := filepath.Glob(filepath.Join(home, "data-pipeline", "export", "*", "users_*.csv"))
		if err != nil {
			t.Fatal(err)
		}
		var jobs []string
		for _, f := range files {
			jobs = append(jobs, filepath.Base(filepath.Dir(f)))
		}
		return strings.Join(jobs, ",")
	}
	next(13)
	run("fetch", "--server", "Wiki")
	if code, _, errs := runProgram(t, "prune", "--home", home, "--keep", "1"); code != exitDone || left() != "13" {
		t.Errorf("exit %d, %s: %s is left", code, errs, left())
	}
	next(14)
	run("schedule", "add", "nightly", "--source", "Wiki", "--every", "daily 02:00", "--keep", "1")
	run("deliveries", "add", "share", t.TempDir(), "--source", "Wiki")
	run("schedule", "run", "nightly")
	if left() != "14" {
		t.Errorf("after a run %s is left", left())
	}
	if code, _, errs := runProgram(t, "prune", "--home", t.TempDir(), "--keep", "1"); code != exitFailed || !strings.Contains(errs, "no home of exports") {
		t.Errorf("exit %d, %s", code, errs)
	}
}
