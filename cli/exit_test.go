package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/deliver"
	"sluice/localexport/demo"
	"sluice/pipeline"
)

// problemIn is the error in a JSON document.
func problemIn(t *testing.T, out string) problem {
	t.Helper()
	var document struct{ Error *problem }
	if err := json.Unmarshal([]byte(out), &document); err != nil || document.Error == nil {
		t.Fatalf("no document with an error (%v) in %q", err, out)
	}
	return *document.Error
}

// TestEndings holds the documentation against the table of exit codes.
func TestEndings(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	kinds := map[string]bool{}
	for i, e := range endings {
		rows = append(rows, fmt.Sprintf("| %d | %s | %s |\n", e.code, e.kind, e.meaning))
		if kinds[e.kind] || i > 0 && e.code <= endings[i-1].code || kindOf(e.code) != e.kind {
			t.Errorf("%+v", e)
		}
		kinds[e.kind] = true
	}
	if table := strings.Join(rows, ""); !strings.Contains(string(readme), table) {
		t.Errorf("README.md must hold the table of exit codes as it is in the code:\n%s", table)
	}
	code, out, errs := runProgram(t, "help", "exit-codes")
	if code != exitDone || errs != "" || strings.Count(out, "\n") != len(endings)+2 || !strings.Contains(out, " 10  gave-up ") {
		t.Errorf("help exit-codes: %d, %q, %q", code, out, errs)
	}
}

// TestBySignal: what a signal has ended is told without the words of a library, with all that
// is said beside.
func TestBySignal(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{fmt.Errorf("read pages: %w", context.Canceled), "read pages: cancelled by a signal"},
		{context.Canceled, "cancelled by a signal"},
		{errors.New("context canceled, it says"), "context canceled, it says"},
		{usageError{context.Canceled}, "context canceled"},
		{errSignal, "cancelled by a signal"},
	} {
		if got := bySignal(c.err); got.Error() != c.want || exitCode(got) != exitCode(c.err) || !errors.Is(got, c.err) {
			t.Errorf("%v is told as %v, with exit code %d", c.err, got, exitCode(got))
		}
	}
}

// TestExitOfAnswers is what scripts get of a server that answers in each of these
// ways.
func TestExitOfAnswers(t *testing.T) {
	failed := `{"jobId":56,"status":"FAILED","errors":[{"key":"export.failed","message":"No space."}]}`
	for _, c := range []struct {
		name   string
		status int
		header map[string]string
		body   string
		args   []string
		code   int
	}{
		{"nothing yet", 200, nil, "{}", nil, exitDone},
		{"a failed job", 200, nil, failed, nil, exitDone},
		{"a failed job, followed", 200, nil, failed, []string{"--wait"}, exitJobFailed},
		{"a cancelled job", 200, nil, `{"jobId":56,"status":"CANCELLED"}`, nil, exitDone},
		{"a cancelled job, followed", 200, nil, `{"jobId":56,"status":"CANCELLED"}`, []string{"--wait"}, exitElsewhere},
		{"an inconsistent index, followed", 200, nil, strings.Replace(failed, "export.failed", pipeline.KeyPreValidation, 1), []string{"--wait"}, exitInconsistent},
		{"a bad request", 400, nil, "{}", nil, exitFailed},
		{"no token", 401, nil, "{}", nil, exitNotAuthorised},
		{"no permission", 403, nil, "{}", nil, exitNotAuthorised},
		{"a login page", 200, map[string]string{"Content-Type": "text/html"}, "<html>Log in</html>", nil, exitNotAuthorised},
		{"a way to a login", 302, map[string]string{"Location": "https://sso.example/login"}, "", nil, exitNotAuthorised},
		{"not here", 404, nil, "{}", nil, exitFailed},
		{"too often", 429, map[string]string{"Retry-After": "100"}, "{}", nil, exitUnreachable},
		{"an internal error", 500, nil, "{}", nil, exitFailed},
		{"a gateway without a server", 502, nil, "<html>Bad gateway</html>", nil, exitUnreachable},
		{"maintenance", 503, map[string]string{"Retry-After": "100"}, "<html>Maintenance</html>", nil, exitUnreachable},
		{"a gateway that waits no longer", 504, nil, "", nil, exitUnreachable},
		{"no JSON", 200, nil, "hello", nil, exitFailed},
	} {
		t.Run(c.name, func(t *testing.T) {
			alone(t)
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				for name, value := range c.header {
					w.Header().Set(name, value)
				}
				w.WriteHeader(c.status)
				fmt.Fprint(w, c.body)
			}))
			defer s.Close()
			code, out, errs := runRemote(t, "status", append([]string{"--json", "--url", s.URL}, c.args...)...)
			if code != c.code {
				t.Errorf("exit code %d, want %d: %s", code, c.code, errs)
			}
			if code == exitDone {
				return
			}
			p := problemIn(t, out)
			if p.Kind != kindOf(c.code) || p.Message == "" || !strings.Contains(errs, p.Message) || strings.Count(errs, "\n") != 1 {
				t.Errorf("%+v, and for people %q", p, errs)
			}
			if job := jobOf(t, out); (job.ID == 56) != (c.args != nil) {
				t.Errorf("the document has job %d", job.ID)
			}
		})
	}
}

// TestEveryFailureIsADocument lets each command that can print JSON fail, by wrong use
// and otherwise: the standard output holds one document with the error.
func TestEveryFailureIsADocument(t *testing.T) {
	alone(t)
	p := &Program{Out: &strings.Builder{}, Err: &strings.Builder{}}
	gone := filepath.Join(t.TempDir(), "gone")
	seen := 0
	for _, command := range leaves(t, p) {
		hasJSON := false
		for _, flag := range command.Flags {
			hasJSON = hasJSON || flag.Name == "json"
		}
		if !hasJSON {
			continue
		}
		seen++
		code, out, errs := runProgram(t, command.Name, "--json", "--no-such-flag")
		if got := problemIn(t, out); code != exitUsage || got.Kind != "usage" || got.Hint != "Try: sluice "+command.Name+" --help" ||
			!strings.Contains(got.Message, "--no-such-flag") || strings.Contains(got.Message, "Try") || strings.Count(errs, "\n") != 1 {
			t.Errorf("wrong use of %s: exit code %d, %q, %q", command.Name, code, out, errs)
		}
		args := []string{command.Name, "--json"}
		for range command.Positional {
			args = append(args, filepath.Join(gone, "x"))
		}
		for _, flag := range command.Flags {
			switch flag.Name {
			case "home":
				args = append(args, "--home", gone+command.Name)
			case "snapshot":
				args = append(args, "--snapshot", gone)
			case "url":
				args = append(args, "--url", "http://127.0.0.1:1")
			case "bundle":
				args = append(args, "--bundle", t.TempDir()) // a folder is no file
			}
		}
		if command.Name == "cancel" {
			args = args[:len(args)-2] // one of --url and --home
		}
		code, out, errs = runProgram(t, args...)
		if got := problemIn(t, out); code == exitDone || got.Kind != kindOf(code) || got.Message == "" || errs == "" {
			t.Errorf("%v: exit code %d, %q, %q", args, code, out, errs)
		}
	}
	if seen < 10 {
		t.Errorf("only %d commands were seen", seen)
	}
}

// TestExportDocument is what a script gets of an export: its files if it completed,
// else its error.
func TestExportDocument(t *testing.T) {
	isolate(t)
	sound, _ := demoSnapshot(t, demo.Options{Pages: 40, Seed: 1})
	broken, _ := demoSnapshot(t, demo.Options{Pages: 40, Seed: 1, Inconsistent: true})
	home := filepath.Join(t.TempDir(), "home")
	export := func(snapshot string) (code int, out string) {
		code, out, _ = runProgram(t, "export", "--json", "--snapshot", snapshot, "--home", home, "--min-free-space", "-1")
		return code, out
	}
	code, out := export(sound)
	var document struct {
		Files []listedFile
		Error *problem
	}
	if err := json.Unmarshal([]byte(out), &document); err != nil || code != exitDone || document.Error != nil || len(document.Files) != 5 {
		t.Fatalf("exit code %d, %s (%v)", code, out, err)
	}
	for _, f := range document.Files {
		info, err := os.Stat(f.Path)
		if err != nil || info.Size() != f.Bytes || len(f.SHA256) != 64 || f.Rows < 1 || f.Name == "" || !filepath.IsAbs(f.Path) {
			t.Errorf("%+v: %v, %v", f, info, err)
		}
	}
	code, out = export(broken)
	if p := problemIn(t, out); code != exitInconsistent || p.Kind != "inconsistent-index" || p.Hint == "" || strings.Contains(out, `"files"`) || jobOf(t, out).ID != 2 {
		t.Errorf("exit code %d, %s", code, out)
	}
}

// TestExitOfABusyDelivery: somebody else is at it, which a script waits for.
func TestExitOfABusyDelivery(t *testing.T) {
	if code := exitCode(fmt.Errorf("deliver: %w", deliver.ErrBusy)); code != exitRunning {
		t.Errorf("exit %d", code)
	}
}
