package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"sluice/secret"
	"sluice/secret/certtest"
)

// kind reads the status and returns the kind of the failure; empty for none.
func kind(t *testing.T, c *Client) Kind {
	t.Helper()
	t.Cleanup(c.CloseIdleConnections)
	_, err := c.Status(t.Context())
	if err == nil {
		return ""
	}
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("the error is %v, want *Error", err)
	}
	return e.Kind
}

func mustNew(t *testing.T, o Options) *Client {
	t.Helper()
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	c.transport.Proxy = nil
	return c
}

// TestRefused uses a port at which nobody listens.
func TestRefused(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	if k := kind(t, mustNew(t, Options{BaseURL: "http://" + l.Addr().String()})); k != KindRefused {
		t.Errorf("kind %s", k)
	}
}

// TestDialFailures checks the failures that cannot be had without a network, as
// the standard library reports them.
func TestDialFailures(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want Kind
	}{
		{&net.DNSError{Err: "no such host", Name: "x.invalid", IsNotFound: true}, KindNameNotResolved},
		{&net.DNSError{Err: "i/o timeout", Name: "x.invalid", IsTimeout: true}, KindNameNotResolved},
		{&net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.EHOSTUNREACH)}, KindNoRoute},
		{&net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ENETUNREACH)}, KindNoRoute},
		{&net.OpError{Op: "dial", Err: os.NewSyscallError("connect", winConnRefused)}, KindRefused},
		{&net.OpError{Op: "dial", Err: os.ErrDeadlineExceeded}, KindTimeout},
		{errors.New("something else"), KindNetwork},
	} {
		c := mustNew(t, Options{BaseURL: "https://x.invalid", Retries: -1})
		c.transport.DialContext = func(context.Context, string, string) (net.Conn, error) { return nil, tt.err }
		if k := kind(t, c); k != tt.want {
			t.Errorf("%v: kind %s, want %s", tt.err, k, tt.want)
		}
	}
}

// TestIPv6 talks to the loopback by its IPv6 address.
func TestIPv6(t *testing.T) {
	l, err := net.Listen("tcp", "[::1]:0")
	if err != nil {
		t.Skipf("this computer has no IPv6 loopback: %v", err)
	}
	s := &httptest.Server{Listener: l, Config: &http.Server{Handler: reply(200, runningBody)}}
	s.Start()
	defer s.Close()
	if k := kind(t, mustNew(t, Options{BaseURL: l.Addr().String() + "/jira/"})); k != "" {
		t.Errorf("kind %s", k)
	}
}

// TestTLS checks certificates: of an unknown authority, with its CA file, for
// another name, expired, with the check switched off, and none at all.
func TestTLS(t *testing.T) {
	good := certificate(t, "127.0.0.1", time.Now().Add(time.Hour))
	expired := certificate(t, "127.0.0.1", time.Now().Add(-time.Hour))
	other := certificate(t, "192.0.2.1", time.Now().Add(time.Hour))
	for _, tt := range []struct {
		name string
		pair tls.Certificate
		o    Options
		want Kind
	}{
		{"unknown authority", good, Options{}, KindTLSAuthority},
		{"CA file", good, Options{CAFile: caFile(t, good)}, ""},
		{"another CA file", good, Options{CAFile: caFile(t, other)}, KindTLSAuthority},
		{"other name", other, Options{CAFile: caFile(t, other)}, KindTLSName},
		{"expired", expired, Options{CAFile: caFile(t, expired)}, KindTLSCertificate},
		{"insecure", expired, Options{Insecure: true}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := httptest.NewUnstartedServer(reply(200, runningBody))
			s.TLS = &tls.Config{Certificates: []tls.Certificate{tt.pair}}
			s.Config.ErrorLog = discardLog
			s.StartTLS()
			defer s.Close()
			tt.o.BaseURL = s.URL
			if k := kind(t, mustNew(t, tt.o)); k != tt.want {
				t.Errorf("kind %q, want %q", k, tt.want)
			}
		})
	}
	plain := httptest.NewServer(reply(200, runningBody))
	defer plain.Close()
	if k := kind(t, mustNew(t, Options{BaseURL: "https" + strings.TrimPrefix(plain.URL, "http")})); k != KindNotTLS {
		t.Errorf("https of a plain server: kind %s", k)
	}
}

// TestBadCAFile checks that a CA file that does not help is refused at once.
func TestBadCAFile(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(empty, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{empty, filepath.Join(t.TempDir(), "missing.pem")} {
		if _, err := New(Options{BaseURL: "https://example.com", CAFile: file}); err == nil || !strings.Contains(err.Error(), "CA file") {
			t.Errorf("CA file %s: %v", file, err)
		}
	}
}

// certificate makes a self-signed certificate for an IP address.
func certificate(t *testing.T, ip string, until time.Time) tls.Certificate {
	t.Helper()
	pair, err := certtest.Make(x509.Certificate{
		Subject: pkix.Name{CommonName: ip}, NotBefore: until.Add(-24 * time.Hour), NotAfter: until,
		IPAddresses: []net.IP{net.ParseIP(ip)}, BasicConstraintsValid: true, IsCA: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return pair.TLS()
}

func caFile(t *testing.T, pair tls.Certificate) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(name, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: pair.Certificate[0]}), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestTokenStaysHome checks that no redirect takes the token to another host,
// port or scheme, and that one within the server is followed.
func TestTokenStaysHome(t *testing.T) {
	var visits []string
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		visits = append(visits, r.Header.Get("Authorization"))
		reply(200, runningBody)(w, r)
	}))
	defer other.Close()
	var target string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/moved" {
			if r.Header.Get("Authorization") != "Bearer "+testToken {
				t.Error("the token does not come along within the server")
			}
			reply(200, runningBody)(w, r)
			return
		}
		redirectTo(307, target)(w, r)
	}))
	defer server.Close()
	home, away := server.Listener.Addr().(*net.TCPAddr), other.Listener.Addr().(*net.TCPAddr)
	for _, tt := range []struct {
		to   string
		want Kind
	}{
		{"/moved", ""},
		{server.URL + "/moved", ""},
		{other.URL + "/moved", KindRedirect}, // the same name, another port
		{strings.Replace(other.URL, "127.0.0.1", "localhost", 1) + "/moved", KindRedirect},  // another name
		{strings.Replace(server.URL, "127.0.0.1", "localhost", 1) + "/moved", KindRedirect}, // another name of the same
		{"https://" + home.String() + "/moved", KindRedirect},                               // another scheme, not on its default port
		{"http://" + testToken + "@" + away.String() + "/login", KindLoginPage},
	} {
		target = tt.to
		if k := kind(t, mustNew(t, Options{BaseURL: server.URL, Token: secret.Of(testToken)})); k != tt.want {
			t.Errorf("redirect to %s: kind %q, want %q", tt.to, k, tt.want)
		}
	}
	if len(visits) > 0 {
		t.Errorf("another server was asked, with %q", visits)
	}
}

// TestSameHost checks the rule for redirects by itself.
func TestSameHost(t *testing.T) {
	for _, tt := range []struct {
		from, to string
		want     bool
	}{
		{"https://example.com/a", "https://EXAMPLE.com:443/b", true},
		{"http://example.com", "https://example.com/x", true},
		{"https://example.com", "http://example.com", false},
		{"http://example.com:8080", "https://example.com", false},
		{"https://example.com", "https://sub.example.com", false},
		{"https://example.com", "https://example.com.evil.test", false},
		{"https://example.com", "https://example.com:8443", false},
	} {
		from, err1 := url.Parse(tt.from)
		to, err2 := url.Parse(tt.to)
		if err := errors.Join(err1, err2); err != nil {
			t.Fatal(err)
		}
		if got := sameHost(from, to); got != tt.want {
			t.Errorf("sameHost(%s, %s) = %t", tt.from, tt.to, got)
		}
	}
}

// TestProxy sends requests through a proxy, one that wants a login and one that
// is not there.
func TestProxy(t *testing.T) {
	proxied := 0
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		proxied++
		if r.Method == http.MethodConnect {
			http.Error(w, "login", http.StatusProxyAuthRequired)
			return
		}
		if r.URL.Host != "pipeline.test" {
			t.Errorf("the proxy is asked for %s", r.URL)
		}
		reply(200, runningBody)(w, r)
	}))
	defer proxy.Close()
	gone, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone.Close()
	for _, tt := range []struct {
		base, proxy string
		want        Kind
	}{
		{"http://pipeline.test", proxy.URL, ""},
		{"https://pipeline.test", proxy.URL, KindProxy},
		{"https://pipeline.test", "http://" + gone.Addr().String(), KindProxy},
	} {
		u, err := url.Parse(tt.proxy)
		if err != nil {
			t.Fatal(err)
		}
		c := mustNew(t, Options{BaseURL: tt.base, Retries: -1})
		c.transport.Proxy = http.ProxyURL(u)
		if k := kind(t, c); k != tt.want {
			t.Errorf("%s by way of %s: kind %q, want %q", tt.base, tt.proxy, k, tt.want)
		}
	}
	if proxied != 2 {
		t.Errorf("the proxy saw %d requests", proxied)
	}
}

// TestProxyOfTheEnvironment checks, in a process of its own because the
// standard library reads the environment once, that HTTP_PROXY is obeyed.
func TestProxyOfTheEnvironment(t *testing.T) {
	if os.Getenv("SLUICE_TEST_PROXY") != "" {
		c, err := New(Options{BaseURL: "http://pipeline.test", Retries: -1})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Status(t.Context()); err != nil {
			t.Fatal(err)
		}
		return
	}
	asked := false
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.Host == "pipeline.test"
		io.Copy(io.Discard, r.Body)
		reply(200, runningBody)(w, r)
	}))
	defer proxy.Close()
	again(t, "SLUICE_TEST_PROXY=1", "HTTP_PROXY="+proxy.URL, "NO_PROXY=", "no_proxy=")
	if !asked {
		t.Error("the proxy was not asked")
	}
}
