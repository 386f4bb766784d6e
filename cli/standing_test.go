package cli

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
	"sluice/source"
)

// TestStatusOfAllIsWorstFirst: the table begins with what somebody has to look after, and
// says so in the words of the window, with the age of the last success and the time that a
// job takes as a rule; the document stays in the order of the list.
func TestStatusOfAllIsWorstFirst(t *testing.T) {
	newRemote(t)
	t.Setenv("SLUICE_HOME", t.TempDir())
	now := time.Now().UTC().Truncate(time.Second)
	stamp := func(ago time.Duration) string { return now.Add(-ago).Format(time.RFC3339) }
	answers := func(name, body string, code int) {
		h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(code)
			w.Write([]byte(body))
		}))
		t.Cleanup(h.Close)
		addNamed(t, h.URL, name)
	}
	completed := func(ago time.Duration) string {
		return `{"jobId":7,"status":"COMPLETED","startTime":"` + stamp(ago+time.Hour) + `","completedTime":"` + stamp(ago) + `"}`
	}
	answers("fresh", completed(3*time.Hour+time.Minute), 200)
	answers("old", completed(5*24*time.Hour), 200)
	answers("over", `{"jobId":7,"status":"STARTED","startTime":"`+stamp(20*time.Hour)+`"}`, 200)
	answers("refuses", `{}`, 401)
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	addNamed(t, gone.URL, "gone")
	for _, s := range theList(t) {
		if s.Name == "over" || s.Name == "gone" {
			noteJobs(t, s, now)
		}
	}

	_, out, errs := runRemote(t, "status", "--all")
	var names []string
	for _, line := range strings.Split(strings.TrimSpace(out), "\n")[1:] {
		cells := regexp.MustCompile(` {2,}`).Split(strings.TrimSpace(line), -1)
		names = append(names, strings.Join(cells[:min(3, len(cells))], "|"))
	}
	want := "refuses|Not authorised; gone|Unreachable|30 h ago; over|Longer than usual|30 h ago; old|Completed|5 d ago; fresh|Completed|3 h ago"
	if got := strings.Join(names, "; "); got != want {
		t.Errorf("it says %q,\nwant %q\n%s%s", got, want, out, errs)
	}
	if !strings.Contains(out, "usually 10 h, is 10 h over") {
		t.Errorf("%s", out)
	}
	_, out, _ = runRemote(t, "status", "--all", "--json")
	var doc struct {
		Servers []struct {
			Name, Standing string
			LastSuccess    *time.Time
		}
	}
	if err := json.Unmarshal([]byte(out), &doc); err != nil || len(doc.Servers) != 5 {
		t.Fatalf("%v: %s", err, out)
	}
	first, last := doc.Servers[0], doc.Servers[4]
	if first.Name != "fresh" || first.Standing != "completed" || first.LastSuccess == nil || last.Standing != "unreachable" || last.LastSuccess == nil {
		t.Errorf("%+v", doc)
	}
}

// noteJobs notes two jobs of ten hours in the journal of a server.
func noteJobs(t *testing.T, s source.Source, now time.Time) {
	t.Helper()
	c := &call{program: &Program{}, logger: slog.New(slog.DiscardHandler), journals: os.Getenv("SLUICE_HOME")}
	journal := c.backendIn(c.journals).Journal(s)
	for id := range 2 {
		start := now.Add(-time.Duration(2-id)*50*time.Hour + 10*time.Hour)
		if err := journal.Note(pipeline.Job{ID: int64(id + 1), Status: pipeline.Completed, StartTime: pipeline.At(start), CompletedTime: pipeline.At(start.Add(10 * time.Hour))}); err != nil {
			t.Fatal(err)
		}
	}
}
