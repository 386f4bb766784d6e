package server

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sluice/pipeline"
	"sluice/secret"
)

// served is a server that runs in a test.
type served struct {
	addr   net.Addr
	token  string
	stop   context.CancelFunc
	result chan error
	out    bytes.Buffer
}

// serve starts a server on a free port of the loopback. The test ends it.
func serve(t *testing.T, o ServeOptions) *served {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s := &served{stop: cancel, result: make(chan error, 1)}
	if o.Listen == "" {
		o.Listen = "127.0.0.1:0"
	}
	o.Out = &s.out
	ready := make(chan struct{})
	o.Ready = func(addr net.Addr, token secret.Secret) {
		s.addr, s.token = addr, token.Reveal()
		close(ready)
	}
	go func() { s.result <- Serve(ctx, o) }()
	select {
	case <-ready:
	case err := <-s.result:
		cancel()
		t.Fatal(err)
	}
	t.Cleanup(cancel)
	return s
}

// end shuts the server down and returns what Serve returned.
func (s *served) end(t *testing.T) error {
	t.Helper()
	s.stop()
	select {
	case err := <-s.result:
		return err
	case <-time.After(time.Minute):
		t.Fatal("the server does not end")
		return nil
	}
}

func tokenFile(t *testing.T, content string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestCurlLine runs the line of the vendor's documentation, with the address of
// this server.
func TestCurlLine(t *testing.T) {
	e := &scripted{}
	s := serve(t, ServeOptions{Exporter: e, TokenFile: tokenFile(t, "ABCD1234\n")})
	url := fmt.Sprintf("http://%s/rest/datapipeline/latest/export?fromDate=2020-10-22T01:30:11Z", s.addr)
	var answer string
	if curl, err := exec.LookPath("curl"); err == nil {
		out, err := exec.CommandContext(t.Context(), curl, "-sS", "-w", " %{http_code}", "--noproxy", "*", "-H", "Authorization:Bearer ABCD1234",
			"-H", "X-Atlassian-Token: no-check", "-X", "POST", url).Output()
		if err != nil {
			t.Fatal(err)
		}
		answer = string(out)
	} else {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header = http.Header{"Authorization": {"Bearer ABCD1234"}, "X-Atlassian-Token": {"no-check"}}
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		b, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		answer = fmt.Sprintf("%s %d", b, response.StatusCode)
	}
	if !strings.Contains(answer, `"jobId":124,"status":"STARTED"`) || !strings.HasSuffix(answer, " 202") {
		t.Errorf("the answer is %s", answer)
	}
	want := time.Date(2020, 10, 22, 1, 30, 11, 0, time.UTC)
	if got := e.seen(); len(got) != 1 || !got[0].FromDate.Equal(want) || got[0].Forced {
		t.Errorf("the exporter is asked for %+v", got)
	}
	if strings.Contains(s.out.String(), "ABCD1234") {
		t.Errorf("a token that was there before is printed: %s", s.out.String())
	}
	if err := s.end(t); err != nil {
		t.Error(err)
	}
}

// TestGeneratedToken checks that a new token is strong, printed once, works,
// and stays with its file.
func TestGeneratedToken(t *testing.T) {
	file := filepath.Join(t.TempDir(), "new", "token")
	first := serve(t, ServeOptions{Exporter: &scripted{}, TokenFile: file})
	if len(first.token) < 26 || strings.Count(first.out.String(), first.token) != 1 {
		t.Errorf("token %q, printed %q", first.token, first.out.String())
	}
	if runtime.GOOS != "windows" {
		for path, want := range map[string]fs.FileMode{file: 0o600, filepath.Dir(file): 0o700 | fs.ModeDir} {
			if info, err := os.Stat(path); err != nil || info.Mode() != want {
				t.Errorf("%s has mode %v, %v", path, info.Mode(), err)
			}
		}
	}
	if code := get(t, http.DefaultClient, "http", first); code != 200 {
		t.Errorf("with the token: %d", code)
	}
	if err := first.end(t); err != nil {
		t.Error(err)
	}
	second := serve(t, ServeOptions{Exporter: &scripted{}, TokenFile: file})
	if second.token != first.token || strings.Contains(second.out.String(), second.token) {
		t.Errorf("second start: token %q, printed %q", second.token, second.out.String())
	}
	third := serve(t, ServeOptions{Exporter: &scripted{}})
	if third.token == first.token || strings.Count(third.out.String(), third.token) != 1 {
		t.Errorf("without a file: token %q, printed %q", third.token, third.out.String())
	}
}

func get(t *testing.T, c *http.Client, scheme string, s *served) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, scheme+"://"+s.addr.String()+exportAt, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+s.token)
	response, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	return response.StatusCode
}

// TestUnusableOptions checks that what is unsafe or cannot work is refused
// before anything listens, as a mistake of the caller.
func TestUnusableOptions(t *testing.T) {
	cert, key := certificateFiles(t)
	for _, tt := range []struct {
		name string
		o    ServeOptions
		says string
	}{
		{"no port", ServeOptions{Listen: "127.0.0.1"}, "host:port"},
		{"all interfaces", ServeOptions{Listen: ":0"}, "other computers could reach it"},
		{"all interfaces by address", ServeOptions{Listen: "0.0.0.0:0"}, "other computers could reach it"},
		{"all IPv6 interfaces", ServeOptions{Listen: "[::]:0"}, "other computers could reach it"},
		{"a name", ServeOptions{Listen: "example.com:0"}, "other computers could reach it"},
		{"remote without TLS", ServeOptions{Listen: ":0", AllowRemote: true}, "without encryption"},
		{"remote with TLS, not permitted", ServeOptions{Listen: ":0", CertFile: cert, KeyFile: key}, "other computers could reach it"},
		{"certificate without key", ServeOptions{CertFile: cert}, "half a certificate"},
		{"key without certificate", ServeOptions{KeyFile: key}, "half a certificate"},
		{"files that are no certificate", ServeOptions{CertFile: key, KeyFile: cert}, "with the certificate"},
		{"missing files", ServeOptions{CertFile: cert + "x", KeyFile: key}, "no such file"},
		{"context path", ServeOptions{ContextPath: "/a?b"}, "must look like /confluence"},
		{"empty token file", ServeOptions{TokenFile: tokenFile(t, "\n")}, "fewer than 8 characters"},
		{"short token", ServeOptions{TokenFile: tokenFile(t, "1234567")}, "fewer than 8 characters"},
		{"two tokens", ServeOptions{TokenFile: tokenFile(t, "12345678\n87654321\n")}, "one token on one line"},
		{"not a token", ServeOptions{TokenFile: tokenFile(t, strings.Repeat("x", longestToken+1))}, "far too long"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.o.Exporter = &scripted{}
			if tt.o.Listen == "" {
				tt.o.Listen = "127.0.0.1:0"
			}
			tt.o.Ready = func(net.Addr, secret.Secret) { t.Error("it listens") }
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			defer cancel()
			err := Serve(ctx, tt.o)
			if !errors.Is(err, ErrOptions) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("the error is %v, want %q", err, tt.says)
			}
		})
	}
	if err := Serve(t.Context(), ServeOptions{}); !errors.Is(err, ErrOptions) {
		t.Errorf("without an exporter: %v", err)
	}
}

// TestPortInUse checks that a port that is taken is told from a mistake in the
// options.
func TestPortInUse(t *testing.T) {
	s := serve(t, ServeOptions{Exporter: &scripted{}})
	err := Serve(t.Context(), ServeOptions{Exporter: &scripted{}, Listen: s.addr.String()})
	if err == nil || errors.Is(err, ErrOptions) || !strings.Contains(err.Error(), s.addr.String()) {
		t.Errorf("the error is %v", err)
	}
}

// TestTLS serves with a certificate, whose names the Host header may have.
func TestTLS(t *testing.T) {
	cert, key := certificateFiles(t)
	s := serve(t, ServeOptions{Exporter: &scripted{}, CertFile: cert, KeyFile: key, Listen: "0.0.0.0:0", AllowRemote: true})
	_, port, err := net.SplitHostPort(s.addr.String())
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true},
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, net.JoinHostPort("127.0.0.1", port))
		},
	}}
	defer client.CloseIdleConnections()
	for host, want := range map[string]int{"sluice.test": 200, "127.0.0.1": 200, "evil.test": 421, "x.wild.test": 421} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://"+net.JoinHostPort(host, port)+exportAt, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+s.token)
		response, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("host %s: %d, want %d", host, response.StatusCode, want)
		}
	}
	if !strings.Contains(s.out.String(), "https://") {
		t.Errorf("printed %q", s.out.String())
	}
}

// life is an exporter with a job that runs until somebody ends it.
type life struct {
	scripted
	stuck bool // the job does not end
	ended atomic.Int32
}

// stopping is a life whose job is its own.
type stopping struct{ *life }

func (s stopping) Stop(ctx context.Context) error {
	if s.stuck {
		<-ctx.Done()
		return fmt.Errorf("job 124 has not stopped: %w", ctx.Err())
	}
	s.ended.Add(1)
	return nil
}

// TestShutdownEndsItsOwnJobOnly ends servers over an exporter that runs a job, and
// over one that only knows of one.
func TestShutdownEndsItsOwnJobOnly(t *testing.T) {
	for _, own := range []bool{false, true} {
		l := &life{}
		l.status = func(context.Context) (pipeline.Job, error) { return running, nil }
		l.cancel = func(context.Context) (pipeline.Cancellation, error) {
			t.Errorf("own %t: the job was cancelled as anybody may do it", own)
			return pipeline.CancellationAccepted, nil
		}
		var e pipeline.Exporter = l
		if own {
			e = stopping{l}
		}
		s := serve(t, ServeOptions{Exporter: e})
		if err := s.end(t); err != nil {
			t.Error(err)
		}
		if got := l.ended.Load() == 1; got != own {
			t.Errorf("own %t: ended %t", own, got)
		}
	}
}

// TestShutdownIsBounded checks that a job that does not end is reported.
func TestShutdownIsBounded(t *testing.T) {
	s := serve(t, ServeOptions{Exporter: stopping{&life{stuck: true}}, Grace: 20 * time.Millisecond})
	if err := s.end(t); !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "job 124") {
		t.Errorf("the error is %v", err)
	}
}

// TestShutdownEndsAStart checks that a start that is still checking ends with
// the server, and its caller gets an answer.
func TestShutdownEndsAStart(t *testing.T) {
	checking := make(chan struct{})
	e := &scripted{start: func(ctx context.Context, _ pipeline.Request) (pipeline.Job, error) {
		close(checking)
		<-ctx.Done()
		return pipeline.Job{}, ctx.Err()
	}}
	s := serve(t, ServeOptions{Exporter: e})
	code := make(chan int, 1)
	go func() {
		r, err := http.NewRequest(http.MethodPost, "http://"+s.addr.String()+exportAt, nil)
		if err != nil {
			t.Error(err)
		}
		r.Header = http.Header{"Authorization": {"Bearer " + s.token}, "X-Atlassian-Token": {"no-check"}}
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Error(err)
			code <- 0
			return
		}
		response.Body.Close()
		code <- response.StatusCode
	}()
	<-checking
	if err := s.end(t); err != nil {
		t.Error(err)
	}
	if got := <-code; got != 503 {
		t.Errorf("the caller gets %d", got)
	}
}

// TestExposedTokenFile warns of a token file that others can read, and does not
// show what is in it.
func TestExposedTokenFile(t *testing.T) {
	for mode, want := range map[os.FileMode]int{0o644: 1, 0o600: 0} {
		file := tokenFile(t, "ABCD1234ABCD1234\n")
		if err := os.Chmod(file, mode); err != nil {
			t.Fatal(err)
		}
		var logs bytes.Buffer
		o := ServeOptions{TokenFile: file, Logger: slog.New(slog.NewTextHandler(&logs, nil))}
		token, _, err := loadToken(file)
		if err != nil {
			t.Fatal(err)
		}
		o.warn(token)
		if text := logs.String(); strings.Count(text, "others can read") != want || strings.Contains(text, "ABCD") {
			t.Errorf("mode %o: %q", mode, text)
		}
	}
}
