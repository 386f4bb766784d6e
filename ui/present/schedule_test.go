package present

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the zones of the tests, on every machine

	"sluice/pipeline"
	"sluice/schedule"
	"sluice/ui/tone"
)

var scheduleNow = time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC) // a Monday

func nightly() schedule.Schedule {
	return schedule.Schedule{Name: "nightly", Source: "a", When: "weekdays 02:00", Zone: "Europe/Berlin", Window: "since-last-success"}
}

// TestScheduleRows: of the source only, with what is next, what was, and what was missed.
func TestScheduleRows(t *testing.T) {
	other, off := nightly(), nightly()
	other.Name, other.Source = "other", "b"
	off.Name, off.Disabled = "off", true
	at := func(day int) time.Time { return time.Date(2026, 11, day, 1, 0, 0, 0, time.UTC) }
	success := schedule.Result{Outcome: schedule.Completed, Ended: at(26), Job: 11}
	states := map[string]schedule.State{"nightly": {Last: &schedule.Result{Outcome: schedule.WasMissed, Ended: at(30), Says: "2 runs were missed"}, LastSuccess: &success,
		Missed: &schedule.Missed{First: at(27), Last: at(30), Count: 2}}}
	rows := ScheduleRows(schedule.List{nightly(), other, off}, states, "a", scheduleNow)
	if len(rows) != 2 {
		t.Fatalf("%+v", rows)
	}
	r := rows[0]
	if !strings.HasPrefix(r.When, "weekdays at 02:00") || !strings.Contains(r.When, "since the last success") || r.Next != "Tue 2026-12-01 02:00, Wed 2026-12-02 02:00, Thu 2026-12-03 02:00" || !r.Enabled {
		t.Errorf("%+v", r)
	}
	if r.Sign.Tone != tone.Caution || r.Sign.Icon != "warning" || !strings.HasPrefix(r.Missed, "2 runs were missed, the last of 2026-11-30 02:00") || !strings.Contains(r.Success, "job 11") || r.Last != "" {
		t.Errorf("%+v", r)
	}
	if rows[1].Enabled || rows[1].Next != "Disabled" || rows[1].Last != "" {
		t.Errorf("%+v", rows[1])
	}
	states["nightly"] = schedule.State{Running: &schedule.Running{}, Retry: &schedule.Retry{At: at(30)}, Missed: &schedule.Missed{Count: 1, Skipped: true}}
	r = ScheduleRows(schedule.List{nightly()}, states, "a", scheduleNow)[0]
	if !r.Running || r.Sign.Tone != tone.Active || r.Missed != "" || !strings.HasPrefix(r.Next, "Tried again 2026-11-30 02:00, Tue") {
		t.Errorf("%+v", r)
	}
	states["nightly"] = schedule.State{Running: &schedule.Running{PID: 4711, Began: at(26), Gone: true}}
	r = ScheduleRows(schedule.List{nightly()}, states, "a", scheduleNow)[0]
	if r.Running || r.Sign.Word != "Interrupted" || r.Sign.Tone != tone.Caution || !strings.HasPrefix(r.Now, "Process 4711, which ran it since ") {
		t.Errorf("its process has ended: %+v", r)
	}
	for outcome, want := range map[schedule.Outcome]tone.Tone{schedule.Completed: tone.Good, schedule.Failed: tone.Bad, schedule.Refused: tone.Caution, schedule.Interrupted: tone.Caution,
		schedule.Cancelled: tone.Neutral, schedule.TooLate: tone.Bad} {
		states["nightly"] = schedule.State{Last: &schedule.Result{Outcome: outcome}}
		if got := ScheduleRows(schedule.List{nightly()}, states, "a", scheduleNow)[0].Sign; got.Tone != want || got.Word == "" {
			t.Errorf("%s: %+v", outcome, got)
		}
	}
}

// TestReadSchedule: what is wrong is said at its field, and the next runs show as soon as
// the times can be read.
func TestReadSchedule(t *testing.T) {
	in := NewSchedule("Europe/Berlin")
	s, next, wrong := ReadSchedule(in, schedule.Schedule{Source: "a"}, nil, scheduleNow)
	if wrong.First() != FieldScheduleName || len(wrong) != 1 || len(next) != 3 || next[0] != "Tue 2026-12-01 02:00" || !s.From.Equal(scheduleNow) {
		t.Errorf("a new one without a name: %+v, %v, %v", s, next, wrong)
	}
	for field, change := range map[string]func(*ScheduleInput){
		FieldScheduleName: func(in *ScheduleInput) { in.Name = "other" },
		FieldWhen:         func(in *ScheduleInput) { in.When = "soon" },
		FieldWindow:       func(in *ScheduleInput) { in.Window = "soon" },
		FieldScheduleZone: func(in *ScheduleInput) { in.Zone = "Berlin" },
		FieldQuiet:        func(in *ScheduleInput) { in.Quiet = "8-18" },
		FieldRetries:      func(in *ScheduleInput) { in.Retries = "two" },
		FieldRetryAfter:   func(in *ScheduleInput) { in.RetryAfter = "5" },
		FieldDeadline:     func(in *ScheduleInput) { in.Deadline = "0h" },
	} {
		in := ScheduleInputOf(nightly())
		change(&in)
		_, next, wrong := ReadSchedule(in, nightly(), schedule.List{nightly(), {Name: "other"}}, scheduleNow)
		if len(wrong) != 1 || wrong[0].Field != field || strings.Contains(wrong[0].Message, `"x"`) {
			t.Errorf("%s: %+v", field, wrong)
		}
		if times := field == FieldWhen || field == FieldScheduleZone || field == FieldQuiet; times != (next == nil) {
			t.Errorf("%s: the next runs are %v", field, next)
		}
	}
	was := nightly()
	was.From = scheduleNow.AddDate(0, -1, 0)
	in = ScheduleInputOf(was)
	in.Deadline = " 6h "
	if s, _, wrong := ReadSchedule(in, was, schedule.List{was}, scheduleNow); wrong != nil || s.Deadline != "6h" || !s.From.Equal(was.From) || s.Source != "a" {
		t.Errorf("one that keeps its times: %+v, %v", s, wrong)
	}
	in.When = "every 6 hours"
	if s, _, _ := ReadSchedule(in, was, nil, scheduleNow); !s.From.Equal(scheduleNow) {
		t.Errorf("one with other times counts from %s", s.From)
	}
}

func TestStartedWords(t *testing.T) {
	for by, want := range map[string]string{pipeline.BySchedule("nightly"): "by the schedule nightly", pipeline.ByREST: "by the served API", pipeline.ByPerson: "by a person", "": ""} {
		if got := startedWords(pipeline.Job{StartedBy: by}); got != want {
			t.Errorf("%q: %q", by, got)
		}
	}
}

// TestMissedIsSaidOnce: where missed runs are offered the last run is the one that ran.
func TestMissedIsSaidOnce(t *testing.T) {
	now := time.Date(2026, 11, 30, 16, 0, 0, 0, time.UTC)
	missed := schedule.Result{Outcome: schedule.WasMissed, Ended: now, Says: "6 runs were missed"}
	failed := schedule.Result{Outcome: schedule.Failed, Ended: now.AddDate(0, 0, -7), Job: 4, Says: "the disk is full"}
	state := schedule.State{Last: &missed, Missed: &schedule.Missed{First: now, Last: now, Count: 6}}
	row := func() ScheduleRow {
		return ScheduleRows(schedule.List{{Name: "nightly", Source: "a", When: "weekdays 02:00"}}, map[string]schedule.State{"nightly": state}, "a", now)[0]
	}
	if r := row(); r.Last != "" || !strings.Contains(r.Missed, "6 runs were missed") {
		t.Errorf("%+v", r)
	}
	state.LastFailure = &failed
	if r := row(); !strings.Contains(r.Last, "The disk is full") {
		t.Errorf("%+v", r)
	}
}
