package backend

import (
	"context"
	"crypto/tls"
	"encoding/pem"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"sluice/client"
	"sluice/localexport/exporttest"
	"sluice/pipeline"
	"sluice/secret"
	"sluice/server"
	"sluice/source"
)

const token = "token-of-the-backend-0123456789"

// alone returns a backend with a home and a keyring of its own.
func alone(t *testing.T) *Backend {
	t.Helper()
	keyring.MockInit()
	return New(Options{Home: t.TempDir(), Version: "test"})
}

// write writes a file for the test, readable by its owner only.
func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// serve serves a demo snapshot by TLS. Requests without the header of an access proxy
// are turned away. The settings are those of a person who may use it.
func serve(t *testing.T) source.Server {
	t.Helper()
	api := server.Handler(exporttest.Fixture(t).Exporter, server.Options{Token: secret.Of(token)})
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Gate") != "open-sesame" {
			http.Error(w, "the gate is closed", http.StatusBadGateway)
			return
		}
		api.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	ca := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	return source.Server{URL: s.URL, CAFile: write(t, "ca.pem", string(ca)), Headers: write(t, "headers", "X-Gate: open-sesame\n")}
}

// until reads states of an engine until one is as wanted.
func until(t *testing.T, e source.Engine, what string, is func(pipeline.State) bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	seen := false
	e.Watch(ctx, func(s pipeline.State) {
		if is(s) {
			seen = true
			cancel()
		} else {
			e.Poke()
		}
	})
	if !seen {
		t.Fatalf("not seen: %s", what)
	}
}

func completed(s pipeline.State) bool { return s.Job.Status == pipeline.Completed }

// TestServer opens a server by its settings, exports there, and finds the job in its
// history when it is opened again.
func TestServer(t *testing.T) {
	b := alone(t)
	s := source.NewServer("Wiki", serve(t))
	if r := b.TestServer(t.Context(), s.Server, token); r.Err != nil || r.Feature != source.Passed || r.Product != "Sluice" {
		t.Fatalf("the test says %+v", r)
	}
	e, err := b.OpenServer(t.Context(), s, token)
	if err != nil {
		t.Fatal(err)
	}
	job, err := e.Start(t.Context(), pipeline.Request{})
	if err != nil {
		t.Fatal(err)
	}
	until(t, e, "the end of the job", completed)
	if err := e.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	again, err := b.OpenServer(t.Context(), s, token)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close(t.Context())
	jobs, err := again.(pipeline.Historian).Jobs(t.Context(), 0)
	if err != nil || len(jobs) != 1 || jobs[0].ID != job.ID || jobs[0].Status != pipeline.Completed {
		t.Errorf("the history is %+v (%v), want job %d", jobs, err, job.ID)
	}
}

// TestServerSettingsMatter: each of the settings that the server wants is sent, so that
// without it the test of the connection says what is missing.
func TestServerSettingsMatter(t *testing.T) {
	b, good := alone(t), serve(t)
	kind := func(change func(*source.Server), password string) client.Kind {
		s := good
		change(&s)
		var e *client.Error
		if r := b.TestServer(t.Context(), s, password); !errors.As(r.Err, &e) {
			t.Fatalf("the error is %v", r.Err)
		}
		return e.Kind
	}
	if got := kind(func(s *source.Server) { s.CAFile = "" }, token); got != client.KindTLSAuthority {
		t.Errorf("without the CA file: %s", got)
	}
	if got := kind(func(s *source.Server) { s.Headers = "" }, token); got != client.KindGateway {
		t.Errorf("without the headers: %s", got)
	}
	if got := kind(func(*source.Server) {}, "another"); got != client.KindUnauthorized {
		t.Errorf("with another token: %s", got)
	}
	s := good
	s.CAFile, s.Insecure, s.User = "", true, "ana" // a password is taken as the token, too
	if r := b.TestServer(t.Context(), s, token); r.Err != nil || len(r.Warnings) == 0 {
		t.Errorf("unverified, with a password: %+v", r)
	}
}

// TestConnectRefuses what is wrong with files before anything is sent.
func TestConnectRefuses(t *testing.T) {
	b := alone(t)
	for name, s := range map[string]source.Server{
		"no headers":   {URL: "https://wiki.example.com", Headers: write(t, "headers", "nothing here")},
		"a folder":     {URL: "https://wiki.example.com", Headers: t.TempDir()},
		"missing":      {URL: "https://wiki.example.com", Headers: filepath.Join(t.TempDir(), "none")},
		"no CA":        {URL: "https://wiki.example.com", CAFile: write(t, "ca", "no certificate")},
		"no key":       {URL: "https://wiki.example.com", CertFile: write(t, "cert", "no certificate")},
		"no address":   {URL: "ftp://wiki"},
		"user's colon": {URL: "https://wiki.example.com", User: "a:b"},
	} {
		if _, err := b.Connect(s, Dial{Secret: secret.Of(token)}); err == nil {
			t.Errorf("%s: no error", name)
		} else if header := (*HeaderError)(nil); errors.As(err, &header) != (s.Headers != "") {
			t.Errorf("%s: %v", name, err)
		}
		if r := b.TestServer(t.Context(), s, token); r.Err == nil || r.Reachable != source.NotChecked {
			t.Errorf("%s: the test says %+v", name, r)
		}
	}
}

// TestServerSecret: each place in which the secret of a server can be.
func TestServerSecret(t *testing.T) {
	b := alone(t)
	if _, err := b.ServerSecret(t.Context(), source.Server{URL: "https://w"}); !errors.Is(err, source.ErrNoSecret) {
		t.Errorf("nothing is kept: %v", err)
	}
	if kept, err := b.KeepSecret(t.Context(), "https://w", "kept"); err != nil || !kept || !b.KeyringWorks(t.Context()) {
		t.Fatalf("kept %v (%v)", kept, err)
	}
	file := write(t, "token", "filed\n")
	for want, s := range map[string]source.Server{
		"kept":     {URL: "https://w"},
		"filed":    {URL: "https://w", TokenFile: file},
		"commands": {URL: "https://w", TokenCommand: "echo commands"},
	} {
		if want == "commands" && runtime.GOOS == "windows" {
			continue
		}
		if got, err := b.ServerSecret(t.Context(), s); err != nil || got != want {
			t.Errorf("%q (%v), want %q", got, err, want)
		}
	}
	// What is wrong with a file is no matter of entering a token.
	_, err := b.ServerSecret(t.Context(), source.Server{URL: "https://w", TokenFile: file + "x"})
	if err == nil || errors.Is(err, source.ErrNoSecret) || !strings.Contains(err.Error(), "https://w") {
		t.Errorf("a missing file: %v", err)
	}
	if err := b.ForgetSecret(t.Context(), "https://w"); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Secret(t.Context(), "https://w"); !errors.Is(err, source.ErrNoSecret) {
		t.Errorf("it is still kept: %v", err)
	}
}

// TestWithoutKeyring: a secret lasts for the session, and a person may enter it.
func TestWithoutKeyring(t *testing.T) {
	b := alone(t)
	keyring.MockInitWithError(errors.New("no bus: connection refused"))
	defer keyring.MockInit()
	if b.KeyringWorks(t.Context()) {
		t.Error("it is said to work")
	}
	if _, err := b.Secret(t.Context(), "https://w"); !errors.Is(err, source.ErrNoSecret) || !strings.Contains(err.Error(), "keyring") {
		t.Errorf("the error is %v", err)
	}
	if kept, err := b.KeepSecret(t.Context(), "https://w", "tok"); kept || err != nil || !b.InSession("https://w") {
		t.Errorf("kept %v (%v)", kept, err)
	}
	if s, err := b.Secret(t.Context(), "https://w"); s != "tok" || err != nil {
		t.Errorf("in the session it is %q (%v)", s, err)
	}
}

// TestClientCertificate: a server that wants a certificate of the client gets the one of
// the settings.
func TestClientCertificate(t *testing.T) {
	asked := make(chan int, 10)
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- len(r.TLS.PeerCertificates)
		w.Write([]byte("{}"))
	}))
	s.TLS = &tls.Config{ClientAuth: tls.RequestClientCert}
	s.StartTLS()
	defer s.Close()
	pair := s.TLS.Certificates[0] // any will do: the server does not verify it
	key, err := marshalKey(pair.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	cert := string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: pair.Certificate[0]}))
	settings := source.Server{URL: s.URL, Insecure: true, CertFile: write(t, "cert", cert), KeyFile: write(t, "key", key)}
	b := alone(t)
	c, err := b.Connect(settings, Dial{Timeout: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	defer c.CloseIdleConnections()
	if _, err := c.Status(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := <-asked; n != 1 {
		t.Errorf("%d certificates were shown", n)
	}
}
