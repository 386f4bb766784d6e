package client

import (
	"context"
	"net/http"
	"net/http/cookiejar"
)

// jarKey is where the context of a request keeps the cookies of its redirects.
type jarKey struct{}

// withCookies gives one request cookies of its own. They live within its chain of
// redirects, which load balancers need, and end with it: a session that has expired
// meanwhile would make the right token wrong.
func withCookies(ctx context.Context) context.Context {
	jar, err := cookiejar.New(nil)
	if err != nil { // it has no options to be wrong
		return ctx
	}
	return context.WithValue(ctx, jarKey{}, jar)
}

// passCookies gives the next request of a chain the cookies that the chain has got
// so far, beside those that are always sent. It reports whether any was got at the
// last step.
func passCookies(next *http.Request, via []*http.Request) bool {
	jar, ok := next.Context().Value(jarKey{}).(*cookiejar.Jar)
	if !ok || next.Response == nil {
		return false
	}
	got := next.Response.Cookies()
	jar.SetCookies(via[len(via)-1].URL, got)
	fixed := via[0].Cookies()
	next.Header.Del("Cookie")
	sent := map[string]bool{}
	for _, cookie := range jar.Cookies(next.URL) {
		next.AddCookie(cookie)
		sent[cookie.Name] = true
	}
	for _, cookie := range fixed {
		if !sent[cookie.Name] {
			next.AddCookie(cookie)
		}
	}
	return len(got) > 0
}
