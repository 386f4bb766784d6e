package client

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"sluice/pipeline"
)

// indexBody is the vendor's answer for an inconsistent index (spec/rest-api.md §3).
const indexBody = `{"startTime":"2021-01-13T09:01:01.917+11:00","jobId":56,"status":"FAILED","errors":[{"key":"export.pre.validation.failed","message":"Inconsistent index used for export job."}]}`

// TestRefusalsByTheirBody: the body of a 409 or 422 tells what the obstacle is. Only
// the documented key is the index, which a forced start gets over; a job that runs is
// told with all that is needed to show and to cancel it; everything else is in the
// server's own words.
func TestRefusalsByTheirBody(t *testing.T) {
	const (
		running = "running"
		index   = "index"
	)
	for _, tt := range []struct {
		name   string
		status int
		body   string
		want   string // running, index, or a Kind
		says   string
		job    int64
	}{
		{"index", 422, indexBody, index, "Inconsistent index", 56},
		{"index under the other code", 409, indexBody, index, "Inconsistent index", 56},
		{"index without an id", 422, `{"status":"FAILED","errors":[{"key":"export.pre.validation.failed","message":"x"}]}`, index, "force", 0},
		{"disk space", 422, `{"jobId":9,"status":"FAILED","errors":[{"key":"export.disk.space.low","message":"Only 1 GB is free."}]}`, string(KindFailed), "Only 1 GB is free", 9},
		{"a key alone", 422, `{"jobId":9,"status":"FAILED","errors":[{"key":"export.disk.space.low"}]}`, string(KindFailed), "export.disk.space.low", 9},
		{"several", 422, `{"jobId":9,"status":"FAILED","errors":[{"key":"a","message":"First."},{"key":"b","message":"Second."}]}`, string(KindFailed), "First (and 1 more)", 9},
		{"future date as text", 422, "fromDate must not be in the future", string(KindFailed), "fromDate must not be in the future", 0},
		{"errors as texts", 422, `{"errors":["Not enough space."]}`, string(KindFailed), "Not enough space", 0},
		{"page", 422, `<html><head><title>Export disabled</title></head></html>`, string(KindFailed), `titled "Export disabled"`, 0},
		{"nothing", 422, "", string(KindFailed), "does not say why", 0},
		{"empty object", 422, "{}", string(KindFailed), "does not say why", 0},
		{"runs", 409, runningBody, running, "job 125 is already running on node1", 125},
		{"runs, forced over an index", 409, `{"jobId":7,"status":"STARTED","warnings":[{"key":"export.pre.validation.failed","message":"x"}]}`, running, "job 7 is already running", 7},
		{"runs, under the other code", 422, runningBody, running, "job 125 is already running", 125},
		{"runs, the body lost", 409, "", running, "already running", 0},
		{"an unknown state", 409, `{"jobId":7,"status":"QUEUED"}`, running, "job 7", 7},
		{"other words", 409, `{"message":"A reindex is in progress."}`, string(KindConflict), "A reindex is in progress", 0},
		{"other words as text", 409, "Exports are paused by the administrator.", string(KindConflict), "Exports are paused by the administrator", 0},
		{"a job that has ended", 409, `{"jobId":7,"status":"COMPLETED"}`, string(KindConflict), "does not say why", 7},
		{"failed, although accepted", 202, indexBody, index, "Inconsistent index", 56},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				// The status knows nothing: the answer to the start must be enough.
				c := pipeServer(t, script(reply(tt.status, tt.body), reply(200, "{}")), Options{})
				job, err := c.Start(t.Context(), pipeline.Request{})
				got := ""
				var e *Error
				switch {
				case errors.As(err, new(*pipeline.RunningError)):
					got = running
				case errors.As(err, new(*pipeline.ValidationError)):
					got = index
				case errors.As(err, &e):
					got = string(e.Kind)
				}
				if got != tt.want || !strings.Contains(err.Error(), tt.says) {
					t.Errorf("%s: %v\nwant %s and %q", got, err, tt.want, tt.says)
				}
				if job = pipeline.Answered(job, err); job.ID != tt.job {
					t.Errorf("the answer names job %+v, want %d", job, tt.job)
				}
			})
		})
	}
}

// TestStartedWithoutAJob: a start that was accepted is no failure because its answer
// cannot be read, if the status tells of the job.
func TestStartedWithoutAJob(t *testing.T) {
	for _, body := range []string{"", "{}", `{"status":"STARTED"}`, "accepted", `{"jobId":`} {
		synctest.Test(t, func(t *testing.T) {
			c := pipeServer(t, script(reply(http.StatusAccepted, body), reply(200, runningBody)), Options{})
			if job, err := c.Start(t.Context(), pipeline.Request{}); err != nil || job.ID != 125 {
				t.Errorf("%q: Start = %+v, %v", body, job, err)
			}
			c = pipeServer(t, script(reply(http.StatusAccepted, body), reply(200, "{}")), Options{})
			if job, err := c.Start(t.Context(), pipeline.Request{}); err == nil || job.Exists() || !strings.Contains(err.Error(), "not known whether") {
				t.Errorf("%q, and no job in the status: Start = %+v, %v", body, job, err)
			}
		})
	}
}
