package cli

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"sluice/pipeline"
)

// stuckServer is a server whose job runs, and never ends until somebody cancels it.
func stuckServer(t *testing.T) (url string) {
	t.Helper()
	s := newRemote(t)
	reached, _ := s.Hold(pipeline.PhaseExporting)
	if _, err := s.Exporter.Start(t.Context(), pipeline.Request{}); err != nil {
		t.Fatal(err)
	}
	<-reached
	return s.URL + "/confluence"
}

// TestStuckIsTold: a job of a server that does not end keeps the schedule from beginning. That
// is told to the hook once, however often it is tried, and to Prometheus until somebody has
// released the lock, which does not wait for the next run.
func TestStuckIsTold(t *testing.T) {
	url := stuckServer(t)
	var stuck, others atomic.Int32
	hook := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if b, _ := io.ReadAll(r.Body); strings.Contains(string(b), `"event":"stuck"`) {
			stuck.Add(1)
		} else {
			others.Add(1)
		}
	}))
	defer hook.Close()
	clock := clockwork.NewFakeClockAt(time.Now().Add(50 * time.Hour))
	token := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(token, []byte(remoteToken), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"sources", "add", "prod", "--url", url, "--token-file", token}, {"hooks", "add", "ops", "--on", "stuck", "--on", "end", "--url", hook.URL},
		{"schedule", "add", "nightly", "--source", "prod", "--zone", "UTC", "--every", "daily " + clock.Now().Add(-12*time.Hour).UTC().Format("15:04"), "--missed", "run", "--retries", "2", "--retry-after", "1m"},
	} {
		if code, out, errs := runProgram(t, args...); code != exitDone {
			t.Fatalf("%q: exit %d, %s%s", args, code, out, errs)
		}
	}
	file := filepath.Join(t.TempDir(), "sluice.prom")
	errs := &heard{line: make(chan string, 1)}
	ctx, stop := context.WithCancel(t.Context())
	code := make(chan int)
	go func() {
		p := &Program{Version: "test", Out: io.Discard, Err: errs, Clock: clock}
		code <- p.Run(ctx, []string{"run", "--home", t.TempDir(), "--metrics", "127.0.0.1:0", "--metrics-file", file})
	}()
	at := <-errs.line
	says := func(n int, attempts int32) bool {
		line := fmt.Sprintf("\nsluice_schedule_stuck{schedule=\"nightly\",source=\"prod\"} %d\n", n)
		b, err := os.ReadFile(file)
		return others.Load() >= attempts && strings.Contains(scraped(t, at), line) && err == nil && strings.Contains(string(b), line)
	}
	pass := func(what string, ok func() bool) {
		t.Helper()
		for end := time.Now().Add(2 * time.Minute); !ok(); {
			if time.Now().After(end) {
				t.Fatalf("it never came to this: %s\n%s", what, errs.said())
			}
			if strings.Contains(scraped(t, at), "\nsluice_schedule_running{schedule=\"nightly\",source=\"prod\"} 1\n") {
				continue
			}
			if err := clock.BlockUntilContext(t.Context(), 1); err != nil {
				t.Fatal(err)
			}
			clock.Advance(30 * time.Second)
		}
	}
	pass("it is stuck, and was tried three times", func() bool { return says(1, 3) })
	if n := stuck.Load(); n != 1 {
		t.Errorf("the hook was told %d times that it is stuck", n)
	}
	if c, _, msg := runProgram(t, "cancel", "--server", "prod"); c != exitDone {
		t.Fatalf("exit %d, %s", c, msg)
	}
	pass("it is stuck no more", func() bool { return says(0, 3) })
	if n := others.Load(); n != 3 || stuck.Load() != 1 {
		t.Errorf("%d runs, and %d times stuck: the lock was released without a run", n, stuck.Load())
	}
	stop()
	if c := <-code; c != exitDone {
		t.Errorf("exit code %d: %s", c, errs.said())
	}
}

// scraped is what a scrape is answered.
func scraped(t *testing.T, at string) string {
	t.Helper()
	r, err := http.Get(at)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
