package pipeline

import "testing"

func TestScheduleOf(t *testing.T) {
	for by, want := range map[string]string{BySchedule("nightly"): "nightly", BySchedule("schedule x"): "schedule x", ByPerson: "", ByREST: "", "": "", "schedules": ""} {
		if got := ScheduleOf(by); got != want {
			t.Errorf("%q: %q, want %q", by, got, want)
		}
	}
}
