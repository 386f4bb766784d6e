package cli

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"sluice/localexport/exporttest"
	"sluice/pipeline"
	"sluice/pipeline/contracttest"
	"sluice/secret"
	"sluice/server"
)

const remoteToken = "MDM0c2VjcmV0LXRva2VuLW9mLXRlc3Q"

// remoteServer is a server over a demo snapshot, with what a test does to it.
type remoteServer struct {
	contracttest.Fixture
	*httptest.Server
}

// newRemote starts a server, and sets the token of the environment to its own.
func newRemote(t *testing.T) remoteServer {
	t.Helper()
	alone(t)
	t.Setenv(tokenVariable, remoteToken)
	return newRemoteOnly(t)
}

// newRemoteOnly starts a server, and touches no settings.
func newRemoteOnly(t *testing.T) remoteServer {
	t.Helper()
	f := exporttest.Fixture(t)
	s := httptest.NewServer(server.Handler(f.Exporter, server.Options{Token: secret.Of(remoteToken), ContextPath: "/confluence"}))
	t.Cleanup(s.Close)
	return remoteServer{f, s}
}

// alone keeps the settings and the keyring of the person who runs the tests out.
func alone(t *testing.T) {
	t.Helper()
	isolate(t)
	for _, name := range []string{"SLUICE_USER", "HTTP_PROXY", "http_proxy"} {
		t.Setenv(name, "")
		os.Unsetenv(name)
	}
	keyring.MockInit()
}

// run runs a command against the server. No output may ever hold the token.
func (s remoteServer) run(t *testing.T, command string, args ...string) (code int, out, errs string) {
	t.Helper()
	return runRemote(t, command, append([]string{"--url", s.URL + "/confluence/"}, args...)...)
}

func runRemote(t *testing.T, command string, args ...string) (code int, out, errs string) {
	t.Helper()
	code, out, errs = runProgram(t, append([]string{"-v", command}, args...)...)
	if strings.Contains(out+errs, remoteToken) {
		t.Errorf("the token shows:\n%s\n%s", out, errs)
	}
	// What -v adds is looked at for the token only.
	var told []string
	for line := range strings.Lines(errs) {
		if !strings.Contains(line, "level=DEBUG") {
			told = append(told, line)
		}
	}
	return code, out, strings.Join(told, "")
}

// expect checks an exit code, and what was written about it: nothing for "".
func expect(t *testing.T, what string, code, wantCode int, errs, says string) {
	t.Helper()
	if code != wantCode || (says == "") != (errs == "") || !strings.Contains(errs, says) || strings.Count(errs, "\n") > 1 {
		t.Errorf("%s: exit code %d (want %d), message %q (want one line with %q)", what, code, wantCode, errs, says)
	}
}

// TestRemoteLife runs one export after the other through every answer that the
// API documents.
func TestRemoteLife(t *testing.T) {
	s := newRemote(t)
	code, out, errs := s.run(t, "status", "--json")
	expect(t, "status of nothing", code, exitDone, errs, "")
	if out != "{}\n" {
		t.Errorf("status of nothing: %q", out)
	}
	if _, out, _ := s.run(t, "status"); !strings.HasPrefix(out, "Not started") {
		t.Errorf("status of nothing, for people: %q", out)
	}
	code, out, errs = s.run(t, "cancel", "--json")
	expect(t, "cancel nothing", code, exitNotRunning, errs, "no export job running")
	if got := cancellationOf(t, out); got != pipeline.CancellationDiscarded {
		t.Errorf("cancel nothing: %s", out)
	}
	code, out, errs = s.run(t, "cancel")
	expect(t, "cancel nothing, for people", code, exitNotRunning, errs, "no export job running")
	if out != "" {
		t.Errorf("said twice: %q", out)
	}

	reached, release := s.Hold(pipeline.PhaseExporting)
	code, out, errs = s.run(t, "start", "--json", "--from-date", "2020-10-22T01:30+01:00")
	expect(t, "start", code, exitDone, errs, "")
	if job := jobOf(t, out); job.ID != 1 || job.Status != pipeline.Started || job.Config.ForcedExport ||
		pipeline.FormatFromDate(job.Config.ExportFrom.UTC()) != "2020-10-22T00:30Z" {
		t.Errorf("start: %s", out)
	}
	<-reached
	code, out, errs = s.run(t, "start", "--json", "--wait")
	expect(t, "start while one runs", code, exitRunning, errs, "job 1 is already running")
	if job := jobOf(t, out); job.ID != 1 || job.Status != pipeline.Started {
		t.Errorf("start while one runs: %s", out)
	}
	code, out, errs = s.run(t, "cancel", "--json")
	expect(t, "cancel", code, exitDone, errs, "")
	if got := cancellationOf(t, out); got != pipeline.CancellationAccepted {
		t.Errorf("cancel: %s", out)
	}
	release()
	code, out, errs = s.run(t, "status", "--json", "--wait")
	expect(t, "status of a cancelled job", code, exitElsewhere, errs, "cancelled by someone else")
	if job := jobOf(t, out); job.ID != 1 || job.Status != pipeline.Cancelled {
		t.Errorf("status of a cancelled job: %s", out)
	}
	if code, _, _ := s.run(t, "status"); code != exitDone {
		t.Errorf("status without --wait: exit code %d", code)
	}
}

func cancellationOf(t *testing.T, out string) (c pipeline.Cancellation) {
	t.Helper()
	if err := json.Unmarshal([]byte(out), &c); err != nil {
		t.Fatalf("%v in %q", err, out)
	}
	return c
}

// TestRemoteValidation starts on an inconsistent index, then forces it.
func TestRemoteValidation(t *testing.T) {
	s := newRemote(t)
	s.Break()
	code, out, errs := s.run(t, "start", "--json", "--wait")
	expect(t, "start", code, exitInconsistent, errs, "force")
	if job := jobOf(t, out); job.ID != 1 || job.Status != pipeline.Failed || len(job.Errors) == 0 || job.Errors[0].Key != pipeline.KeyPreValidation {
		t.Errorf("start: %s", out)
	}
	code, out, errs = s.run(t, "status", "--json", "--wait")
	expect(t, "wait for it", code, exitInconsistent, errs, "force")
	if job := jobOf(t, out); job.ID != 1 {
		t.Errorf("wait for it: %s", out)
	}
	code, out, errs = s.run(t, "start", "--json", "--wait", "--force")
	expect(t, "force", code, exitDone, errs, "")
	if job := jobOf(t, out); job.ID != 2 || job.Status != pipeline.Completed || !job.Config.ForcedExport || len(job.Warnings) == 0 || job.Statistics == nil {
		t.Errorf("force: %s", out)
	}
}

// TestRemoteCancelWaits cancels and waits for the end, which is a success.
func TestRemoteCancelWaits(t *testing.T) {
	s := newRemote(t)
	reached, _ := s.Hold(pipeline.PhaseExporting)
	if code, _, errs := s.run(t, "start"); code != exitDone {
		t.Fatal(code, errs)
	}
	<-reached
	code, out, errs := s.run(t, "cancel", "--wait")
	expect(t, "cancel", code, exitDone, errs, "")
	if !strings.HasPrefix(out, "Job 1: cancelled") {
		t.Errorf("cancel: %q", out)
	}
}

// TestRemoteToken gives the token in each way, and a wrong one in each way.
func TestRemoteToken(t *testing.T) {
	s := newRemote(t)
	write := func(name, content string) string {
		t.Helper()
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	keep := func(v string) {
		t.Helper()
		if err := keyring.Set(secret.Service, s.URL+"/confluence", v); err != nil {
			t.Fatal(err)
		}
	}
	good := write("good", remoteToken+"\r\n")
	for _, c := range []struct {
		name        string
		environment string
		keyring     string
		args        []string
		code        int
		says        string
	}{
		{"environment", remoteToken, "", nil, exitDone, ""},
		{"file before environment", "wrong-token", "wrong-too", []string{"--token-file", good}, exitDone, ""},
		{"keyring", "", remoteToken, nil, exitDone, ""},
		{"environment before keyring", "wrong-token", remoteToken, nil, exitNotAuthorised, "does not accept the token"},
		{"none", "", "", nil, exitNotAuthorised, "none was sent"},
		{"wrong file", remoteToken, "", []string{"--token-file", write("bad", "wrong-token")}, exitNotAuthorised, "does not accept the token"},
		{"as a password", remoteToken, "", []string{"--user", "admin"}, exitDone, ""},
		{"wrong password", "wrong-token", "", []string{"--user", "admin"}, exitNotAuthorised, "does not accept the token or password"},
		{"empty file", remoteToken, "", []string{"--token-file", write("empty", " \n")}, exitUsage, "is empty"},
		{"two lines", "", "", []string{"--token-file", write("two", "wrong\n"+remoteToken)}, exitUsage, "several lines"},
		{"a huge file", "", "", []string{"--token-file", write("huge", strings.Repeat("x", secret.LongestFile+1))}, exitUsage, "too long"},
		{"no file", "", "", []string{"--token-file", good + ".gone"}, exitFailed, "good.gone"},
		{"a space", "to ken", "", nil, exitUsage, "no token has"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv(tokenVariable, c.environment)
			keyring.MockInit()
			if c.keyring != "" {
				keep(c.keyring)
			}
			code, out, errs := s.run(t, "status", append([]string{"--json"}, c.args...)...)
			expect(t, "status", code, c.code, errs, c.says)
			if c.code == exitDone && out != "{}\n" || c.code != exitDone && problemIn(t, out).Kind != kindOf(c.code) {
				t.Errorf("printed %q", out)
			}
		})
	}
}

// TestRemoteKeyringCannotBeUsed tells a keyring that is locked from none.
func TestRemoteKeyringCannotBeUsed(t *testing.T) {
	s := newRemote(t)
	t.Setenv(tokenVariable, "")
	for cause, says := range map[string]string{
		"failed to unlock the collection":                                         "it is locked",
		"The name org.freedesktop.secrets was not provided by any .service files": "",
	} {
		keyring.MockInitWithError(errors.New(cause))
		code, _, errs := s.run(t, "status")
		warned := strings.Contains(errs, "there may be a token")
		if code != exitNotAuthorised || warned != (says != "") || !strings.Contains(errs, says) {
			t.Errorf("%s: exit code %d, %s", cause, code, errs)
		}
	}
}

// TestRemoteBasic sends a user and a password.
func TestRemoteBasic(t *testing.T) {
	alone(t)
	t.Setenv(tokenVariable, "pass word")
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, password, ok := r.BasicAuth()
		if !ok || user != "admin" || password != "pass word" || r.UserAgent() != "Sluice/test" {
			t.Errorf("sent %q, %q, %q", user, password, r.UserAgent())
		}
		w.Write([]byte("{}"))
	}))
	defer s.Close()
	code, out, errs := runRemote(t, "status", "--url", s.URL, "--user", "admin", "--json")
	expect(t, "status", code, exitDone, errs, "")
	if out != "{}\n" {
		t.Errorf("printed %q", out)
	}
}

// serveScript runs a command against a server of a test.
func serveScript(t *testing.T, h http.Handler, command string, args ...string) (code int, out, errs string) {
	t.Helper()
	s := httptest.NewServer(h)
	defer s.Close()
	return runRemote(t, command, append([]string{"--url", s.URL}, args...)...)
}
