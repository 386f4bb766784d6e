package cli

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/schedule"
	"sluice/source"
)

// TestSchedulesThatAreNotRun: where nobody can write down how schedules stand, nothing is run, and
// the list and a run say so.
func TestSchedulesThatAreNotRun(t *testing.T) {
	aSchedule(t)
	file, err := source.DefaultFile()
	if err != nil {
		t.Fatal(err)
	}
	lock := schedule.NewStateFile(filepath.Dir(file.Path())).Path() + ".lock"
	if err := errors.Join(os.RemoveAll(lock), os.Mkdir(lock, 0o700)); err != nil {
		t.Fatal(err)
	}
	code, out, errs := runProgram(t, "schedule", "list")
	if expect(t, "schedule list", code, exitFailed, errs, "nothing is run, since nobody could write that down"); !strings.HasPrefix(out, "nightly: ") {
		t.Errorf("it shows %s", out)
	}
	code, out, _ = runProgram(t, "schedule", "list", "--json")
	var d struct {
		Schedules []scheduleDocument
		Error     problem
	}
	if err := json.Unmarshal([]byte(out), &d); err != nil || code != exitFailed || len(d.Schedules) != 1 || d.Error.Message == "" {
		t.Errorf("exit code %d: %s", code, out)
	}
	code, _, errs = runProgram(t, "schedule", "run", "nightly")
	if code != exitFailed || !strings.Contains(errs, "what is due cannot begin, since its state cannot be written") { // the log says it, too
		t.Errorf("schedule run: exit code %d: %s", code, errs)
	}
}
