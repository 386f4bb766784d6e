package cli

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"sluice/localexport/demo"
)

// TestExportPathOfAServer reads, sets and resets the path through our own server.
func TestExportPathOfAServer(t *testing.T) {
	s := newRemote(t)
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	code, home, errs := s.run(t, "export-path")
	expect(t, "get", code, exitDone, errs, "")
	if !filepath.IsAbs(strings.TrimSpace(home)) {
		t.Errorf("get: %q", home)
	}
	code, out, errs := s.run(t, "export-path", "set", dir)
	expect(t, "set", code, exitDone, errs, "")
	if !strings.Contains(out, dir) || !strings.Contains(out, "from now on") {
		t.Errorf("set: %q", out)
	}
	code, out, errs = s.run(t, "export-path", "get", "--json")
	expect(t, "get", code, exitDone, errs, "")
	if out != fmt.Sprintf("{\n  \"path\": %q\n}\n", dir) {
		t.Errorf("get --json: %q", out)
	}
	code, _, errs = s.run(t, "export-path", "set", filepath.Join(dir, "missing"))
	expect(t, "set what is missing", code, exitFailed, errs, "every node sees")
	code, _, errs = s.run(t, "export-path", "set", "relative")
	expect(t, "set a relative path", code, exitUsage, errs, "must be absolute")
	code, _, errs = s.run(t, "export-path", "set")
	expect(t, "set nothing", code, exitUsage, errs, "which path")
	code, _, errs = s.run(t, "export-path", "reset", dir)
	expect(t, "reset to something", code, exitUsage, errs, "takes no path")
	code, out, errs = s.run(t, "export-path", "reset")
	expect(t, "reset", code, exitDone, errs, "")
	if !strings.Contains(out, strings.TrimSpace(home)) {
		t.Errorf("reset: %q", out)
	}
}

// TestExportPathRefused: what a server has against it is told, and an older product
// that lacks the operation is no wrong address.
func TestExportPathRefused(t *testing.T) {
	alone(t)
	t.Setenv(tokenVariable, remoteToken)
	for _, c := range []struct {
		status int
		body   string
		code   int
		says   string
	}{
		{403, `{"message":"Only system administrators may change it."}`, exitNotAuthorised, "Only system administrators"},
		{404, "<html><title>Not found</title></html>", exitFailed, "Older versions"},
		{405, "", exitFailed, "does not offer"},
		{400, `{"message":"The directory is not writable."}`, exitFailed, "not writable"},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(c.status)
			fmt.Fprint(w, c.body)
		}))
		code, out, errs := runRemote(t, "export-path", "set", "/mnt/exports", "--url", server.URL)
		server.Close()
		expect(t, fmt.Sprint(c.status), code, c.code, errs, c.says)
		if out != "" {
			t.Errorf("%d: %q", c.status, out)
		}
	}
}

// TestExportPathOfAHome: what is set for a home holds for its next export, whose files
// verify finds.
func TestExportPathOfAHome(t *testing.T) {
	alone(t)
	snapshot, _ := demoSnapshot(t, demo.Options{Pages: 5})
	home := t.TempDir()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	export := []string{"export", "--snapshot", snapshot, "--home", home, "--min-free-space", "-1"}
	code, _, errs := runProgram(t, "export-path", "--home", home)
	expect(t, "of no home", code, exitFailed, errs, "no home of exports")
	if code, _, errs := runProgram(t, export...); code != exitDone {
		t.Fatal(errs)
	}
	code, _, errs = runProgram(t, "export-path", "set", dir, "--home", home)
	expect(t, "set", code, exitDone, errs, "")
	code, out, errs := runProgram(t, export...)
	if code != exitDone || !strings.Contains(out+errs, filepath.Join(dir, "2")) {
		t.Errorf("export: %d, %s%s", code, out, errs)
	}
	if code, out, errs := runProgram(t, "verify", "2", "--home", home); code != exitDone || !strings.Contains(out, "All 5 files") {
		t.Errorf("verify: %d, %s%s", code, out, errs)
	}
	code, out, errs = runProgram(t, "export-path", "reset", "--home", home)
	expect(t, "reset", code, exitDone, errs, "")
	if !strings.Contains(out, filepath.Join(home, "data-pipeline", "export")) {
		t.Errorf("reset: %q", out)
	}
}
