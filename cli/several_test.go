package cli

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"sluice/client"
	"sluice/pipeline"
)

// severalServers are a server that works and others that do not, in the list.
func severalServers(t *testing.T) remoteServer {
	t.Helper()
	s := named(t, "good", "--tag", "prod")
	answers := func(name, body string, status int, tags ...string) {
		h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			w.Write([]byte(body))
		}))
		t.Cleanup(h.Close)
		addNamed(t, h.URL, name, tags...)
	}
	answers("failed", `{"jobId":7,"status":"FAILED","startTime":"2026-11-22T10:00:00Z","completedTime":"2026-11-22T10:01:00Z"}`, 200, "--tag", "old", "--tag", "prod")
	answers("refuses", `{}`, 401, "--tag", "old")
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	addNamed(t, gone.URL, "gone", "--tag", "away")
	return s
}

// TestStatusOfAll: one line for each server, and the exit code of the worst.
func TestStatusOfAll(t *testing.T) {
	severalServers(t)
	for _, c := range []struct {
		args []string
		code int
		has  []string
	}{
		{[]string{"--all"}, exitNotAuthorised, []string{"good", "failed", "refuses", "gone"}},
		{[]string{"--server", "good", "--server", "failed", "--server", "gone"}, exitUnreachable, []string{"good", "failed", "gone"}},
		{[]string{"--all", "--tag", "prod"}, exitJobFailed, []string{"good", "failed"}},
		{[]string{"--tag", "prod", "--tag", "old"}, exitJobFailed, []string{"failed"}},
		{[]string{"--server", "good", "--server", "good"}, exitDone, []string{"good"}},
	} {
		what := strings.Join(c.args, " ")
		code, out, errs := runRemote(t, "status", c.args...)
		if code != c.code {
			t.Errorf("%s: exit code %d, want %d: %s", what, code, c.code, errs)
		}
		for _, name := range []string{"good", "failed", "refuses", "gone"} {
			if has := strings.Contains("\n"+out, "\n"+name+" "); has != slices.Contains(c.has, name) {
				t.Errorf("%s: %s stands there: %v\n%s", what, name, has, out)
			}
		}
		if strings.Contains(errs, "refuses: ") != slices.Contains(c.has, "refuses") {
			t.Errorf("%s: %s", what, errs)
		}
		code, out, _ = runRemote(t, "status", append(c.args, "--json")...)
		var doc struct {
			Servers []struct {
				Name  string
				Job   *struct{ JobID int64 }
				Error *struct{ Kind string }
			}
		}
		if err := json.Unmarshal([]byte(out), &doc); err != nil || code != c.code || len(doc.Servers) != len(c.has) {
			t.Errorf("%s --json: exit code %d, %s (%v)", what, code, out, err)
		}
		for _, s := range doc.Servers {
			if s.Name == "gone" && (s.Job != nil || s.Error == nil || s.Error.Kind != "unreachable") {
				t.Errorf("%s --json: %+v", what, s)
			}
			if s.Name == "failed" && (s.Job == nil || s.Job.JobID != 7 || s.Error.Kind != "job-failed") {
				t.Errorf("%s --json: %+v", what, s)
			}
		}
	}
}

// TestStartOnSeveral starts on all that have a tag, and follows them to the end.
func TestStartOnSeveral(t *testing.T) {
	s := named(t, "one", "--tag", "prod")
	two := newRemoteOnly(t)
	addNamed(t, two.URL+"/confluence", "two", "--tag", "prod")
	code, out, errs := runRemote(t, "start", "--all", "--tag", "prod", "--wait")
	expect(t, "start", code, exitDone, errs, "")
	if strings.Count(out, "Completed") != 2 {
		t.Errorf("%s", out)
	}
	for _, e := range []pipeline.Exporter{s.Exporter, two.Exporter} {
		if job, err := e.Status(t.Context()); err != nil || job.ID != 1 || job.Status != pipeline.Completed {
			t.Errorf("%+v (%v)", job, err)
		}
	}
}

// TestSeveralRefused: choices that name nothing, or two things.
func TestSeveralRefused(t *testing.T) {
	alone(t)
	code, _, errs := runProgram(t, "status", "--all")
	expect(t, "an empty list", code, exitUsage, errs, "sluice sources add")
	s := named(t, "Wiki")
	for _, c := range []struct {
		command string
		args    []string
		says    string
	}{
		{"start", []string{"--tag", "prod"}, "no server has the tag prod"},
		{"status", []string{"--all", "--url", s.URL}, "leave out --server and --url"},
		{"status", []string{"--server", "Wikki"}, `the nearest is "Wiki"`},
		{"cancel", []string{"--server", "Wiki", "--server", "Wiki 2"}, "this command takes one server"},
	} {
		code, _, errs := runRemote(t, c.command, c.args...)
		expect(t, c.command+" "+strings.Join(c.args, " "), code, exitUsage, errs, c.says)
	}
}

// TestTokenOfTheEnvironmentIsForOne: of several servers each would get it.
func TestTokenOfTheEnvironmentIsForOne(t *testing.T) {
	alone(t)
	t.Setenv(tokenVariable, remoteToken)
	var seen []string
	h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, r.Header.Get("Authorization"))
		w.Write([]byte("{}"))
	}))
	defer h.Close()
	code, _, errs := runRemote(t, "sources", "add", "Wiki", "--url", h.URL)
	expect(t, "add", code, exitDone, errs, "")
	code, _, errs = runRemote(t, "status", "--all")
	expect(t, "all", code, exitDone, errs, "")
	code, _, errs = runRemote(t, "status", "--server", "Wiki")
	expect(t, "one", code, exitDone, errs, "")
	if got := strings.Join(seen, "|"); got != "|Bearer "+remoteToken {
		t.Errorf("sent: %q", got)
	}
}

// TestTheWorst: the order of exit codes.
func TestTheWorst(t *testing.T) {
	inOrder := []error{errSignal, pipeline.ErrNotAuthorised, &client.Error{Kind: client.KindTimeout}, jobFailedError{1}, errors.New("other"), nil}
	for i, err := range inOrder[1:] {
		if badness(inOrder[i]) >= badness(err) {
			t.Errorf("%v is no worse than %v", inOrder[i], err)
		}
	}
	for _, e := range endings {
		if !slices.Contains(worstFirst, e.code) {
			t.Errorf("exit code %d has no place in the order", e.code)
		}
	}
}
