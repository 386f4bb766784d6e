package present

import (
	"testing"
	"time"

	"sluice/schedule"
)

// TestMissedBesideInterrupted: a run whose process has ended hides nothing of what was missed since;
// one that runs does, for it ends first.
func TestMissedBesideInterrupted(t *testing.T) {
	now := time.Date(2026, 11, 30, 16, 0, 0, 0, time.UTC)
	state := schedule.State{Running: &schedule.Running{PID: 4, Began: now.AddDate(0, 0, -1), Gone: true}, Missed: &schedule.Missed{First: now, Last: now, Count: 2}}
	row := func() ScheduleRow {
		return ScheduleRows(schedule.List{{Name: "nightly", Source: "a", When: "weekdays 02:00"}}, map[string]schedule.State{"nightly": state}, "a", now)[0]
	}
	if r := row(); r.Missed == "" || r.Now == "" || r.Running {
		t.Errorf("%+v", r)
	}
	state.Running.Gone = false
	if r := row(); r.Missed != "" || r.Now != "" || !r.Running {
		t.Errorf("%+v", r)
	}
}
