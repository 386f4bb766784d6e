//go:build unix

package nightly

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// checkNextNight: a day later nothing is left of the job that was killed.
func (w *world) checkNextNight(t *testing.T, job int64) {
	t.Helper()
	said, _ := w.run(t, dayAfter, dayAfterThat, kill{})
	for name := range w.files(t, ".", false) {
		if rests.MatchString(name) && strings.HasPrefix(name, "homes/") {
			t.Errorf("left after a day: %s", name)
		}
	}
	if jobs := w.jobs(t); jobs[0].Status != "COMPLETED" || jobs[0].JobID != job+1 {
		t.Errorf("the next night: %+v: %s", jobs[0], said)
	}
}

// job is one of the history.
type job struct {
	JobID     int64  `json:"jobId"`
	Status    string `json:"status"`
	StartedBy string `json:"startedBy"`
}

// jobs are those of the home, newest first.
func (w *world) jobs(t *testing.T) []job {
	t.Helper()
	homes, err := filepath.Glob(filepath.Join(w.dir, "homes", "*"))
	if err != nil || len(homes) != 1 {
		t.Fatalf("the homes are %q, %v", homes, err)
	}
	var d struct{ Jobs []job }
	if err := json.Unmarshal(w.sluice("jobs", "--home", homes[0], "--json"), &d); err != nil {
		t.Fatal(err)
	}
	return d.Jobs
}

// checkNight: one job of the night was completed, which the schedule had started; nothing is
// due any more; the metrics and the hook tell of it.
func (w *world) checkNight(t *testing.T) (job int64) {
	t.Helper()
	completed := 0
	for _, j := range w.jobs(t) {
		if j.StartedBy != "schedule nightly" {
			t.Errorf("job %d was started by %q", j.JobID, j.StartedBy)
		}
		if j.Status == "COMPLETED" {
			completed++
			job = max(job, j.JobID)
		}
	}
	if completed != 3 {
		t.Errorf("%d jobs were completed in three nights: %+v", completed, w.jobs(t))
	}
	var d struct {
		Schedules []struct {
			State struct {
				Handled           string
				Running, Retry    *struct{}
				Last, LastSuccess struct {
					Outcome, Due     string
					Job, Rows, Bytes int64
				}
			}
		}
	}
	if err := json.Unmarshal(w.sluice("schedule", "--json"), &d); err != nil {
		t.Fatal(err)
	}
	s := d.Schedules[0].State
	if s.Running != nil || s.Retry != nil || s.Last.Outcome != "completed" || s.LastSuccess.Job != job || s.LastSuccess.Due != "2026-10-25T02:30:00+02:00" || s.LastSuccess.Rows == 0 || s.LastSuccess.Bytes == 0 {
		t.Errorf("the state is %+v", s)
	}
	w.checkMetrics(t, s.LastSuccess.Rows, s.LastSuccess.Bytes)
	w.checkTold(t, job)
	return job
}

func (w *world) checkMetrics(t *testing.T, rows, bytes int64) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(w.dir, "sluice.prom"))
	if err != nil {
		t.Fatal(err)
	}
	of := `{schedule="nightly",source="wiki"} `
	for _, want := range []string{
		"sluice_schedule_last_success_rows" + of + number(rows), "sluice_schedule_last_success_bytes" + of + number(bytes),
		"sluice_schedule_running" + of + "0", "sluice_schedule_overdue" + of + "0",
		"sluice_schedule_next_run_timestamp_seconds" + of + "1.7929782e+09", // October 26, 02:30 of the winter
	} {
		if !strings.Contains(string(b), want+"\n") {
			t.Errorf("the metrics do not say %s", want)
		}
	}
}

// number is a value as metrics write it.
func number(n int64) string {
	return fmt.Sprint(float64(n))
}

// checkTold: whoever wants to know was told of the end of the job, and if more than once, by
// one name.
func (w *world) checkTold(t *testing.T, job int64) {
	t.Helper()
	ids := map[string]bool{}
	times := 0
	for _, e := range w.heard() {
		if e.Event == "completed" {
			times++
			ids[e.ID] = true
			if e.Job.JobID != job || e.Job.Status != "COMPLETED" || e.Schedule != "nightly" {
				t.Errorf("told %+v", e)
			}
		}
		if e.ID == "" {
			t.Errorf("what was told has no name: %+v", e)
		}
	}
	if times < 1 || times > 2 || len(ids) != 1 {
		t.Errorf("told %d times, by the names %v", times, slices.Collect(maps.Keys(ids)))
	}
}
