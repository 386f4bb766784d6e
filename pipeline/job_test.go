package pipeline

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// samples are the bodies that the vendor prints for each stage of an export,
// their slips of JSON corrected, and the form in which Sluice writes them.
var samples = []struct {
	name, in, out string
}{
	{"before the first export", `{}`, `{}`},
	{"started",
		`{"startTime":"2021-03-03T12:08:24.045+11:00","nodeId":"node1","jobId":124,"status":"STARTED",
		  "config":{"exportFrom":"2020-03-03T12:08:24.036+11:00","forcedExport":false}}`,
		`{"startTime":"2021-03-03T12:08:24.045+11:00","nodeId":"node1","jobId":124,"status":"STARTED",` +
			`"config":{"exportFrom":"2020-03-03T12:08:24.036+11:00","forcedExport":false}}`},
	{"inconsistent index",
		`{"startTime": "2021-01-13T09:01:01.917+11:00","completedTime": "2021-01-13T09:01:01.986+11:00","nodeId": "node2",
		  "jobId": 56,"status": "FAILED","config": {"exportFrom": "2020-07-17T08:00:00+10:00","forcedExport": false},
		  "errors": [{"key": "export.pre.validation.failed","message": "Inconsistent index used for export job."}]}`,
		`{"startTime":"2021-01-13T09:01:01.917+11:00","completedTime":"2021-01-13T09:01:01.986+11:00","nodeId":"node2",` +
			`"jobId":56,"status":"FAILED","config":{"exportFrom":"2020-07-17T08:00:00.000+10:00","forcedExport":false},` +
			`"errors":[{"key":"export.pre.validation.failed","message":"Inconsistent index used for export job."}]}`},
	{"forced",
		`{"startTime": "2021-01-13T09:01:42.696+11:00","nodeId": "node2","jobId": 57,"status": "STARTED",
		  "config": {"exportFrom": "2020-07-17T08:01:00+10:00","forcedExport": true},
		  "warnings": [{"key": "export.pre.validation.failed","message": "Inconsistent index used for export job."}]}`,
		`{"startTime":"2021-01-13T09:01:42.696+11:00","nodeId":"node2","jobId":57,"status":"STARTED",` +
			`"config":{"exportFrom":"2020-07-17T08:01:00.000+10:00","forcedExport":true},` +
			`"warnings":[{"key":"export.pre.validation.failed","message":"Inconsistent index used for export job."}]}`},
	{"running, dashed times",
		`{"startTime": "2020-11-01T06-35-41-577+11","nodeId": "node1","jobId": 125,"status": "STARTED",
		  "config":{"exportFrom":"2020-03-03T12:08:24.036+11:00","forcedExport":false}}`,
		`{"startTime":"2020-11-01T06:35:41.577+11:00","nodeId":"node1","jobId":125,"status":"STARTED",` +
			`"config":{"exportFrom":"2020-03-03T12:08:24.036+11:00","forcedExport":false}}`},
	{"completed",
		`{"startTime":"2021-03-03T12:08:24.045+11:00","completedTime":"2021-03-03T12:08:24.226+11:00","nodeId":"node3",
		  "jobId":125,"status":"COMPLETED","config": {"exportFrom":"2020-03-03T12:08:24.036+11:00","forcedExport":false},
		  "statistics": {"exportedEntities":23,"writtenRows":54}}`,
		`{"startTime":"2021-03-03T12:08:24.045+11:00","completedTime":"2021-03-03T12:08:24.226+11:00","nodeId":"node3",` +
			`"jobId":125,"status":"COMPLETED","config":{"exportFrom":"2020-03-03T12:08:24.036+11:00","forcedExport":false},` +
			`"statistics":{"exportedEntities":23,"writtenRows":54}}`},
	{"cancellation requested",
		`{"startTime":"2021-03-03T12:08:24.045+11:00","completedTime":"2021-03-03T12:08:24.226+11:00","nodeId":"Node1",
		  "jobId":125,"status":"CANCELLATION_REQUESTED",
		  "config": {"exportFrom":"2020-03-03T12:08:24.036+11:00","forcedExport":false}}`,
		`{"startTime":"2021-03-03T12:08:24.045+11:00","completedTime":"2021-03-03T12:08:24.226+11:00","nodeId":"Node1",` +
			`"jobId":125,"status":"CANCELLATION_REQUESTED",` +
			`"config":{"exportFrom":"2020-03-03T12:08:24.036+11:00","forcedExport":false}}`},
	{"cancelled",
		`{"startTime": "2020-11-02T04-20-34-007+11","cancelledTime": "2020-11-02T04-24-21-717+11",
		  "completedTime": "2020-11-02T04-24-21-717+11","nodeId":"node2","jobId":125,"status":"CANCELLED",
		  "config": {"exportFrom":"2020-03-03T12:08:24.036+11:00","forcedExport":false},
		  "statistics": {"exportedEntities":23,"writtenRows":12}}`,
		`{"startTime":"2020-11-02T04:20:34.007+11:00","cancelledTime":"2020-11-02T04:24:21.717+11:00",` +
			`"completedTime":"2020-11-02T04:24:21.717+11:00","nodeId":"node2","jobId":125,"status":"CANCELLED",` +
			`"config":{"exportFrom":"2020-03-03T12:08:24.036+11:00","forcedExport":false},` +
			`"statistics":{"exportedEntities":23,"writtenRows":12}}`},
	{"newer fields, unknown status and members",
		`{"jobId":9007199254740993,"status":"QUEUED","config":{"exportFrom":"2020-03-03T12:08Z","forcedExport":false},
		  "schema":{"version":2,"status":"ACTIVE"},"rootExportPath":"/exports",
		  "optedOutEntities":[{"type":"SPACE","identifiers":["HR","LEGAL"]}],"optedOutFiles":["comments"],
		  "zone":"b","attempt":{"of":3}}`,
		`{"jobId":9007199254740993,"status":"QUEUED","config":{"exportFrom":"2020-03-03T12:08:00.000Z","forcedExport":false},` +
			`"schema":{"version":2,"status":"ACTIVE"},"rootExportPath":"/exports",` +
			`"optedOutEntities":[{"type":"SPACE","identifiers":["HR","LEGAL"]}],"optedOutFiles":["comments"],` +
			`"attempt":{"of":3},"zone":"b"}`},
}

func TestJobJSON(t *testing.T) {
	for _, s := range samples {
		t.Run(s.name, func(t *testing.T) {
			var j Job
			if err := json.Unmarshal([]byte(s.in), &j); err != nil {
				t.Fatal(err)
			}
			got, err := json.Marshal(j)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != s.out {
				t.Errorf("written\n%s\nwant\n%s", got, s.out)
			}
			var again Job
			if err := json.Unmarshal(got, &again); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(j, again); diff != "" {
				t.Errorf("a second reading differs (-first +second):\n%s", diff)
			}
		})
	}
}

func TestJobWithoutID(t *testing.T) {
	var j Job
	if err := json.Unmarshal([]byte(`{"status":"STARTED"}`), &j); err != nil {
		t.Fatal(err)
	}
	if j.Exists() || j.Running() {
		t.Errorf("an object without jobId counts as a job: %+v", j)
	}
}

func TestJobRejectsWhatIsNoObject(t *testing.T) {
	for _, in := range []string{`[]`, `"x"`, `7`, `{`, `{"jobId":1`, `{"jobId":}`, `{"jobId":1}}`, ``} {
		var j Job
		if err := json.Unmarshal([]byte(in), &j); err == nil {
			t.Errorf("%s was read as %+v", in, j)
		}
	}
}

func TestJobClone(t *testing.T) {
	j := Job{ID: 1, Statistics: &Statistics{WrittenRows: 1}, Schema: &Schema{Version: 1},
		Errors: []Diagnostic{{Key: "a"}}, Extra: map[string]json.RawMessage{"x": json.RawMessage("1")}}
	c := j.Clone()
	c.Statistics.WrittenRows, c.Schema.Version, c.Errors[0].Key, c.Extra["x"] = 2, 2, "b", json.RawMessage("2")
	if j.Statistics.WrittenRows != 1 || j.Schema.Version != 1 || j.Errors[0].Key != "a" || string(j.Extra["x"]) != "1" {
		t.Errorf("the clone shares memory with its original: %+v", j)
	}
}

func TestJobDuration(t *testing.T) {
	start := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	job := func(s Status, completed time.Duration) Job {
		j := Job{ID: 1, Status: s, StartTime: At(start)}
		if completed > 0 {
			j.CompletedTime = At(start.Add(completed))
		}
		return j
	}
	now := start.Add(time.Hour)
	for _, c := range []struct {
		job  Job
		want time.Duration
	}{
		{Job{}, 0},
		{job(Started, 0), time.Hour},
		{job(CancellationRequested, time.Minute), time.Hour}, // completedTime is no end marker
		{job(Completed, time.Minute), time.Minute},
		{job(Failed, 0), 0}, // nobody knows when
	} {
		if got := c.job.Duration(now); got != c.want {
			t.Errorf("%s: duration %s, want %s", c.job.Status, got, c.want)
		}
	}
}

func TestErrorsNameTheWayOut(t *testing.T) {
	running := &RunningError{Job: Job{ID: 7, NodeID: "node1", StartTime: At(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))}}
	for _, want := range []string{"job 7", "node1", "2026-03-01T12:00:00.000Z", "cancel"} {
		if !strings.Contains(running.Error(), want) {
			t.Errorf("%q lacks %q", running, want)
		}
	}
	invalid := &ValidationError{Job: Job{ID: 8, Errors: []Diagnostic{{Key: KeyPreValidation, Message: PreValidationMessage}}}}
	for _, want := range []string{"job 8", PreValidationMessage + " Repair", "force"} {
		if !strings.Contains(invalid.Error(), want) {
			t.Errorf("%q lacks %q", invalid, want)
		}
	}
	invalid.Job.Errors[0].Message = "The index lacks 3 pages"
	if want := "failed: The index lacks 3 pages. Repair"; !strings.Contains(invalid.Error(), want) {
		t.Errorf("%q lacks %q", invalid, want)
	}
}

func TestSameAndNewestFirst(t *testing.T) {
	at := func(id int64, minute int) Job {
		j := Job{ID: id}
		if minute > 0 {
			j.StartTime = At(time.Date(2026, 11, 20, 8, minute, 0, 1_500_000, time.UTC))
		}
		return j
	}
	if !at(1, 5).Same(at(1, 5)) || !at(1, 5).Same(at(1, 0)) || at(1, 5).Same(at(1, 6)) || at(1, 5).Same(at(2, 5)) {
		t.Error("the id and the start tell a job")
	}
	rounded := at(1, 5)
	rounded.StartTime = At(rounded.StartTime.Truncate(time.Millisecond))
	if !rounded.Same(at(1, 5)) {
		t.Error("what was written in milliseconds is another job")
	}
	jobs := []Job{at(2, 5), at(1, 7), at(3, 5), at(4, 6)}
	slices.SortFunc(jobs, NewestFirst)
	for i, want := range []int64{1, 4, 3, 2} {
		if jobs[i].ID != want {
			t.Fatalf("job %d is at place %d: %v", jobs[i].ID, i, jobs)
		}
	}
}
