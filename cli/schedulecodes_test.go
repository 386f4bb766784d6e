package cli

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"sluice/localexport/exporttest"
	"sluice/pipeline"
	"sluice/source"
)

// TestExitOfScheduleRun: a script learns of a run what export and start would have told it.
func TestExitOfScheduleRun(t *testing.T) {
	began := time.Now().UTC().Format("2006-01-02T15:04:05.000Z")
	job := func(status, key string) string {
		return fmt.Sprintf(`{"jobId":56,"status":%q,"startTime":%q,"errors":[{"key":%q,"message":"No space."}]}`, status, began, key)
	}
	for name, c := range map[string]struct {
		status int
		body   string
		code   int
	}{
		"another runs":   {http.StatusConflict, `{"jobId":7,"status":"STARTED"}`, exitRunning},
		"not authorised": {http.StatusUnauthorized, ``, exitNotAuthorised},
		"unreachable":    {http.StatusServiceUnavailable, ``, exitUnreachable},
		"failed":         {http.StatusOK, job("FAILED", "export.failed"), exitJobFailed},
		"inconsistent":   {http.StatusUnprocessableEntity, job("FAILED", pipeline.KeyPreValidation), exitInconsistent},
	} {
		t.Run(name, func(t *testing.T) {
			aSchedule(t)
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				if c.code == exitJobFailed && r.Method == http.MethodPost {
					_, _ = w.Write([]byte(job("STARTED", "")))
					return
				}
				w.WriteHeader(c.status)
				_, _ = w.Write([]byte(c.body))
			}))
			defer s.Close()
			code, _, errs := runRemote(t, "sources", "add", "prod", "--url", s.URL)
			expect(t, "sources add", code, exitDone, errs, "")
			code, _, errs = runRemote(t, "schedule", "add", "there", "--source", "prod", "--every", "daily 02:00", "--retries", "0")
			expect(t, "schedule add", code, exitDone, errs, "")
			code, out, errs := runProgram(t, "schedule", "run", "there", "--json")
			var d struct{ Error problem }
			if err := json.Unmarshal([]byte(out), &d); err != nil || code != c.code || d.Error.Kind != kindOf(c.code) {
				t.Errorf("exit code %d, want %d: %s%s", code, c.code, out, errs)
			}
		})
	}
}

// TestExitOfAnInconsistentSnapshot is that of export.
func TestExitOfAnInconsistentSnapshot(t *testing.T) {
	aSchedule(t, "--retries", "0")
	file, err := source.DefaultFile()
	if err != nil {
		t.Fatal(err)
	}
	path := t.TempDir() + "/bad.db"
	exporttest.Snapshot(t, path, true)
	if err := file.Update(func(l source.List) (source.List, error) { l[0].Snapshot = path; return l, nil }); err != nil {
		t.Fatal(err)
	}
	if code, out, errs := runProgram(t, "schedule", "run", "nightly"); code != exitFailed && code != exitInconsistent {
		t.Errorf("exit code %d: %s%s", code, out, errs)
	} else if want, _, _ := runProgram(t, "export", path, "--home", t.TempDir(), "--min-free-space", "-1"); want != code {
		t.Errorf("exit code %d, of export %d", code, want)
	}
}

// TestNoSuchSchedule is wrong use, of each action.
func TestNoSuchSchedule(t *testing.T) {
	aSchedule(t)
	for _, action := range []string{"run", "skip", "next", "enable", "disable", "edit", "remove"} {
		code, _, errs := runProgram(t, "schedule", action, "nightyl")
		if code != exitUsage || !strings.Contains(errs, `the nearest is "nightly"`) {
			t.Errorf("%s: exit code %d, %s", action, code, errs)
		}
	}
}
