package server

import (
	"bufio"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sluice/pipeline"
	"sluice/secret"
)

// pipes is a listener for one in-memory connection, on which the clock of a
// test counts.
type pipes struct {
	conn   chan net.Conn
	closed chan struct{}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conn:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { close(p.closed); return nil }
func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipe"} }

// talk connects to a server of the options and hands the connection to the
// test.
func talk(t *testing.T, e pipeline.Exporter, test func(t *testing.T, c net.Conn)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		o := ServeOptions{Exporter: e, Logger: slog.New(slog.DiscardHandler)}
		server := o.server(secret.Of(testToken), nil, context.Background())
		l := &pipes{conn: make(chan net.Conn), closed: make(chan struct{})}
		ended := make(chan error, 1)
		go func() { ended <- server.Serve(l) }()
		near, far := net.Pipe()
		l.conn <- far
		test(t, near)
		near.Close()
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		<-ended
		time.Sleep(time.Minute) // lets the connection see its end
	})
}

// TestSlowHeader checks that a peer that sends its header byte by byte, or
// nothing, is dropped.
func TestSlowHeader(t *testing.T) {
	talk(t, &scripted{}, func(t *testing.T, c net.Conn) {
		began := time.Now()
		if _, err := io.WriteString(c, "GET "+exportAt+" HTTP/1.1\r\nHost: localhost\r\n"); err != nil {
			t.Fatal(err)
		}
		if b, err := io.ReadAll(c); err != nil || len(b) > 0 {
			t.Errorf("%q, %v", b, err)
		}
		if took := time.Since(began); took != 10*time.Second {
			t.Errorf("dropped after %s", took)
		}
	})
}

// TestLargeHeader checks that a header cannot fill the memory.
func TestLargeHeader(t *testing.T) {
	talk(t, &scripted{}, func(t *testing.T, c net.Conn) {
		go func() {
			io.WriteString(c, "GET "+exportAt+" HTTP/1.1\r\nHost: localhost\r\nX: "+strings.Repeat("x", 64<<10))
		}()
		r, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil || r.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
			t.Errorf("%v, %v", r, err)
		}
	})
}

// TestLongStart checks that a start may take longer than other answers, because
// of its check; and that one that takes very long goes on behind a 202.
func TestLongStart(t *testing.T) {
	for _, c := range []struct {
		name         string
		takes, waits time.Duration
	}{
		{"checked in time", 3 * time.Minute, 3 * time.Minute},
		{"checked for very long", time.Hour, 4 * time.Minute},
	} {
		t.Run(c.name, func(t *testing.T) {
			var ended chan error // of the bubble in which talk counts the time
			e := &scripted{
				start: func(ctx context.Context, _ pipeline.Request) (pipeline.Job, error) {
					defer func() { ended <- ctx.Err() }()
					select {
					case <-time.After(c.takes):
						return running, nil
					case <-ctx.Done():
						return pipeline.Job{}, ctx.Err()
					}
				},
				status: func(context.Context) (pipeline.Job, error) { return running, nil },
			}
			talk(t, e, func(t *testing.T, conn net.Conn) {
				ended = make(chan error, 1)
				began := time.Now()
				if _, err := io.WriteString(conn, "POST "+exportAt+" HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "+testToken+
					"\r\nX-Atlassian-Token: no-check\r\nContent-Length: 0\r\n\r\n"); err != nil {
					t.Fatal(err)
				}
				r, err := http.ReadResponse(bufio.NewReader(conn), nil)
				if err != nil || r.StatusCode != http.StatusAccepted {
					t.Errorf("%v, %v", r, err)
				}
				if took := time.Since(began); took != c.waits {
					t.Errorf("answered after %s, want %s", took, c.waits)
				}
				if err := <-ended; err != nil {
					t.Errorf("the start was given up: %v", err)
				}
			})
		})
	}
}
