package cli

import (
	"context"
	"encoding/pem"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sluice/client"
)

// TestRemoteFailures meets servers that are not there, are something else or
// fail. Each failure has its own message and exit code, is told in one line, and
// prints no job.
func TestRemoteFailures(t *testing.T) {
	alone(t)
	t.Setenv(tokenVariable, remoteToken)
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	for _, c := range []struct {
		name string
		url  string
		with http.HandlerFunc
		code int
		says string
	}{
		{"refused", gone.URL, nil, exitUnreachable, "refuses the connection"},
		{"user in the address", "http://me:" + remoteToken + "@127.0.0.1", nil, exitUsage, "--url"},
		{"no address", "https://", nil, exitUsage, "--url"},
		{"login page", "", page(200, "text/html", "<html>log in</html>"), exitNotAuthorised, "login page"},
		{"moved", "", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://sso.example/login?back="+r.URL.Path, http.StatusFound)
		}, exitNotAuthorised, "sso.example/login"},
		{"not JSON", "", page(418, "text/plain", "fine"), exitFailed, "HTTP 418"},
		{"401", "", page(401, "text/html", "<html>"), exitNotAuthorised, "--token-file"},
		{"403", "", page(403, "text/plain", "You may not."), exitNotAuthorised, "System Administrator"},
		{"403 XSRF", "", page(403, "text/plain", "XSRF check failed"), exitNotAuthorised, "X-Atlassian-Token"},
		{"404", "", page(404, "text/html", "<html>"), exitFailed, "context path"},
		{"429", "", after(page(429, "", ""), "3600"), exitUnreachable, "wait 1 h"},
		{"503", "", after(page(503, "", ""), "60"), exitUnreachable, "not available at the moment"},
	} {
		t.Run(c.name, func(t *testing.T) {
			url := c.url
			if c.with != nil {
				s := httptest.NewServer(c.with)
				defer s.Close()
				url = s.URL
			}
			for _, command := range []string{"start", "status", "cancel"} {
				for _, args := range [][]string{nil, {"--json"}, {"--wait"}} {
					code, out, errs := runRemote(t, command, append([]string{"--url", url}, args...)...)
					expect(t, command, code, c.code, errs, c.says)
					asked := slices.Contains(args, "--json")
					if out != "" && !asked || asked && problemIn(t, out).Kind != kindOf(c.code) {
						t.Errorf("%s %v prints %q after a failure", command, args, out)
					}
				}
			}
		})
	}
}

func page(status int, media, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", media)
		w.WriteHeader(status)
		w.Write([]byte(body))
	}
}

func after(h http.HandlerFunc, seconds string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", seconds)
		h(w, r)
	}
}

// TestRemoteConflictWithoutBody: when a proxy has lost the body, 409 still means what
// it is documented for; 422 does not, since only an index that the server names is
// told as inconsistent, for which scripts force. There is no job to print then.
func TestRemoteConflictWithoutBody(t *testing.T) {
	alone(t)
	for status, want := range map[int]int{http.StatusConflict: exitRunning, http.StatusUnprocessableEntity: exitFailed} {
		s := httptest.NewServer(page(status, "application/json", ""))
		code, out, errs := runRemote(t, "start", "--url", s.URL, "--json")
		s.Close()
		expect(t, "start", code, want, errs, "sluice: ")
		if problemIn(t, out).Kind != kindOf(want) {
			t.Errorf("prints %q", out)
		}
	}
}

func certificatePEM(s *httptest.Server) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
}

// TestRemoteTLS trusts a server by its authority's file only, or says loudly
// that it does not look.
func TestRemoteTLS(t *testing.T) {
	alone(t)
	s := httptest.NewUnstartedServer(page(200, "application/json", "{}"))
	s.Config.ErrorLog = log.New(io.Discard, "", 0) // refused handshakes
	s.StartTLS()
	defer s.Close()
	ca := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, certificatePEM(s), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{nil, exitFailed, "--ca-file"},
		{[]string{"--ca-file", ca}, exitDone, ""},
		{[]string{"--ca-file", ca + ".gone"}, exitFailed, "ca.pem.gone"},
		{[]string{"--insecure"}, exitDone, "is not verified"},
	} {
		code, _, errs := runRemote(t, "status", append([]string{"--url", s.URL}, c.args...)...)
		expect(t, strings.Join(c.args, " "), code, c.code, errs, c.says)
	}
}

// TestRemoteSignal ends a start that is under way; what the server does with it
// is not known.
func TestRemoteSignal(t *testing.T) {
	alone(t)
	ctx, signal := context.WithCancel(t.Context())
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		signal()
		<-r.Context().Done()
	}))
	defer s.Close()
	var out, errs strings.Builder
	p := Program{Out: &out, Err: &errs}
	code := p.Run(ctx, []string{"start", "--url", s.URL, "--json"})
	expect(t, "start", code, exitSignal, errs.String(), "read the status")
	if p := problemIn(t, out.String()); p.Kind != "signal" || p.Cause != "cancelled" || !strings.Contains(p.Hint, "read the status") {
		t.Errorf("prints %q", out.String())
	}
}

// TestAdviceKeepsTheKind checks that advice does not hide what failed.
func TestAdviceKeepsTheKind(t *testing.T) {
	for kind := range flagFor {
		err := advise(&client.Error{Kind: kind, Server: "https://example.com", Op: "read"})
		if !strings.HasSuffix(err.Error(), flagFor[kind]) {
			t.Errorf("%v", err)
		}
		if want := exitCode(&client.Error{Kind: kind}); exitCode(err) != want || want == exitFailed && kind != client.KindTLSAuthority {
			t.Errorf("%s: exit code %d, want %d", kind, exitCode(err), want)
		}
	}
}
