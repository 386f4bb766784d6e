package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/localexport/demo"
	"sluice/source"
)

// TestJobsOfAHomeThatIsNotThere: a home in which there were exports is said to be away, and is no
// source without jobs; so is the shared home of a server.
func TestJobsOfAHomeThatIsNotThere(t *testing.T) {
	isolate(t)
	snapshot, _ := demoSnapshot(t, demo.Options{Pages: 20, Seed: 1})
	mounted := t.TempDir()
	for _, args := range [][]string{
		{"sources", "add", "wiki", "--snapshot", snapshot}, {"sources", "add", "prod", "--url", "https://wiki.example.com", "--shared-home", mounted},
		{"schedule", "add", "nightly", "--source", "wiki", "--every", "daily 02:00"}, {"schedule", "run", "nightly"}, {"jobs", "--all"},
	} {
		if code, _, errs := runProgram(t, args...); code != exitDone || strings.Contains(errs, "note:") {
			t.Fatalf("%q: exit %d, %s", args, code, errs)
		}
	}
	list, err := sourceList()
	if err != nil {
		t.Fatal(err)
	}
	home := list[0].Home
	if err := os.Rename(home, home+".away"); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(mounted); err != nil {
		t.Fatal(err)
	}
	code, out, errs := runProgram(t, "jobs", "--all")
	if code != exitUnreachable || !strings.Contains(errs, "wiki: its home "+home+" is not there") || !strings.Contains(errs, "note: prod: its shared home "+mounted+" is not there") || !strings.Contains(out, "of none of the sources that can be read") {
		t.Errorf("exit %d, %s%s", code, out, errs)
	}
	if err := os.MkdirAll(filepath.Join(home, "data-pipeline"), 0o700); err != nil { // where a disk would be mounted
		t.Fatal(err)
	}
	code, out, _ = runProgram(t, "jobs", "--all", "--json")
	var document struct {
		Total  int
		Failed []struct{ Source, Message string }
		Notes  []string
	}
	if err := json.Unmarshal([]byte(out), &document); err != nil || code != exitUnreachable || len(document.Failed) != 1 || document.Failed[0].Source != "wiki" || len(document.Notes) != 1 {
		t.Errorf("exit %d, %s (%v)", code, out, err)
	}
	// A window that has noted up to when its jobs have everything knows of them, too.
	file, err := source.DefaultFile()
	if err == nil {
		err = file.Update(func(l source.List) (source.List, error) {
			l[0] = l[0].Noted(home, 1, time.Now())
			return l, nil
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	if code, _, errs := runProgram(t, "schedule", "remove", "nightly"); code != exitDone {
		t.Fatal(errs)
	}
	if code, _, errs := runProgram(t, "jobs", "--all"); code != exitUnreachable {
		t.Errorf("exit %d, %s", code, errs)
	}
}
