package fetch

import (
	"errors"
	"strings"
	"testing"

	"sluice/pipeline"
)

// TestChoose: files of a job are to be had only when somebody knows that it was completed.
func TestChoose(t *testing.T) {
	job := func(id int64, status pipeline.Status) pipeline.Job { return pipeline.Job{ID: id, Status: status} }
	known := []pipeline.Job{job(9, pipeline.Failed), job(8, pipeline.Completed), job(7, pipeline.Started), job(6, pipeline.Completed)}
	for _, c := range []struct {
		name   string
		status pipeline.Job
		id     int64
		want   int64
		says   string // "" is no error
	}{
		{"the last", job(10, pipeline.Completed), 0, 10, ""},
		{"the last by its number", job(10, pipeline.Completed), 10, 10, ""},
		{"an earlier one that was seen", job(10, pipeline.Started), 8, 8, ""},
		{"one that runs", job(10, pipeline.Started), 0, 0, "job 10 still runs (Started), and its files grow: wait until it is complete; the last that was completed is job 8"},
		{"one that is being cancelled", job(10, pipeline.CancellationRequested), 10, 0, "job 10 still runs"},
		{"one that was cancelled", job(10, pipeline.Cancelled), 0, 0, "job 10 ended as Cancelled, and its files may be partial"},
		{"one that failed", job(10, pipeline.Failed), 10, 0, "job 10 ended as Failed"},
		{"an earlier one that failed", job(10, pipeline.Completed), 9, 0, "job 9 ended as Failed"},
		{"one that was seen running only", job(10, pipeline.Completed), 7, 0, "how job 7 ended was not seen"},
		{"one that was never seen", job(10, pipeline.Completed), 3, 0, "how job 3 ended was not seen"},
		{"one that is not there yet", job(10, pipeline.Completed), 12, 0, "no job 12: its last one is 10"},
		{"none at all", pipeline.Job{}, 0, 0, "exported nothing yet"},
		{"a status that nobody knows", job(10, "PAUSED"), 0, 0, "job 10"},
	} {
		got, err := Choose(c.status, known, c.id)
		switch {
		case c.says == "" && (err != nil || got.ID != c.want):
			t.Errorf("%s: job %d, %v", c.name, got.ID, err)
		case c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)):
			t.Errorf("%s: %v, want %q", c.name, err, c.says)
		}
	}
	var running *NotFinishedError
	if _, err := Choose(job(10, pipeline.Started), nil, 0); !errors.As(err, &running) || running.Last.Exists() {
		t.Errorf("%v", err)
	}
	var unseen *UnseenError
	if got, err := Choose(job(10, pipeline.Completed), nil, 3); !errors.As(err, &unseen) || got.ID != 3 {
		t.Errorf("%v, %v", got, err)
	}
}
