package client

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

const maxRedirects = 5

// redirectError stops a redirect: the request, and with it the token, does not
// go there.
type redirectError struct {
	to     *url.URL
	reason string
	back   bool // to where the request was sent
	many   bool // after too many others
}

func (e *redirectError) Error() string { return e.reason }

// kind tells a redirect to a login page from a server that has moved.
func (e *redirectError) kind() Kind {
	s := strings.ToLower(e.to.Host + e.to.Path)
	for _, word := range []string{"login", "logon", "signin", "sign-in", "sso", "saml", "oauth", "openid", "adfs", "/auth", "idp",
		"cognito", "cloudflareaccess", "okta", "keycloak", "/realms/", "shibboleth", "auth0"} {
		if strings.Contains(s, word) {
			return KindLoginPage
		}
	}
	// What a login is told about the way back.
	query := e.to.Query()
	for _, name := range []string{"SAMLRequest", "RelayState", "redirect_uri", "response_type", "os_destination", "ReturnUrl", "wtrealm"} {
		if query.Has(name) {
			return KindLoginPage
		}
	}
	return KindRedirect
}

// place is the target without its query, which may carry secrets.
func (e *redirectError) place() string {
	u := url.URL{Scheme: e.to.Scheme, Host: e.to.Host, Path: e.to.Path}
	return u.String()
}

// followRedirect decides about a redirect (http.Client.CheckRedirect). Reads
// follow within the same host, and from http to https of the same host. Writes follow
// only to where they were sent, with a cookie that they lacked, and by the codes that
// say that nothing was done yet (307 and 308): 301 and 302 would turn a POST into a
// GET, whose answer looks like that of the POST.
func followRedirect(next *http.Request, via []*http.Request) error {
	first := via[0]
	cookie := passCookies(next, via)
	switch {
	case first.Method != http.MethodGet && next.Method == first.Method && cookie && *next.URL == *first.URL && len(via) < maxRedirects:
		return nil
	case first.Method != http.MethodGet:
		return &redirectError{next.URL, "redirect of a request that is sent only once", *next.URL == *first.URL, false}
	case !sameHost(first.URL, next.URL):
		return &redirectError{next.URL, "redirect to another host", false, false}
	case len(via) >= maxRedirects:
		return &redirectError{next.URL, fmt.Sprintf("more than %d redirects", maxRedirects), false, true}
	}
	return nil
}

// sameHost reports whether b is the same server as a: the same scheme, name
// and port, or the same name with https on its default port after http on its.
func sameHost(a, b *url.URL) bool {
	if !strings.EqualFold(a.Hostname(), b.Hostname()) {
		return false
	}
	if a.Scheme == b.Scheme {
		return portOf(a) == portOf(b)
	}
	return a.Scheme == "http" && portOf(a) == "80" && b.Scheme == "https" && portOf(b) == "443"
}

func portOf(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "https":
		return "443"
	}
	return "80"
}
