//go:build unix

package main

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
)

// unasked is a server that sends more than was asked for with each answer, and closes
// no connection. Go's own client complains of that, word for word.
func unasked(t *testing.T, more string) (url string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	answer := func(conn net.Conn, n int) {
		for r := bufio.NewReader(conn); ; {
			if _, err := http.ReadRequest(r); err != nil {
				return
			}
			body := fmt.Sprintf(`{"jobId":5,"status":%q}`, []string{"STARTED", "COMPLETED"}[min(n, 1)])
			fmt.Fprintf(conn, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s%s", len(body), body, more)
		}
	}
	go func() {
		for n := 0; ; n++ {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { conn.Close() })
			go answer(conn, n)
		}
	}()
	return "http://" + l.Addr().String()
}

// TestLibrariesTellNoSecret: what a library says of itself reaches no standard error,
// and with --verbose without what it quotes.
func TestLibrariesTellNoSecret(t *testing.T) {
	const token = "s3cr3t-token-of-a-test"
	url := unasked(t, `{"nodeId":"`+token+`"}`)
	cmd := process(t, "status", "--url", url, "--wait", "--verbose")
	cmd.Env = append(cmd.Env, "SLUICE_TOKEN="+token)
	code, errs := outcome(t, cmd)
	if code != 0 || strings.Contains(errs, token) || !strings.Contains(errs, "a library says") {
		t.Errorf("exit code %d: %s", code, errs)
	}
}
