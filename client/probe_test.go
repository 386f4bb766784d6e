package client

import (
	"errors"
	"io"
	"maps"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"sluice/pipeline"
	"sluice/secret"
)

// product is a server that answers at some paths and not at the others.
type product map[string]http.HandlerFunc

func (p product) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if h, ok := p[strings.TrimPrefix(r.URL.Path, "/confluence")]; ok {
		h(w, r)
		return
	}
	reply(404, `{"message":"null for uri"}`)(w, r)
}

const (
	exportAt     = "/rest/datapipeline/latest/export"
	exportPathAt = "/rest/datapipeline/latest/config/export-path"
)

// TestProbe checks the report for products that work, and for everything that
// can stand in the way.
func TestProbe(t *testing.T) {
	jira := product{"/rest/api/2/serverInfo": reply(200, `{"version":"9.12.2","buildNumber":9120002,"deploymentType":"Server"}`)}
	oldJira := product{"/rest/api/2/serverInfo": reply(200, `{"version":"8.13.27","buildNumber":813027}`)}
	confluence := product{"/rest/api/server-information": reply(200, `{"version":"9.2.13","buildNumber":21755}`)}
	bitbucket := product{"/rest/api/latest/application-properties": reply(200, `{"version":"8.7.0","buildNumber":"8007000","displayName":"Bitbucket"}`)}
	working := product{exportAt: reply(200, runningBody), exportPathAt: reply(200, `{"path":"/var/atlassian"}`)}
	with := func(ps ...product) product {
		all := product{}
		for _, p := range ps {
			maps.Copy(all, p)
		}
		return all
	}
	refusing := func(status int) product { return product{exportAt: reply(status, "")} }
	for _, tt := range []struct {
		name                string
		server              product
		reach, auth, offers Verdict
		kind                Kind
		product             string
		says                string
	}{
		{"Jira", with(working, jira), Yes, Yes, Yes, "", "Jira 9.12.2", ""},
		{"Confluence", with(working, confluence), Yes, Yes, Yes, "", "Confluence 9.2.13", ""},
		{"Bitbucket", with(working, bitbucket), Yes, Yes, Yes, "", "Bitbucket 8.7.0", ""},
		{"unknown product", working, Yes, Yes, Yes, "", "", ""},
		{"no export path", product{exportAt: reply(200, "{}")}, Yes, Yes, Yes, "", "", ""},
		{"401", with(refusing(401), jira), Yes, No, Unknown, KindUnauthorized, "", "new personal access token"},
		{"403", with(refusing(403), jira), Yes, No, Unknown, KindForbidden, "", "System Administrator"},
		{"CAPTCHA", product{exportAt: func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Authentication-Denied-Reason", "CAPTCHA_CHALLENGE")
			reply(403, "")(w, r)
		}}, Yes, No, Unknown, KindCaptcha, "", "browser"},
		{"404", confluence, Yes, Unknown, No, KindNotFound, "Confluence 9.2.13", "context path"},
		{"too old", oldJira, Yes, Unknown, No, KindNotFound, "Jira 8.13.27", "begins with 8.14"},
		{"503", with(refusing(503), jira), Yes, Unknown, Unknown, KindUnavailable, "Jira 9.12.2", "wait and try again"},
		{"login page", product{exportAt: reply(200, loginPage)}, Yes, No, Unknown, KindLoginPage, "", "single sign-on"},
		{"resets", product{exportAt: resetBefore}, No, Unknown, Unknown, KindConnectionLost, "", "broke"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := pipeServer(t, tt.server, Options{Token: secret.Of(testToken)})
				r := c.Probe(t.Context())
				if r.Reachable != tt.reach || r.Authorised != tt.auth || r.Feature != tt.offers || r.Product.String() != tt.product {
					t.Errorf("reachable %s, authorised %s, feature %s, product %q", r.Reachable, r.Authorised, r.Feature, r.Product)
				}
				var e *Error
				if errors.As(r.Err, &e); (tt.kind == "") != (r.Err == nil) || e != nil && e.Kind != tt.kind {
					t.Fatalf("error %v, want %s", r.Err, tt.kind)
				}
				if r.OK() != (tt.kind == "") {
					t.Error("OK disagrees with the error")
				}
				if e != nil && !strings.Contains(e.Error(), tt.says) {
					t.Errorf("it says %s\nwant %q", e, tt.says)
				}
				if len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0], "not encrypted") {
					t.Errorf("warnings %q", r.Warnings)
				}
				if e == nil && tt.name != "no export path" && (r.ExportPath != "/var/atlassian" || r.Job.ID != 125) {
					t.Errorf("export path %q, job %d", r.ExportPath, r.Job.ID)
				}
			})
		})
	}
}

// TestProbeChangesNothing checks that a probe only reads.
func TestProbeChangesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := script(func(w http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodGet {
				t.Errorf("the probe sends %s %s", r.Method, r.URL)
			}
			w.Header().Set("Server", "Sluice/1.2")
			io.WriteString(w, runningBody)
		})
		r := pipeServer(t, server, Options{Token: secret.Of(testToken)}).Probe(t.Context())
		if r.Product != (Product{Name: "Sluice", Version: "1.2"}) || r.Job.Status != pipeline.Started {
			t.Errorf("report %+v", r)
		}
	})
}

// TestProbeWarns checks what the report says of connections that work but are
// not safe.
func TestProbeWarns(t *testing.T) {
	for _, tt := range []struct {
		o    Options
		says []string
	}{
		{Options{BaseURL: "https://example.com", Token: secret.Of(testToken)}, nil},
		{Options{BaseURL: "http://localhost:8642", Token: secret.Of(testToken)}, nil},
		{Options{BaseURL: "http://example.com", Token: secret.Of(testToken)}, []string{"not encrypted"}},
		{Options{BaseURL: "https://example.com", Token: secret.Of(testToken), Insecure: true}, []string{"not verified"}},
		{Options{BaseURL: "http://example.com"}, []string{"not encrypted", "No token"}},
	} {
		got := mustNew(t, tt.o).warnings(answer{})
		if len(got) != len(tt.says) {
			t.Errorf("%v: warnings %q, want %q", tt.o, got, tt.says)
			continue
		}
		for i, s := range tt.says {
			if !strings.Contains(got[i], s) {
				t.Errorf("%v: warning %q, want %q", tt.o, got[i], s)
			}
		}
	}
}

// TestExportPath checks the lenient reading of answers that the vendor does not
// print.
func TestExportPath(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, tt := range []struct{ answer, want string }{
			{`{"path":"/mnt/real"}`, "/mnt/real"}, {`{}`, "/mnt/asked"}, {``, "/mnt/asked"}, {`ok`, "/mnt/asked"},
		} {
			c := pipeServer(t, script(reply(200, tt.answer)), Options{})
			if got, err := c.SetExportPath(t.Context(), "/mnt/asked"); err != nil || got != tt.want {
				t.Errorf("answer %q: %q, %v", tt.answer, got, err)
			}
		}
		server := script(reply(404, ""))
		c := pipeServer(t, server, Options{})
		for _, p := range []string{"", "exports", "./x", "C:exports"} {
			if _, err := c.SetExportPath(t.Context(), p); err == nil || !strings.Contains(err.Error(), "must be absolute") {
				t.Errorf("path %q: %v", p, err)
			}
		}
		if server.count() != 0 {
			t.Error("a relative path was sent")
		}
		for _, p := range []string{"/x", `C:\exports`, `\\server\share`} {
			var e *Error
			if _, err := c.SetExportPath(t.Context(), p); !errors.As(err, &e) || e.Kind != KindNotFound {
				t.Errorf("path %q: %v", p, err)
			}
		}
	})
}
