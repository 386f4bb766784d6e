package steps

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"sluice/hooks"
	"sluice/pipeline"
	"sluice/schedule"
	"sluice/schedule/runner"
	"sluice/source"
)

// TestHooks: those that want to be told are called in their order; one that fails keeps
// none of the others from it, and fails no run.
func TestHooks(t *testing.T) {
	var got []hooks.Event
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		var e hooks.Event
		if err := json.Unmarshal(b, &e); err != nil {
			t.Error(err)
		}
		got = append(got, e)
		if r.URL.Path == "/fails" {
			w.WriteHeader(http.StatusForbidden)
		}
	}))
	defer server.Close()
	f := hooks.NewFile(t.TempDir())
	if err := f.Update(func([]hooks.Hook) ([]hooks.Hook, error) {
		return []hooks.Hook{
			{Name: "fails", On: []hooks.On{hooks.OnEnd}, URL: server.URL + "/fails"},
			{Name: "missed", On: []hooks.On{hooks.OnMissed}, URL: server.URL},
			{Name: "end", On: []hooks.On{hooks.OnEnd}, URL: server.URL},
		}, nil
	}); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	step := Hooks{File: f, Caller: hooks.Caller{FirstWait: 1}, Logger: slog.New(slog.NewTextHandler(&log, nil))}
	at := time.Date(2026, 11, 20, 2, 30, 0, 0, time.UTC)
	e := runner.Ended{Plan: schedule.Plan{Schedule: schedule.Schedule{Name: "nightly"}}, Source: source.Source{Name: "wiki"},
		Result: schedule.Result{Outcome: schedule.Completed, Due: at, Ended: at},
		Done:   runner.Done{Job: pipeline.Job{ID: 12, Status: pipeline.Completed}, Files: []pipeline.File{{Name: "pages", Path: "/x", Rows: 3, Bytes: 40}}}}
	if err := step.After(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[1].Schedule != "nightly" || got[1].Source != "wiki" || got[1].Job.ID != 12 || got[1].Files[0].Rows != 3 || !got[1].At.Equal(at) {
		t.Errorf("told %+v", got)
	}
	if !strings.Contains(log.String(), "hook fails") || !strings.Contains(log.String(), "HTTP 403") {
		t.Errorf("log: %s", log.String())
	}
	first := got[1].ID
	got = nil
	if err := step.After(t.Context(), e); err != nil || len(got) != 2 || first == "" || got[1].ID != first || got[0].ID != first { // the process had ended within
		t.Errorf("told again: %+v, %v, before by the name %q", got, err, first)
	}
	if e.Result.Attempt++; step.After(t.Context(), e) != nil || got[2].ID == first {
		t.Errorf("another attempt has the name of the first: %+v", got)
	}
	got = nil
	e.Result.Outcome, e.Job, e.Files = schedule.WasMissed, pipeline.Job{}, nil
	if err := step.After(t.Context(), e); err != nil || len(got) != 1 || got[0].Event != "missed" || got[0].Job != nil {
		t.Errorf("missed: %+v, %v", got, err)
	}
	if err := os.WriteFile(f.Path(), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	log.Reset()
	if err := step.After(t.Context(), e); err != nil || !strings.Contains(log.String(), "hooks.json") {
		t.Errorf("a broken list: %v, %s", err, log.String())
	}
}
