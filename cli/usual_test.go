package cli

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
)

// TestUsualOfAServer: what runs at a server of the list is said to end by what the journal
// has of earlier jobs, and by nothing else.
func TestUsualOfAServer(t *testing.T) {
	newRemote(t)
	t.Setenv("SLUICE_HOME", t.TempDir())
	began := time.Now().Add(-time.Hour).UTC().Truncate(time.Second)
	h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Write([]byte(`{"jobId":7,"status":"STARTED","startTime":"` + began.Format(time.RFC3339) + `","usual":"no"}`))
	}))
	t.Cleanup(h.Close)
	addNamed(t, h.URL, "slow")
	code, out, errs := runRemote(t, "status", "--server", "slow")
	if code != exitDone || strings.Contains(out, "usually") {
		t.Errorf("without a journal: exit code %d, %s%s", code, out, errs)
	}
	s := theList(t)[0]
	c := &call{program: &Program{}, logger: slog.New(slog.DiscardHandler), journals: os.Getenv("SLUICE_HOME")}
	journal := c.backendIn(c.journals).Journal(s)
	for id, took := range []time.Duration{15 * time.Hour, 14 * time.Hour, 40 * time.Hour} {
		start := began.AddDate(0, 0, -5+id)
		if err := journal.Note(pipeline.Job{ID: int64(id + 1), Status: pipeline.Completed, StartTime: pipeline.At(start), CompletedTime: pipeline.At(start.Add(took))}); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"--server", "slow"}, {"--url", h.URL + "/"}, {"--all"}} {
		code, out, errs = runRemote(t, "status", args...)
		if code != exitDone || !strings.Contains(out, "usually 15 h, ends about ") {
			t.Errorf("%v: exit code %d, %s%s", args, code, out, errs)
		}
		code, out, errs = runRemote(t, "status", append(args, "--json")...)
		var doc struct {
			Usual   *usual
			Servers []struct{ Usual *usual }
		}
		if err := json.Unmarshal([]byte(out), &doc); err != nil {
			t.Fatalf("%v: %s%s", err, out, errs)
		}
		if len(doc.Servers) > 0 {
			doc.Usual = doc.Servers[0].Usual
		}
		if code != exitDone || doc.Usual == nil || doc.Usual.Seconds != 15*3600 || doc.Usual.Jobs != 3 || doc.Usual.Overdue ||
			doc.Usual.Ends.Sub(began.Add(15*time.Hour)).Abs() > 5*time.Minute {
			t.Errorf("%v: exit code %d, %s%s", args, code, out, errs)
		}
	}
}

// TestUsualWords: it is told while the job is followed, and that it runs for too long.
func TestUsualWords(t *testing.T) {
	now := time.Date(2026, 11, 24, 14, 20, 0, 0, time.Local)
	u := &usual{of: pipeline.Usual{Took: 15 * time.Hour, Jobs: 2, Began: now}}
	state := pipeline.State{Job: pipeline.Job{ID: 7, Status: pipeline.Started, StartTime: pipeline.At(now)}}
	for after, want := range map[time.Duration]string{
		time.Hour:                     "job 7  Started  1 h  usually 15 h, ends about 05:20",
		15*time.Hour + 10*time.Minute: "job 7  Started  15 h 10 min  usually 15 h, ends soon",
		17 * time.Hour:                "job 7  Started  17 h  usually 15 h, is 2 h over",
	} {
		if got := followText(state, u, now.Add(after)); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	u.of.Took = 40 * time.Hour
	if got := u.words(now); got != "usually 40 h, ends about 2026-11-26 06:20" {
		t.Error(got)
	}
}

// TestStartKeepsTheJournal: what cron starts is in the history of the window, and estimates
// are made of it.
func TestStartKeepsTheJournal(t *testing.T) {
	newRemote(t)
	t.Setenv("SLUICE_HOME", t.TempDir())
	began := time.Now().Add(-time.Minute).UTC().Format("2006-01-02T15:04:05.000Z")
	status := "STARTED"
	h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"jobId":56,"status":%q,"startTime":%q}`, status, began)
	}))
	defer h.Close()
	code, _, errs := runRemote(t, "sources", "add", "prod", "--url", h.URL)
	expect(t, "sources add", code, exitDone, errs, "")
	code, _, errs = runRemote(t, "start", "--server", "prod")
	expect(t, "start", code, exitDone, errs, "")
	c := &call{program: &Program{}, logger: slog.New(slog.DiscardHandler), journals: os.Getenv("SLUICE_HOME")}
	noted := func() pipeline.Job {
		t.Helper()
		jobs, err := c.backendIn(c.journals).Journal(theList(t)[0]).Jobs(t.Context(), 0)
		if err != nil || len(jobs) != 1 {
			t.Fatalf("%+v, %v", jobs, err)
		}
		return jobs[0]
	}
	if job := noted(); job.ID != 56 || job.Status != pipeline.Started || job.StartedBy != pipeline.ByPerson {
		t.Errorf("noted %+v", job)
	}
	status = "COMPLETED"
	code, _, errs = runRemote(t, "status", "--all")
	expect(t, "status", code, exitDone, errs, "")
	if job := noted(); job.Status != pipeline.Completed || job.StartedBy != pipeline.ByPerson {
		t.Errorf("noted %+v", job)
	}
}
