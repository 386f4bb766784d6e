package cli

import (
	"bytes"
	"context"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"sluice/localexport/demo"
	"sluice/localexport/exporttest"
	"sluice/pipeline"
)

// screen is what a program that runs beside the test has written.
type screen struct {
	mu      sync.Mutex
	written bytes.Buffer
	changed chan struct{}
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case s.changed <- struct{}{}:
	default:
	}
	return s.written.Write(p)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.written.String()
}

// await waits until the screen shows what the pattern finds, and returns it.
func (s *screen) await(t *testing.T, pattern string) string {
	t.Helper()
	re, patience := regexp.MustCompile(pattern), time.NewTimer(time.Minute)
	defer patience.Stop()
	for {
		if m := re.FindStringSubmatch(s.String()); m != nil {
			return m[1]
		}
		select {
		case <-s.changed:
		case <-patience.C:
			t.Fatalf("%q does not come in %q", pattern, s.String())
		}
	}
}

// serving is "sluice serve" beside the test.
type serving struct {
	screen
	url  string
	stop func() int // as a signal does; returns the exit code
}

func serve(t *testing.T, args ...string) *serving {
	t.Helper()
	ctx, signal := context.WithCancel(context.WithoutCancel(t.Context()))
	s := &serving{screen: screen{changed: make(chan struct{}, 1)}}
	p := Program{Version: "test", Out: &s.screen, Err: &s.screen}
	code, done := -1, make(chan struct{})
	go func() {
		defer close(done)
		code = p.Run(ctx, append([]string{"serve", "--min-free-space", "-1"}, args...))
	}()
	s.stop = func() int {
		signal()
		<-done
		return code
	}
	t.Cleanup(func() { s.stop() })
	s.url = strings.TrimSuffix(s.await(t, `Serving the export API at (\S+)`), "/rest/datapipeline/latest/export")
	return s
}

// TestServeThroughARestart starts an export on "sluice serve", ends the server
// by a signal in its midst, and finds the job CANCELLED by the next server over
// the same home, with the same token.
func TestServeThroughARestart(t *testing.T) {
	alone(t)
	snapshot, _ := demoSnapshot(t, demo.Options{Pages: 4000, Seed: 1})
	home, tokenFile := filepath.Join(t.TempDir(), "home"), filepath.Join(t.TempDir(), "token")
	args := []string{"--snapshot", snapshot, "--home", home, "--token-file", tokenFile, "--listen", "127.0.0.1:0", "--context-path", "/confluence"}
	s := serve(t, args...)
	if !strings.HasSuffix(s.url, "/confluence") {
		t.Errorf("serves at %s", s.url)
	}
	token := s.await(t, `New token, written to .*: (\S+)`)
	if info, err := os.Stat(tokenFile); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the token file: %v, %v", info, err)
	}
	code, out, errs := runProgram(t, "start", "--url", s.url, "--token-file", tokenFile, "--json", "--from-date", "1990-01-01T00:00Z")
	expect(t, "start", code, exitDone, errs, "")
	if job := jobOf(t, out); job.ID != 1 || job.Status != pipeline.Started {
		t.Errorf("start: %s", out)
	}
	if code := s.stop(); code != exitDone {
		t.Errorf("the server ends with %d: %s", code, s.String())
	}
	code, out, errs = runProgram(t, "status", "--url", s.url, "--token-file", tokenFile)
	expect(t, "status of a server that is gone", code, exitUnreachable, errs, "refuses the connection")
	if out != "" {
		t.Errorf("status of a server that is gone: %q", out)
	}

	s = serve(t, args...)
	code, out, errs = runProgram(t, "status", "--url", s.url, "--token-file", tokenFile, "--json")
	expect(t, "status after the restart", code, exitDone, errs, "")
	if job := jobOf(t, out); job.ID != 1 || job.Status != pipeline.Cancelled || job.CancelledTime.IsZero() {
		t.Errorf("status after the restart: %s", out)
	}
	if strings.Contains(s.String(), token) {
		t.Errorf("the token is printed again:\n%s", s.String())
	}
	left, err := filepath.Glob(filepath.Join(home, "data-pipeline", "export", "1", "manifest.json"))
	if err != nil || len(left) > 0 {
		t.Errorf("the cancelled job looks finished: %v, %v", left, err)
	}
	code, out, errs = runProgram(t, "start", "--url", s.url, "--token-file", tokenFile, "--json", "--wait")
	expect(t, "the next start", code, exitDone, errs, "")
	if job := jobOf(t, out); job.ID != 2 || job.Status != pipeline.Completed {
		t.Errorf("the next start: %s", out)
	}
}

// TestServeIPv6 is reached at the loopback of IPv6, with the token that it
// prints once.
func TestServeIPv6(t *testing.T) {
	l, err := net.Listen("tcp", "[::1]:0")
	if err != nil {
		t.Skipf("this computer has no IPv6: %v", err)
	}
	l.Close()
	alone(t)
	snapshot := filepath.Join(t.TempDir(), "snapshot.db")
	exporttest.Snapshot(t, snapshot, false)
	s := serve(t, "--snapshot", snapshot, "--home", t.TempDir(), "--listen", "[::1]:0")
	t.Setenv(tokenVariable, s.await(t, `Token for this run, shown only now: (\S+)`))
	code, out, errs := runProgram(t, "status", "--url", s.url, "--json")
	expect(t, "status", code, exitDone, errs, "")
	if !strings.HasPrefix(s.url, "http://[::1]:") || out != "{}\n" {
		t.Errorf("%s: %q", s.url, out)
	}
}

// TestServeRefuses does not begin what would be unsafe or could not work.
func TestServeRefuses(t *testing.T) {
	alone(t)
	dir := t.TempDir()
	snapshot, short := filepath.Join(dir, "snapshot.db"), filepath.Join(dir, "short")
	exporttest.Snapshot(t, snapshot, false)
	if err := os.WriteFile(short, []byte("abc"), 0o600); err != nil {
		t.Fatal(err)
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, c := range []struct {
		name string
		args []string
		code int
		says string
	}{
		{"all interfaces", []string{"--listen", ":0"}, exitUsage, "other computers could reach it"},
		{"another address", []string{"--listen", "192.0.2.1:0"}, exitUsage, "other computers could reach it"},
		{"remote without TLS", []string{"--listen", "0.0.0.0:0", "--allow-remote"}, exitUsage, "without encryption"},
		{"half a certificate", []string{"--tls-cert", snapshot}, exitUsage, "half a certificate"},
		{"no port", []string{"--listen", "localhost"}, exitUsage, "host:port"},
		{"a port in use", []string{"--listen", taken.Addr().String()}, exitFailed, taken.Addr().String()},
		{"a short token", []string{"--token-file", short}, exitUsage, "fewer than 8 characters"},
		{"a bad context path", []string{"--context-path", "/a b"}, exitUsage, "/confluence"},
		{"no snapshot", []string{"--snapshot", snapshot + ".gone"}, exitFailed, "snapshot.db.gone does not exist"},
		{"no database", []string{"--snapshot", short}, exitFailed, short},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, out, errs := runProgram(t, append([]string{"serve", "--snapshot", snapshot, "--home", filepath.Join(dir, "home")}, c.args...)...)
			expect(t, "serve", code, c.code, errs, c.says)
			if out != "" {
				t.Errorf("prints %q", out)
			}
		})
	}
}
