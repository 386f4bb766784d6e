//go:build e2e

package e2e

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// scripted answers every status with {}, as a node does that knows of no job, and
// each start and cancellation as the test says.
func scripted(t *testing.T, answer func(w http.ResponseWriter, r *http.Request)) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.Method == http.MethodGet {
			io.WriteString(w, "{}")
			return
		}
		answer(w, r)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// remembering is a config folder in which the window remembers sources, and which was
// chosen; "" if none was.
func remembering(t *testing.T, chosen string, sources ...map[string]any) (config string) {
	t.Helper()
	b, err := json.Marshal(map[string]any{"version": 1, "chosen": chosen, "sources": sources})
	if err != nil {
		t.Fatal(err)
	}
	config = t.TempDir()
	if err := os.MkdirAll(filepath.Join(config, "sluice"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(config, "sluice", "window.json"), b, 0o600); err != nil {
		t.Fatal(err)
	}
	return config
}

// signIn enters a token in the place of the server that is in sight.
func (p *program) signIn() {
	p.t.Helper()
	p.await("Sign in")
	p.fillField("field secret", token)
	p.click("Sign in")
}

// TestAnswersThatTheStatusDoesNotTell: a 409 is enough to show and to cancel the job
// that runs, and a 422 to force the export, though the status says {} for ever. The
// token of each server is asked for once, when it is looked at.
func TestAnswersThatTheStatusDoesNotTell(t *testing.T) {
	beside(t)
	var cancelled, forced atomic.Bool
	busy := scripted(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodDelete {
			cancelled.Store(true)
			w.WriteHeader(http.StatusAccepted)
			io.WriteString(w, `{"status":"OK","message":"Cancellation request successfully received."}`)
			return
		}
		w.WriteHeader(http.StatusConflict)
		io.WriteString(w, `{"startTime":"2021-03-03T12:08:24.045+11:00","nodeId":"node7","jobId":125,"status":"STARTED","config":{"exportFrom":"2020-03-03T12:08:24.036+11:00","forcedExport":true}}`)
	})
	index := scripted(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("forceExport") == "true" {
			forced.Store(true)
			w.WriteHeader(http.StatusAccepted)
			io.WriteString(w, `{"startTime":"2021-03-03T12:08:24.045+11:00","nodeId":"node1","jobId":57,"status":"STARTED","config":{"forcedExport":true}}`)
			return
		}
		w.WriteHeader(http.StatusUnprocessableEntity)
		io.WriteString(w, `{"startTime":"2021-03-03T12:08:00.045+11:00","completedTime":"2021-03-03T12:08:01.045+11:00","nodeId":"node1","jobId":56,"status":"FAILED","config":{"exportFrom":"2020-03-03T12:08:24.036+11:00","forcedExport":false},"errors":[{"key":"export.pre.validation.failed","message":"Inconsistent index used for export job."}]}`)
	})
	server := func(id, name, url string) map[string]any {
		return map[string]any{"id": id, "kind": "server", "name": name, "server": map[string]any{"url": url}}
	}
	p := newDesk(t).openWith(remembering(t, "", server("b", "Busy", busy), server("i", "Index", index)), t.TempDir())
	p.signIn()
	p.says("Busy: Not started – Sluice")
	p.click("Start export")
	p.says("Busy: Started, forced – Sluice")
	p.click("Cancel job 125")
	p.keyboardOn("Back") // it has run for years: the window asks
	p.key("Tab")
	p.key("space")
	p.says("Busy: Cancellation requested, forced – Sluice")
	if !cancelled.Load() {
		t.Error("the server was not asked to cancel")
	}
	p.click("Index")
	p.signIn()
	p.says("Index: Not started – Sluice")
	p.click("Start export")
	p.says("Index: Failed – Sluice")
	p.click("Force export: may be incomplete")
	p.says("Index: Started, forced – Sluice")
	if !forced.Load() {
		t.Error("the export was not forced")
	}
}

// TestAnotherHomeKeepsTheJobs of the one before: a known snapshot is opened under a
// home of its own choice, and its jobs stay a click away.
func TestAnotherHomeKeepsTheJobs(t *testing.T) {
	beside(t)
	dir := t.TempDir()
	db, usual, other := filepath.Join(dir, "wiki.db"), filepath.Join(dir, "usual"), filepath.Join(dir, "other")
	sluice(t, "demo", db, "--pages", "50")
	sluice(t, "export", "--snapshot", db, "--home", usual)
	config := t.TempDir()
	d := newDesk(t)
	p := d.openWith(config, usual, "--snapshot", db)
	p.says("wiki.db: Completed – Sluice")
	if err := p.interrupt(); err != nil {
		t.Fatal(err)
	}
	p = d.openWith(config, other, "--snapshot", db)
	p.says("wiki.db: Not started – Sluice")
	p.key("ctrl+2")
	p.click(usual)
	p.says("wiki.db: Completed – Sluice")
	if err := p.interrupt(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(config, "sluice", "sources.json"))
	if err != nil || !strings.Contains(string(b), `"home": "`+usual+`"`) {
		t.Errorf("remembered is %s (%v)", b, err)
	}
	none := filepath.Join(dir, "none.db")
	if err := os.WriteFile(none, []byte("no snapshot at all"), 0o600); err != nil {
		t.Fatal(err)
	}
	p = d.openWith(config, other, "--snapshot", none)
	p.click("Close") // what says why
	p.says("wiki.db: Completed – Sluice")
	p.gone("none.db")
}
