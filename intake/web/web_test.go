package web

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// pages answers with a table, sends on, and refuses.
func pages(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/rows.csv", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "id\n1\n") })
	mux.Handle("/on", http.RedirectHandler("/rows.csv?token=s3cret", http.StatusFound))
	mux.Handle("/round", http.RedirectHandler("/round", http.StatusFound))
	mux.Handle("/file", http.RedirectHandler("ftp://host/x", http.StatusFound))
	mux.Handle("/user", http.RedirectHandler("http://u:p@127.0.0.1/x", http.StatusFound))
	mux.HandleFunc("/private", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) })
	mux.HandleFunc("/broken", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	mux.HandleFunc("/short", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		io.WriteString(w, "id\n1\n")
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func TestFetch(t *testing.T) {
	s := pages(t)
	for path, c := range map[string]struct{ says, from string }{
		"/rows.csv?key=s3cret": {"", s.URL + "/rows.csv"}, "/on": {"", s.URL + "/rows.csv"},
		"/round": {"more than 5 times", ""}, "/file": {"no web address", ""}, "/user": {"a password in it", ""},
		"/private": {"signed in (HTTP 403)", ""}, "/missing?key=s3cret": {"no such file", ""}, "/broken": {"HTTP 502", ""},
	} {
		a, err := Fetch(t.Context(), s.URL+path)
		if err != nil {
			if c.says == "" || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "s3cret") {
				t.Errorf("%s: %v, want %q", path, err, c.says)
			}
			continue
		}
		text, err := io.ReadAll(a.Body)
		if c.says != "" || err != nil || string(text) != "id\n1\n" || a.Size != 5 || a.From != c.from {
			t.Errorf("%s: %q of %d from %s, %v", path, text, a.Size, a.From, err)
		}
		if err := a.Body.Close(); err != nil {
			t.Error(err)
		}
	}
	a, err := Fetch(t.Context(), s.URL+"/short")
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	if _, err := io.ReadAll(a.Body); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("an answer that is cut: %v", err)
	}
}

// TestLess: encryption is not given up on the way.
func TestLess(t *testing.T) {
	from := &http.Request{URL: mustParse(t, "https://a/")}
	if err := mayFollow(&http.Request{URL: mustParse(t, "http://a/")}, []*http.Request{from}); err == nil {
		t.Error("it is followed")
	}
}

func mustParse(t *testing.T, s string) *url.URL {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return req.URL
}

func TestFetchRefuses(t *testing.T) {
	for text, says := range map[string]string{
		"http://": "https://host/path", "https://u:s3cret@host/x": "user or password", "http://[::1": "https://host/path",
		"http://127.0.0.1:1/x?token=s3cret": "cannot be reached",
	} {
		_, err := Fetch(t.Context(), text)
		if err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: %v, want %q", text, err, says)
		}
	}
}

// TestCancel: the waiting ends with the context, and the coming with the body.
func TestCancel(t *testing.T) {
	asked := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			w.(http.Flusher).Flush()
		} else {
			close(asked)
		}
		<-r.Context().Done()
	}))
	defer s.Close()
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-asked; cancel() }()
	if _, err := Fetch(ctx, s.URL); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	a, err := Fetch(t.Context(), s.URL+"/slow")
	if err != nil {
		t.Fatal(err)
	}
	a.Body.Close()
	if _, err := a.Body.Read(make([]byte, 1)); err == nil {
		t.Error("it comes on")
	}
}

func TestShown(t *testing.T) {
	for text, want := range map[string]string{
		"HTTPS://u:p@host:8443/a/b.csv?token=1#x": "https://host:8443/a/b.csv", "https://host": "https://host", "http://[": "the address",
	} {
		if got := Shown(text); got != want {
			t.Errorf("%s is shown as %s, not %s", text, got, want)
		}
	}
	if IsAddress("ftp://host") || IsAddress("x.csv") || !IsAddress("HTTP://host") {
		t.Error("what is an address")
	}
}
