package client

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
)

// TestHeadersAreSecrets: what is sent with every request is sent, and hidden in what a
// server says.
func TestHeadersAreSecrets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := http.Header{"Cookie": {"gate=open-sesame; lb=node-one"}, "X-Access-Key": {"k3y-of-access"}, "X-Flag": {"1"}}
		server := script(func(w http.ResponseWriter, r *http.Request) {
			reply(400, `{"message":"1 is wrong with `+r.Header.Get("Cookie")+` and `+r.Header.Get("X-Access-Key")+`"}`)(w, r)
		})
		_, err := pipeServer(t, server, Options{Header: h}).Status(t.Context())
		if err == nil || !strings.Contains(err.Error(), "1 is wrong") {
			t.Fatal(err)
		}
		for _, secret := range []string{"open-sesame", "node-one", "k3y-of-access"} {
			if strings.Contains(err.Error(), secret) {
				t.Errorf("%q shows: %v", secret, err)
			}
		}
		if r := server.requests[0]; r.Header.Get("X-Flag") != "1" || len(r.Cookies()) != 2 {
			t.Errorf("sent: %v", r.Header)
		}
	})
}

func TestHeadersThatCannotBeSent(t *testing.T) {
	for name, value := range map[string]string{
		"authorization": "x", "Host": "x", "X-Atlassian-Token": "x", "X Y": "x", "": "x", "X-A": "a\nb", "X-B": "a\x00", "Content-Length": "1",
	} {
		if _, err := New(Options{BaseURL: "https://example.com", Header: http.Header{name: {value}}}); err == nil {
			t.Errorf("%q: %q is sent", name, value)
		}
	}
}

// TestCookiesOfAChain: a chain of redirects keeps the cookies of the settings, and those
// that it got take the place of them; the next request begins anew.
func TestCookiesOfAChain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var seen []string
		server := script(func(w http.ResponseWriter, r *http.Request) {
			seen = append(seen, r.Header.Get("Cookie"))
			if len(seen)%2 == 1 {
				http.SetCookie(w, &http.Cookie{Name: "lb", Value: "two", Path: "/"})
				http.SetCookie(w, &http.Cookie{Name: "elsewhere", Value: "x", Path: "/other"})
				redirectTo(302, r.URL.RequestURI())(w, r)
				return
			}
			reply(200, runningBody)(w, r)
		})
		c := pipeServer(t, server, Options{Header: http.Header{"Cookie": {"gate=open; lb=one"}}})
		for range 2 {
			if _, err := c.Status(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		want := "gate=open; lb=one|lb=two; gate=open"
		if got := strings.Join(seen, "|"); got != want+"|"+want {
			t.Errorf("cookies sent: %s", got)
		}
	})
}
