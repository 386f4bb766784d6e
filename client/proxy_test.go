package client

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
)

func TestNormalizeProxy(t *testing.T) {
	for text, want := range map[string]string{
		"": "", " none ": "none", "proxy.example.com:3128": "http://proxy.example.com:3128", "https://p/": "https://p", "socks5://p:1080": "socks5://p:1080",
	} {
		if got, err := NormalizeProxy(text); err != nil || got != want {
			t.Errorf("%q: %q, %v, want %q", text, got, err, want)
		}
	}
	for text, says := range map[string]string{
		"http://me:s3cr3t@p:1": "holds a login", "ftp://p:1": "not by ftp", "http://p/x": "nothing may stand", "http://": "has the form", "http://p:x": "has the form", "foo": "has the form", "no": "has the form",
	} {
		if _, err := NormalizeProxy(text); err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "s3cr3t") {
			t.Errorf("%q: %v, want %q", text, err, says)
		}
	}
	if _, err := New(Options{BaseURL: "https://x.test", Proxy: "ftp://p"}); err == nil {
		t.Error("a client with a proxy that is none")
	}
}

// tunnelling is a proxy that opens tunnels to one server, and keeps what was asked for.
func tunnelling(t *testing.T, to string) (proxy string, logins func() []string) {
	t.Helper()
	var mu sync.Mutex
	var seen []string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		seen = append(seen, r.Method+" "+r.Host+" "+r.Header.Get(proxyLogin))
		mu.Unlock()
		if r.Method != http.MethodConnect {
			reply(200, runningBody)(w, r)
			return
		}
		server, err := net.Dial("tcp", to)
		if err != nil {
			t.Error(err)
			return
		}
		defer server.Close()
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		// Answered only now: what the client sends to an answer of before could be read by
		// the server of the test, which looks ahead by a byte.
		_, _ = io.WriteString(conn, "HTTP/1.1 200 Connection established\r\n\r\n")
		go func() { _, _ = io.Copy(server, conn); server.Close() }()
		_, _ = io.Copy(conn, server)
	}))
	t.Cleanup(s.Close)
	return s.URL, func() []string { mu.Lock(); defer mu.Unlock(); return seen }
}

// made is mustNew with the proxy of the options.
func made(t *testing.T, o Options) *Client {
	t.Helper()
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.CloseIdleConnections)
	return c
}

// TestProxyOfTheServer: a proxy that is set for a server is used, whatever the environment
// says, and what logs in there goes no further.
func TestProxyOfTheServer(t *testing.T) {
	var leaked []string
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		leaked = append(leaked, r.Header.Get(proxyLogin))
		reply(200, runningBody)(w, r)
	}))
	defer server.Close()
	u, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	proxy, logins := tunnelling(t, u.Host)
	header := http.Header{proxyLogin: {"Basic c2VjcmV0OnNlY3JldA=="}}
	c := made(t, Options{BaseURL: "https://pipeline.test", Proxy: proxy, Header: header, Insecure: true, Retries: -1})
	if _, err := c.Status(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := logins(); len(got) != 1 || got[0] != "CONNECT pipeline.test:443 Basic c2VjcmV0OnNlY3JldA==" {
		t.Errorf("the proxy was asked %q", got)
	}
	if len(leaked) != 1 || leaked[0] != "" {
		t.Errorf("the server was told the login of the proxy: %q", leaked)
	}
	c = made(t, Options{BaseURL: "http://pipeline.test", Proxy: strings.TrimPrefix(proxy, "http://"), Header: header, Retries: -1})
	if _, err := c.Status(t.Context()); err != nil || len(logins()) != 2 {
		t.Errorf("by http: %v, %q", err, logins())
	}
	plain := httptest.NewServer(reply(200, runningBody))
	defer plain.Close()
	c = made(t, Options{BaseURL: plain.URL, Proxy: NoProxy, Retries: -1})
	if c.transport.Proxy != nil {
		t.Error("none, and still there is one")
	}
}
