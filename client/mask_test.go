package client

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"sluice/pipeline"
	"sluice/secret"
)

const (
	patToken = "MDM0+DI1/NjE2_Nz8=w-tok~en"
	password = `pass<wör>d & "more"`
)

// TestMaskForms checks that a secret shows in none of the forms in which servers
// echo it, and that all else stays.
func TestMaskForms(t *testing.T) {
	for _, s := range []string{patToken, password, "abcdefgh"} {
		m := newMask([]string{s})
		for name, text := range map[string]string{
			"as it is": s, "twice": s + s, "capitals": capitals(s), "query": url.QueryEscape(s), "path": url.PathEscape(s),
			"every byte": everyByte(s), "some bytes": s[:2] + everyByte(s[2:5]) + s[5:], "small hex": strings.ToLower(url.QueryEscape(s)),
			"twice encoded":  url.QueryEscape(url.QueryEscape(s)),
			"base64":         base64.StdEncoding.EncodeToString([]byte(s)),
			"base64 for URL": base64.RawURLEncoding.EncodeToString([]byte(s)),
			"Basic":          base64.StdEncoding.EncodeToString([]byte("admin:" + s)),
			"Basic, other":   base64.StdEncoding.EncodeToString([]byte("ana:" + s)),
			"Basic in query": url.QueryEscape(base64.StdEncoding.EncodeToString([]byte("x:" + s + "!"))),
		} {
			got := m.hide("before " + text + " after")
			if !strings.HasPrefix(got, "before ") || !strings.Contains(got, masked) || shows(got, s) {
				t.Errorf("%s of %q: %q", name, s, got)
			}
		}
		if got := m.hide("100 % of nothing %zz"); got != "100 % of nothing %zz" {
			t.Errorf("a text without a secret became %q", got)
		}
	}
	if got := newMask(nil).hide("a%41"); got != "a%41" {
		t.Errorf("without secrets: %q", got)
	}
}

// shows reports whether a secret can be read out of a text.
func shows(text, s string) bool {
	for range 3 {
		if strings.Contains(strings.ToLower(text), strings.ToLower(s)) {
			return true
		}
		for word := range strings.FieldsSeq(text) {
			for _, e := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding, base64.RawURLEncoding} {
				if b, err := e.DecodeString(word); err == nil && strings.Contains(string(b), s) {
					return true
				}
			}
		}
		text = percentDecoded(text)
	}
	return false
}

// capitals turns the ASCII letters, as a host name may come.
func capitals(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, s)
}

func everyByte(s string) string {
	var b strings.Builder
	for i := range len(s) {
		b.WriteString("%" + string("0123456789ABCDEF"[s[i]>>4]) + string("0123456789ABCDEF"[s[i]&15]))
	}
	return b.String()
}

// TestEchoedSecretsAreHidden: a server that sends back what it was sent, in bodies
// of success and failure, in members nobody knows, and in the target of a redirect.
func TestEchoedSecretsAreHidden(t *testing.T) {
	for _, o := range []Options{{Token: secret.Of(patToken)}, {User: "admin", Password: secret.Of(password)}} {
		secret := o.Token.Reveal() + o.Password.Reveal()
		echo := func(r *http.Request) string {
			_, value, _ := strings.Cut(r.Header.Get("Authorization"), " ")
			return strings.Join([]string{secret, value, url.QueryEscape(secret), everyByte(secret), capitals(secret)}, " ")
		}
		mode := ""
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			all := echo(r)
			switch mode {
			case "job":
				long := strings.Repeat("x", longestMessage-3) + secret // cut within the secret, were it cut first
				w.WriteHeader(http.StatusOK)
				d := []pipeline.Diagnostic{{Key: all, Message: long}}
				_ = json.NewEncoder(w).Encode(map[string]any{"jobId": 1, "status": "FAILED " + all, "nodeId": all, "errors": d, "warnings": d,
					"rootExportPath": all, "schema": map[string]any{"version": 1, "status": all}, "optedOutFiles": []string{all},
					"optedOutEntities": []any{map[string]any{"type": all, "identifiers": []string{all}}},
					all:                map[string]any{all: []any{all, 1.5, nil, true}}})
			case "error":
				w.WriteHeader(http.StatusForbidden)
				_ = json.NewEncoder(w).Encode(map[string]any{"message": strings.Repeat("x", longestMessage-3) + all})
			case "redirect":
				http.Redirect(w, r, "https://"+"evil.example/"+everyByte(secret)+"/"+url.PathEscape(secret)+"?t="+url.QueryEscape(secret), http.StatusFound)
			case "cancel":
				_ = json.NewEncoder(w).Encode(map[string]any{"status": "OK", "message": all})
			}
		}))
		o.BaseURL, o.Retries = s.URL, -1
		c, err := New(o)
		if err != nil {
			t.Fatal(err)
		}
		for _, mode = range []string{"job", "error", "redirect", "cancel"} {
			job, err := c.Status(t.Context())
			said, _ := json.Marshal(job)
			text := string(said)
			if mode == "cancel" {
				answer, err := c.Cancel(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				text = answer.Message
			}
			if err != nil {
				text += err.Error()
			}
			var plain any
			_ = json.Unmarshal(said, &plain)
			if shows(text, secret) || shows(strings.ReplaceAll(text, `\u0026`, "&"), secret) || !strings.Contains(text, masked) {
				t.Errorf("%s: %s", mode, text)
			}
			if (err != nil) != (mode != "job") { // as a status, the answer to a cancellation names no job
				t.Errorf("%s: %v", mode, err)
			}
		}
		s.Close()
	}
}

func FuzzMask(f *testing.F) {
	f.Add(patToken, "before", "after")
	f.Add("aaaaaaaa", "a", "%61")
	f.Fuzz(func(t *testing.T, s, before, after string) {
		if len(s) < 4 || strings.ContainsAny(s, "*%") {
			return
		}
		m := newMask([]string{s})
		for _, text := range []string{before + s + after, before + url.QueryEscape(s) + after, before + everyByte(s) + after} {
			if got := m.hide(text); strings.Contains(lower(got), lower(s)) {
				t.Fatalf("%q in %q became %q", s, text, got)
			}
		}
	})
}
