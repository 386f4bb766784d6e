package cli

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// heard is a standard error that a test waits for.
type heard struct {
	mu   sync.Mutex
	text strings.Builder
	line chan string
}

func (h *heard) Write(b []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.text.Write(b)
	if m := metricsAt.FindString(h.text.String()); m != "" {
		select {
		case h.line <- m:
		default:
		}
	}
	return len(b), nil
}

// said is all that was written.
func (h *heard) said() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.text.String()
}

var metricsAt = regexp.MustCompile(`http://127\.0\.0\.1:\d+/metrics`)

// TestRunTellsPrometheus: while schedules are run they can be scraped, and all that is
// logged is JSON.
func TestRunTellsPrometheus(t *testing.T) {
	aSchedule(t)
	errs := &heard{line: make(chan string, 1)}
	ctx, stop := context.WithCancel(t.Context())
	code := make(chan int)
	go func() {
		p := &Program{Version: "test", Out: io.Discard, Err: errs}
		code <- p.Run(ctx, []string{"run", "--home", t.TempDir(), "--metrics", "127.0.0.1:0", "--log-format", "json"})
	}()
	select {
	case at := <-errs.line:
		r, err := http.Get(at)
		if err != nil {
			t.Fatal(err)
		}
		b, _ := io.ReadAll(r.Body)
		r.Body.Close()
		if !strings.Contains(string(b), `sluice_schedule_running{schedule=`) || !strings.Contains(string(b), `sluice_build_info{version="test"} 1`) {
			t.Errorf("%s", b)
		}
	case c := <-code:
		t.Fatalf("exit code %d: %s", c, errs.text.String())
	case <-time.After(time.Minute):
		t.Fatal("no address is told")
	}
	stop()
	if c := <-code; c != exitDone {
		t.Errorf("exit code %d: %s", c, errs.text.String())
	}
	for line := range strings.Lines(errs.text.String()) {
		if !json.Valid([]byte(line)) {
			t.Errorf("no JSON: %s", line)
		}
	}
}

// TestMetricsWrongUse: what cannot be meant is refused before anything runs.
func TestMetricsWrongUse(t *testing.T) {
	aSchedule(t)
	for says, args := range map[string][]string{
		"other computers could reach it": {"--metrics", "0.0.0.0:0"},
		"host:port":                      {"--metrics", "9188"},
		"names end in .prom":             {"--metrics-file", "/x/sluice.txt"},
		"name an address":                {"--metrics-allow-remote"},
	} {
		code, _, errs := runRemote(t, "run", args...)
		expect(t, strings.Join(args, " "), code, exitUsage, errs, says)
	}
}
