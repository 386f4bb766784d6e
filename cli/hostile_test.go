package cli

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	_ "modernc.org/sqlite" // to put hostile values into a snapshot

	"sluice/localexport/demo"
	"sluice/pipeline"
	"sluice/visible"
)

// hostileText is what a server, a file or a snapshot may hold: a colour, the
// clipboard of a terminal, C1, a turned order, no width, breaks, and a message of
// our own that it is not.
const hostileText = "evil\x1b[31m\x1b]52;c;cm0gLXJm\x07\u009b2J\u202etxt\u2066\u200b\ufeff\u2028\r\n\tsluice: all is well\n\x00\x7f"

// checkClean fails the test where an output holds what a terminal would obey or
// would not show, or a forged message.
func checkClean(t *testing.T, what, output string) {
	t.Helper()
	if !utf8.ValidString(output) {
		t.Errorf("%s: no UTF-8: %q", what, output)
	}
	for i, r := range output {
		if visible.Hidden(r) && r != '\n' && r != '\t' {
			t.Errorf("%s: %U at %d of %q", what, r, i, output[max(0, i-20):min(len(output), i+20)])
			return
		}
	}
	for line := range strings.SplitSeq(output, "\n") {
		if strings.HasPrefix(line, "sluice: all is well") {
			t.Errorf("%s: a forged message in %q", what, output)
		}
	}
}

// runHostile runs a command and checks both outputs. JSON must give the value.
func runHostile(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	code, out, errs = runProgram(t, args...)
	what := fmt.Sprintf("%.40q", args)
	checkClean(t, what+" stdout", out)
	checkClean(t, what+" stderr", errs)
	return code, out, errs
}

// TestHostileServer runs every remote command against servers whose every answer is
// hostile.
func TestHostileServer(t *testing.T) {
	alone(t)
	t.Setenv(tokenVariable, remoteToken)
	long := hostileText + strings.Repeat("A", 100_000)
	var diagnostics []pipeline.Diagnostic
	for range 30 {
		diagnostics = append(diagnostics, pipeline.Diagnostic{Key: hostileText, Message: long[:10_000]})
	}
	job, err := json.Marshal(map[string]any{"jobId": 1, "status": hostileText, "nodeId": long, "errors": diagnostics, "warnings": diagnostics,
		"startTime": "2026-01-01T00:00:00Z", "config": map[string]any{"exportFrom": "2025-01-01T00:00:00Z"}, hostileText: hostileText})
	if err != nil {
		t.Fatal(err)
	}
	message, _ := json.Marshal(map[string]any{"status": "OK", "message": long})
	for name, answer := range map[string]http.HandlerFunc{
		"job": func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodDelete {
				w.Write(message)
				return
			}
			w.WriteHeader(map[string]int{"GET": 200, "POST": 202}[r.Method])
			w.Write(job)
		},
		"conflict": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(409); w.Write(job) },
		"invalid":  func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(422); w.Write(job) },
		"message":  func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(403); w.Write(message) },
		"text":     func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500); w.Write([]byte(hostileText)) },
		"no JSON":  func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("{\"jobId\":\"" + hostileText)) },
		"redirect": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "https://evil.example/%1b%5d52;%e2%80%ae/"+strings.Repeat("A", 10_000))
			w.WriteHeader(302)
		},
	} {
		s := httptest.NewServer(answer)
		for _, command := range []string{"status", "start", "cancel"} {
			for _, more := range [][]string{nil, {"--json"}, {"-v"}} {
				_, out, errs := runHostile(t, append([]string{command, "--url", s.URL, "--timeout", "5s"}, more...)...)
				if len(out) > 100_000 && more == nil {
					t.Errorf("%s %s: %d bytes for people", name, command, len(out))
				}
				if name == "job" && command == "status" && more == nil && !strings.Contains(out, "and 10 more") {
					t.Errorf("it is not said that there are more messages: %.300q … %s", out, errs)
				}
				if name == "job" && command == "status" && len(more) == 1 && more[0] == "--json" && jobOf(t, out).Errors[29].Message != long[:10_000] {
					t.Error("JSON does not carry the message")
				}
			}
		}
		s.Close()
	}
}

// TestHostileFiles runs the commands for files over hostile names and contents.
func TestHostileFiles(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("such names are not possible")
	}
	alone(t)
	dir := filepath.Join(t.TempDir(), strings.ReplaceAll(hostileText, "\x00", ""))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	csv := filepath.Join(dir, "a\x1b]52;c;x\x07.csv")
	cells := "\"a" + hostileText + "\",b\x9b\r\n\"" + hostileText + "\",\x1b[2J\xff\r\n"
	if err := os.WriteFile(csv, []byte(cells), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{}, {"--json"}, {"--count"}, {"--count", "--json"}, {"--find", "evil"}, {"--find", "\x1b]52;none"}, {"--at", "99"}, {"-v"}} {
		_, out, _ := runHostile(t, append([]string{"preview", csv}, args...)...)
		var page struct{ Header []string }
		if len(args) == 1 && args[0] == "--json" && (json.Unmarshal([]byte(out), &page) != nil || !strings.HasPrefix(page.Header[0], "aevil\x1b[31m\x1b]52;c;cm0gLXJm\x07\u009b2J\u202etxt")) {
			t.Errorf("JSON does not carry the value: %q", out)
		}
	}
	gone := filepath.Join(dir, "gone")
	for _, args := range [][]string{
		{"preview", gone}, {"preview", dir}, {"inspect", gone}, {"inspect", csv}, {"export", "--snapshot", gone, "--home", filepath.Join(dir, "home")},
		{"export", "--snapshot", csv, "--home", filepath.Join(dir, "home")}, {"serve", "--snapshot", gone}, {"demo", filepath.Join(gone, "x", "y.db")},
		{"status", "--url", "https://" + strings.ReplaceAll(hostileText, "\x00", "")}, {"status", "--url", "https://x", "--token-file", gone},
		{hostileText}, {"preview", csv, "--" + hostileText}, {"demo", gone, "--pages", "x" + hostileText},
	} {
		if code, _, errs := runHostile(t, args...); code == exitDone || errs == "" {
			t.Errorf("%.60q: exit code %d, %q", args, code, errs)
		}
	}
}

// TestHostileSnapshot exports and inspects a snapshot with hostile names and values,
// at a hostile path.
func TestHostileSnapshot(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("such names are not possible")
	}
	alone(t)
	dir := t.TempDir()
	made := filepath.Join(dir, "made.db")
	if code, _, errs := runHostile(t, "demo", made, "--pages", "40"); code != exitDone {
		t.Fatal(errs)
	}
	db, err := sql.Open("sqlite", made)
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		"UPDATE spaces SET spacename = ?", "UPDATE cwd_user SET display_name = ?", "UPDATE content SET title = ? WHERE contenttype = 'PAGE'",
	} {
		if _, err := db.Exec(statement, hostileText); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	snapshot := filepath.Join(dir, "s\x1b]52;c;x\x07\n\u202e.db")
	if err := os.Rename(made, snapshot); err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(dir, "home\u009b\n")
	for _, args := range [][]string{
		{"inspect", snapshot}, {"inspect", snapshot, "--json"}, {"inspect", snapshot, "--full"},
		{"export", "--snapshot", snapshot, "--home", home, "--min-free-space", "-1", "-v"},
		{"export", "--snapshot", snapshot, "--home", home, "--min-free-space", "-1", "--json", "--base-url", "https://x.example/" + "\u202e"},
	} {
		if code, _, errs := runHostile(t, args...); code != exitDone {
			t.Errorf("%.60q: exit code %d, %s", args, code, errs)
		}
	}
	found, err := filepath.Glob(filepath.Join(home, "data-pipeline", "export", "1", "pages_*.csv"))
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	runHostile(t, "preview", found[0])
	kept, err := os.ReadFile(found[0])
	if err != nil || !strings.Contains(string(kept), "evil\x1b[31m") {
		t.Errorf("the file does not hold the bytes of the snapshot (%v)", err)
	}
}

// TestGuessedZoneIsNoWarning: a complete export whose zone was found has no warnings,
// neither on the command line nor over REST; the note is told and kept.
func TestGuessedZoneIsNoWarning(t *testing.T) {
	isolate(t)
	snapshot, _ := demoSnapshot(t, demo.Options{Pages: 300, Seed: 1})
	home := filepath.Join(t.TempDir(), "home")
	local := []string{"--snapshot", snapshot, "--home", home, "--min-free-space", "-1"}
	_, out, errs := runProgram(t, append([]string{"export", "--json"}, local...)...)
	var kept pipeline.Kept
	if err := json.Unmarshal([]byte(out), &kept); err != nil {
		t.Fatal(err, errs)
	}
	if len(kept.Warnings) != 0 || len(kept.Notes) == 0 || kept.Notes[0].Key != "export.snapshot.time.zone" {
		t.Errorf("warnings %v, notes %v", kept.Warnings, kept.Notes)
	}
	if _, out, _ := runProgram(t, append([]string{"export"}, local...)...); !strings.Contains(out, "\n  note     The server seems") {
		t.Errorf("the note is not told: %q", out)
	}
	s := serve(t, local[:4]...)
	t.Setenv(tokenVariable, s.await(t, `shown only now: (\S+)`))
	_, wire, errs := runProgram(t, "status", "--json", "--url", s.await(t, `at (http://\S+)/rest`))
	if strings.Contains(wire, "notes") || strings.Contains(wire, "warnings") || !strings.Contains(wire, "COMPLETED") {
		t.Errorf("over REST the job is %s %s", wire, errs)
	}
	s.stop()
	manifest, err := os.ReadFile(filepath.Join(home, "data-pipeline", "export", "1", "manifest.json"))
	if err != nil || !strings.Contains(string(manifest), `"notes"`) {
		t.Errorf("the manifest has no notes (%v)", err)
	}
}
