//go:build e2e

package e2e

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// tenSources writes down that a window remembers nine servers and a snapshot, and
// returns its folder.
func tenSources(t *testing.T, db, home string) (config string) {
	t.Helper()
	type source = map[string]any
	var list []source
	for i := range 9 {
		list = append(list, source{"id": fmt.Sprint("s", i), "kind": "server", "name": fmt.Sprint("Wiki ", i), "server": source{"url": fmt.Sprintf("https://127.0.0.1:%d", i+1)}})
	}
	list = append(list, source{"id": "db", "kind": "snapshot", "name": "small.db", "snapshot": db, "home": home})
	return remembering(t, "db", list...)
}

// busyServer answers as a server does on which a job has run for hours.
func busyServer(t *testing.T) (address string, cancelled *atomic.Bool) {
	cancelled = &atomic.Bool{}
	began := time.Now().Add(-2 * time.Hour).Format("2006-01-02T15:04:05.000-07:00")
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		status := "STARTED"
		if r.Method == http.MethodDelete {
			cancelled.Store(true)
		}
		if cancelled.Load() {
			status = "CANCELLED"
		}
		io.WriteString(w, fmt.Sprintf(`{"startTime":%q,"nodeId":"node1","jobId":124,"status":%q,"config":{"exportFrom":"2020-03-03T12:08:24.036+11:00","forcedExport":false}}`, began, status))
	}))
	t.Cleanup(s.Close)
	return s.URL, cancelled
}

// TestByKeyboardAlone goes through a window with ten sources: between its parts, into
// a calendar, through what opens around a file, into a form that is filled in wrongly,
// and to the question before a job of two hours is cancelled.
func TestByKeyboardAlone(t *testing.T) {
	beside(t)
	db, home := filepath.Join(t.TempDir(), "small.db"), t.TempDir()
	sluice(t, "demo", db, "--pages", "40")
	sluice(t, "export", "--snapshot", db, "--home", home, "--from-date", "1990-01-01T00:00Z", "--min-free-space", "-1")
	p := newDesk(t).openWith(tenSources(t, db, home), home)
	p.says("small.db: Completed – Sluice")
	p.await("Open folder") // the title is there before the page

	for _, step := range []struct{ key, on string }{
		{"Tab", "Deliver…"}, {"Tab", "Open folder"}, {"Tab", "Export"}, // the page comes before ten sources
		{"F6", "Open pages"}, {"F6", "small.db"}, {"Up", "Wiki 8"}, {"F6", "Export"}, {"shift+F6", "small.db"}, {"shift+F6", "Open pages"}, {"shift+Tab", "Settings"},
	} {
		p.key(step.key)
		p.keyboardOn(step.on)
	}
	p.calendar()
	p.whatOpensAroundAFile()
	p.wrongForm(t)
}

// calendar picks a date by keyboard.
func (p *program) calendar() {
	p.t.Helper()
	date := p.await("field 2026-11-23")
	p.fill(date.x, date.y, "2026-03-31")
	p.keyboardOn("field 2026-11-23=2026-03-31")
	p.key("alt+Down")
	p.keyboardOn("*look.dayGrid")
	p.key("Escape")
	p.keyboardOn("field 2026-11-23=2026-03-31")
	p.key("alt+Down")
	p.keyboardOn("*look.dayGrid")
	for _, key := range []string{"Prior", "shift+Prior", "Left", "Home", "Return"} { // 02-28, 2025-02-28, 27, 01
		p.key(key)
	}
	p.keyboardOn("field 2026-11-23=2025-02-01")
}

// whatOpensAroundAFile opens the search, the editor of a condition and the bar for
// saving, and closes them one at a time.
func (p *program) whatOpensAroundAFile() {
	p.t.Helper()
	p.key("ctrl+f")
	p.keyboardOn("field Find…=")
	p.xdo("type", "--delay", "12", "a")
	p.await("Next")
	p.key("ctrl+shift+f")
	p.await("Show these rows")
	p.key("ctrl+s")
	p.keyboardOn("Choose file and save")
	for _, key := range []string{"", "Tab"} { // in the path of the file, and behind it
		p.key("Return")
		p.until("the dialog is there", func() bool { return strings.HasPrefix(p.focus, "field Path") && p.settled() })
		if key != "" {
			p.key(key)
		}
		p.key("Escape")
		p.keyboardOn("Choose file and save")
	}
	for _, part := range []string{"Choose file and save", "Show these rows", "Next"} {
		p.key("Escape")
		p.gone(part)
		p.keyboardOn("*grid.Grid")
	}
	p.key("F1")
	p.keyboardOn("Close")
	p.key("Escape")
	p.keyboardOn("*grid.Grid")
}

// wrongForm fills the form of a server in wrongly, is led from mistake to mistake, and
// then asked before the job that the server runs is cancelled.
func (p *program) wrongForm(t *testing.T) {
	t.Helper()
	address, cancelled := busyServer(t)
	p.key("ctrl+n")
	p.click("Connect to a server")
	p.keyboardOn("field Wiki production=")
	p.key("Return")
	p.keyboardOn("field https://wiki.example.com= (wrong)")
	p.xdo("type", "--delay", "12", "ftp://x")
	p.key("Return")
	p.keyboardOn("field https://wiki.example.com=ftp://x (wrong)")
	p.desk.keepPicture("wrong-form")
	p.key("ctrl+a")
	p.xdo("type", "--delay", "12", address)
	p.keyboardOn("field https://wiki.example.com=" + address) // mended
	p.key("Return")
	p.keyboardOn("field  (wrong)")
	p.xdo("type", "--delay", "12", token)
	p.key("Return")
	name := address[len("http://"):]
	p.says(name + ": Started – Sluice")

	p.key("ctrl+period")
	p.keyboardOn("Back")
	p.desk.keepPicture("cancel-asks")
	p.key("Escape")
	p.gone("Cancel job 124")
	if cancelled.Load() {
		t.Fatal("leaving the question has cancelled the job")
	}
	p.click("Cancel export")
	p.click("Cancel job 124")
	p.says(name + ": Cancelled – Sluice")
	if !cancelled.Load() {
		t.Error("the server was not asked")
	}
}
