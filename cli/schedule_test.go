package cli

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/localexport/exporttest"
	"sluice/pipeline"
	"sluice/schedule"
	"sluice/source"
)

// aSchedule has a source "wiki", a snapshot, and a schedule "nightly" of it.
func aSchedule(t *testing.T, more ...string) {
	t.Helper()
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Setenv("XDG_DATA_HOME", t.TempDir())
	snapshot := filepath.Join(t.TempDir(), "wiki.db")
	exporttest.Snapshot(t, snapshot, false)
	code, _, errs := runRemote(t, "sources", "add", "wiki", "--snapshot", snapshot)
	expect(t, "sources add", code, exitDone, errs, "")
	file, err := source.DefaultFile()
	if err != nil {
		t.Fatal(err)
	}
	if err := file.Update(func(l source.List) (source.List, error) { l[0].Local.MinFreeSpace = "-1"; return l, nil }); err != nil {
		t.Fatal(err)
	}
	code, out, errs := runRemote(t, "schedule", append([]string{"add", "nightly", "--source", "wiki", "--every", "weekdays 02:00", "--zone", "Europe/Berlin"}, more...)...)
	expect(t, "schedule add", code, exitDone, errs, "")
	if strings.Count(out, " 02:00 CE") != shownRuns || !strings.HasPrefix(out, "Added nightly: wiki, weekdays at 02:00 (Europe/Berlin).") {
		t.Errorf("it says %s", out)
	}
}

func theSchedules(t *testing.T) []scheduleDocument {
	t.Helper()
	code, out, errs := runRemote(t, "schedule", "--json")
	expect(t, "list", code, exitDone, errs, "")
	var d struct{ Schedules []scheduleDocument }
	if err := json.Unmarshal([]byte(out), &d); err != nil {
		t.Fatal(err)
	}
	return d.Schedules
}

// TestSchedule adds, changes, disables, runs and removes one.
func TestSchedule(t *testing.T) {
	aSchedule(t, "--window", "since-last-success", "--retries", "1")
	code, out, errs := runRemote(t, "schedule", "edit", "nightly", "--every", "every 6 hours", "--quiet", "08:00-18:00", "--rename", "often", "--json")
	expect(t, "edit", code, exitDone, errs, "")
	var d scheduleDocument
	if err := json.Unmarshal([]byte(out), &d); err != nil || d.Name != "often" || d.Words != "every 6 hours" || d.Window != "since-last-success" || d.Retries != 1 || len(d.Next) != shownRuns || d.SourceName != "wiki" {
		t.Errorf("%s, %v", out, err)
	}
	code, _, errs = runRemote(t, "schedule", "disable", "often")
	expect(t, "disable", code, exitDone, errs, "")
	code, out, errs = runRemote(t, "schedule", "run", "often", "--due")
	expect(t, "run --due", code, exitDone, errs, "")
	if !strings.Contains(out, "is not due") {
		t.Errorf("a timer runs what is disabled: %s", out)
	}
	code, out, errs = runProgram(t, "schedule", "run", "often", "--json")
	var result schedule.Result
	if err := json.Unmarshal([]byte(out), &result); err != nil || code != exitDone || !strings.Contains(errs, "outcome=completed") || result.Outcome != schedule.Completed || result.Job != 1 {
		t.Errorf("%s, %v", out, err)
	}
	all := theSchedules(t)
	if len(all) != 1 || all[0].Enabled || all[0].State.LastSuccess == nil || all[0].State.LastSuccess.Job != 1 || len(all[0].Next) != 0 {
		t.Errorf("%+v", all)
	}
	home := theList(t)[0].Home
	code, out, errs = runRemote(t, "jobs", "--home", home, "--json")
	expect(t, "jobs", code, exitDone, errs, "")
	if !strings.Contains(out, `"startedBy": "schedule often"`) {
		t.Errorf("the history does not tell who started the job: %s", out)
	}
	code, out, errs = runRemote(t, "jobs", "--home", home)
	expect(t, "jobs", code, exitDone, errs, "")
	if !strings.Contains(out, "by schedule often") {
		t.Errorf("the history does not tell who started the job: %s", out)
	}
	code, _, errs = runRemote(t, "schedule", "remove", "often")
	expect(t, "remove", code, exitDone, errs, "")
	if all := theSchedules(t); len(all) != 0 {
		t.Errorf("%+v", all)
	}
}

// TestScheduleWrongUse is told in one sentence, and changes nothing.
func TestScheduleWrongUse(t *testing.T) {
	aSchedule(t)
	for args, says := range map[string]string{
		"add nightly --source wiki --every daily+02:00":         `there is a schedule "nightly" already`,
		"add x --source wikki --every daily+02:00":              `the nearest is "wiki"`,
		"add x --source wiki --every dayly+02:00":               `the nearest is "daily"`,
		"add x --source wiki":                                   "what and when?",
		"add x --source wiki --every daily+02:00 --zone Berlin": "Europe/Berlin",
		"add x --source wiki --every daily+02:00 --window soon": "is no from date",
		"edit nightly --redact no-poeple":                       "--redact",
		"edit nightli --every daily+02:00":                      `the nearest is "nightly"`,
		"edit nightly --deadline soon":                          "no length of time",
		"remove":                                                "which schedule?",
		"run nightly --every daily+02:00":                       "it is for add and edit",
		"list nightly":                                          "list takes no name",
		"print":                                                 "for which system?",
		"print systmd":                                          `the nearest is "systemd"`,
		"print systemd nightli":                                 `the nearest is "nightly"`,
		"disable nightly 02:00":                                 "stands behind the name",
		"next nightli":                                          `the nearest is "nightly"`,
	} {
		var list []string
		for _, a := range strings.Fields(args) {
			list = append(list, strings.ReplaceAll(a, "+", " "))
		}
		code, _, errs := runRemote(t, "schedule", list...)
		expect(t, args, code, exitUsage, errs, says)
	}
	if all := theSchedules(t); len(all) != 1 || all[0].When != "weekdays 02:00" || all[0].Deadline != "" {
		t.Errorf("%+v", all)
	}
}

// TestSchedulePrint names this program and the home that was named.
func TestSchedulePrint(t *testing.T) {
	aSchedule(t)
	home := t.TempDir()
	for _, system := range []string{"systemd", "cron", "windows", "launchd", "kubernetes"} {
		code, out, errs := runRemote(t, "schedule", "print", system, "nightly", "--home", home)
		if lines := strings.Count(out, "\n"); lines < 2 || strings.Contains(out, "¶") {
			t.Errorf("%s: %d lines: %.200s", system, lines, out)
		}
		expect(t, system, code, exitDone, errs, "")
		if !strings.Contains(out, "nightly") || !strings.Contains(out, home) || !strings.Contains(out, "--due") {
			t.Errorf("%s: %s", system, out)
		}
	}
}

// TestScheduleMissed is told by the list, and can be let be.
func TestScheduleMissed(t *testing.T) {
	aSchedule(t)
	files, err := openSchedules()
	if err != nil {
		t.Fatal(err)
	}
	last := time.Date(2026, 11, 2, 1, 0, 0, 0, time.UTC)
	err = files.states.Change("nightly", func(s *schedule.State) bool {
		s.Missed = &schedule.Missed{First: last, Last: last, Count: 1}
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	code, out, errs := runRemote(t, "schedule")
	expect(t, "list", code, exitDone, errs, "")
	if !strings.Contains(out, `"sluice schedule run nightly" makes up for them`) || !strings.Contains(out, `no "sluice run" runs`) {
		t.Errorf("it says %s", out)
	}
	code, _, errs = runRemote(t, "schedule", "skip", "nightly")
	expect(t, "skip", code, exitDone, errs, "")
	if all := theSchedules(t); all[0].State.Missed != nil {
		t.Errorf("%+v", all[0].State)
	}
}

// TestStartedByPerson: an export by hand is that of a person, one by the served API is not.
func TestStartedByPerson(t *testing.T) {
	aSchedule(t)
	home := t.TempDir()
	code, out, errs := runProgram(t, "export", theList(t)[0].Snapshot, "--home", home, "--min-free-space", "-1", "--json")
	expect(t, "export", code, exitDone, errs, "")
	var job pipeline.Kept
	if err := json.Unmarshal([]byte(out), &job); err != nil || job.StartedBy != pipeline.ByPerson {
		t.Errorf("started by %q, %v", job.StartedBy, err)
	}
}

// TestScheduleInterrupted: a run whose process has ended within is not said to run, and the
// next run takes it up.
func TestScheduleInterrupted(t *testing.T) {
	aSchedule(t)
	files, err := openSchedules()
	if err != nil {
		t.Fatal(err)
	}
	run := schedule.Running{Due: time.Now(), Began: time.Now(), Attempt: 1}
	run.By()
	run.PID = 1 << 30 // no process has it
	if err := files.states.Change("nightly", func(s *schedule.State) bool { s.Running = &run; return true }); err != nil {
		t.Fatal(err)
	}
	code, out, errs := runRemote(t, "schedule")
	expect(t, "list", code, exitDone, errs, "")
	if strings.Contains(out, "runs since") || !strings.Contains(out, "interrupted: process 1073741824, which ran it since ") {
		t.Errorf("it says %s", out)
	}
	if s := theSchedules(t)[0].State; s.Running == nil || !s.Running.Gone {
		t.Errorf("the JSON says %+v", s.Running)
	}
	code, out, errs = runProgram(t, "schedule", "run", "nightly", "--json")
	if code != exitDone || theSchedules(t)[0].State.Running != nil {
		t.Errorf("%d %s %s", code, out, errs)
	}
}
