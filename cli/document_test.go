package cli

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"sluice/pipeline"
)

// TestOneMemberOfAName: a server that puts members of our own into its answer does not
// make them stand there twice, where each reader would take another one.
func TestOneMemberOfAName(t *testing.T) {
	const body = `{"jobId":5,"status":"FAILED","error":{"kind":"theirs"},"files":[1],"errors":[{"key":"k","message":"No room."}]}`
	code, out, errs := serveScript(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusUnprocessableEntity)
		_, _ = w.Write([]byte(body))
	}), "start", "--json")
	if code != exitFailed || strings.Count(out, `"error":`) != 1 {
		t.Errorf("exit code %d, %s, %s", code, out, errs)
	}
	var told struct{ Error problem }
	if err := json.Unmarshal([]byte(out), &told); err != nil || told.Error.Kind != "failed" {
		t.Errorf("%v: %+v", err, told)
	}
}

// TestInterruptedJob: nobody has cancelled a job whose process ended, and what it left
// is no list of its files.
func TestInterruptedJob(t *testing.T) {
	const body = `{"jobId":5,"status":"CANCELLED","warnings":[{"key":"export.interrupted","message":"The program ended."}]}`
	code, out, errs := serveScript(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(body))
	}), "status", "--wait")
	if code != exitElsewhere || !strings.Contains(errs, "job 5 ended as Cancelled: The program ended\n") || strings.Contains(errs, "someone") {
		t.Errorf("exit code %d, %s, %s", code, out, errs)
	}
}

// TestFilesOfACompleteJobOnly: the files of a job are listed in JSON when it is complete.
func TestFilesOfACompleteJobOnly(t *testing.T) {
	for status, want := range map[pipeline.Status]bool{pipeline.Completed: true, pipeline.Cancelled: false, pipeline.Failed: false, pipeline.Started: false} {
		var out strings.Builder
		c := &call{program: &Program{Out: &out}}
		job := pipeline.Job{ID: 1, Status: status}
		if err := c.jobDocument(job, []pipeline.File{{Name: "users", Path: "users.csv.partial"}}, nil); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(out.String(), `"files"`); got != want {
			t.Errorf("%s: %s", status, out.String())
		}
	}
}

// TestWithMember keeps the order of the members and every value as it stands.
func TestWithMember(t *testing.T) {
	for _, c := range []struct{ object, want string }{
		{`{}`, `{"error":1}`},
		{`{"b":1.0,"a":[ 2]}`, `{"b":1.0,"a":[2],"error":1}`},
		{`{"error":{"x":[]},"a":"\u2028"}`, `{"a":"\u2028","error":1}`},
		{`{"a":1,"error":2,"error":3}`, `{"a":1,"error":1}`},
	} {
		got, err := withMember(json.RawMessage(c.object), "error", 1)
		if err != nil || string(got) != c.want {
			t.Errorf("%s: %s, %v, want %s", c.object, got, err, c.want)
		}
	}
}
