package pipeline

import (
	"testing"
	"time"
)

// TestUsual: what is said of the end of a job stands on earlier jobs like it.
func TestUsual(t *testing.T) {
	now := time.Date(2026, 11, 24, 14, 20, 0, 0, time.UTC)
	running := Job{ID: 20, Status: Started, StartTime: At(now)}
	ended := func(id int64, took time.Duration, change ...func(*Job)) Job {
		began := now.AddDate(0, 0, int(id)-20)
		j := Job{ID: id, Status: Completed, StartTime: At(began), CompletedTime: At(began.Add(took))}
		for _, c := range change {
			c(&j)
		}
		return j
	}
	goesBack := func(span time.Duration) func(*Job) {
		return func(j *Job) { j.Config.ExportFrom = At(j.StartTime.Add(-span)) }
	}
	since := running
	goesBack(30 * 24 * time.Hour)(&since)
	undated := running
	undated.StartTime = Time{}
	done := ended(20, time.Hour)
	for _, c := range []struct {
		name string
		job  Job
		jobs []Job
		took time.Duration // 0: nothing is said
		of   int
	}{
		{"none", running, nil, 0, 0},
		{"one is too few", running, []Job{ended(1, time.Hour)}, 0, 0},
		{"two", running, []Job{ended(1, time.Hour), ended(2, 3*time.Hour)}, 2 * time.Hour, 2},
		{"the median, not the mean", running, []Job{ended(1, 15*time.Hour), ended(2, 14*time.Hour), ended(3, 100*time.Hour)}, 15 * time.Hour, 3},
		{"the last five", running, []Job{ended(1, time.Hour), ended(2, time.Hour), ended(3, 9*time.Hour), ended(4, 9*time.Hour), ended(5, 9*time.Hour), ended(6, 8*time.Hour), ended(7, 9*time.Hour)}, 9 * time.Hour, 5},
		{"failed, running, undated", running, []Job{ended(1, time.Hour, func(j *Job) { j.Status = Failed }), ended(2, time.Hour, func(j *Job) { j.Status = Started }),
			ended(3, time.Hour, func(j *Job) { j.CompletedTime = Time{} }), ended(4, time.Hour)}, 0, 0},
		{"later ones", running, []Job{ended(21, time.Hour), ended(22, time.Hour)}, 0, 0},
		{"itself", running, []Job{running, ended(20, time.Hour)}, 0, 0},
		{"resumed ones did a part", running, []Job{ended(1, time.Hour, func(j *Job) { j.ResumedFrom = 9 }), ended(2, time.Hour)}, 0, 0},
		{"redacted otherwise", running, []Job{ended(1, time.Hour, func(j *Job) { j.Redaction = "gdpr" }), ended(2, time.Hour)}, 0, 0},
		{"everything is not a month", running, []Job{ended(1, time.Hour, goesBack(30*24*time.Hour)), ended(2, time.Hour)}, 0, 0},
		{"a month is not everything", since, []Job{ended(1, time.Hour), ended(2, time.Hour)}, 0, 0},
		{"about a month", since, []Job{ended(1, time.Hour, goesBack(31*24*time.Hour)), ended(2, 2*time.Hour, goesBack(16*24*time.Hour)), ended(3, time.Minute, goesBack(24*time.Hour))}, 90 * time.Minute, 2},
		{"it does not run", done, []Job{ended(1, time.Hour), ended(2, time.Hour)}, 0, 0},
		{"its begin is not known", undated, []Job{ended(1, time.Hour), ended(2, time.Hour)}, 0, 0},
	} {
		u, ok := UsualOf(c.job, c.jobs)
		if ok != (c.took > 0) || u.Took != c.took || u.Jobs != c.of {
			t.Errorf("%s: %+v, %v; want %s of %d", c.name, u, ok, c.took, c.of)
		}
	}
}

// TestUsualEnd: the end is rounded, and a job is over only by what is worth telling.
func TestUsualEnd(t *testing.T) {
	began := time.Date(2026, 11, 24, 14, 21, 40, 0, time.UTC)
	u := Usual{Took: 15 * time.Hour, Began: began}
	if got := u.RoughEnd().Format("15:04"); got != "05:20" {
		t.Errorf("ends at %s", got)
	}
	for after, want := range map[time.Duration]time.Duration{time.Hour: 0, 15 * time.Hour: 0, 16 * time.Hour: 0, 17 * time.Hour: 2 * time.Hour} {
		if got := u.Over(began.Add(after)); got != want {
			t.Errorf("after %s: over by %s, want %s", after, got, want)
		}
	}
	short := Usual{Took: time.Second, Began: began}
	if short.Over(began.Add(30*time.Second)) != 0 || short.Over(began.Add(2*time.Minute)) == 0 || short.RoughEnd().Format("15:04") != "14:22" {
		t.Errorf("a short one: %s, %s", short.Over(began.Add(30*time.Second)), short.RoughEnd())
	}
	for d, want := range map[time.Duration]time.Duration{15*time.Hour + 2*time.Minute: 15 * time.Hour, 2*time.Hour + 13*time.Minute: 2*time.Hour + 15*time.Minute,
		12*time.Minute + 20*time.Second: 12 * time.Minute, 6600 * time.Millisecond: 7 * time.Second} {
		if got := Rough(d); got != want {
			t.Errorf("%s is roughly %s, want %s", d, got, want)
		}
	}
}
