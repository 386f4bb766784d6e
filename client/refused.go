package client

import (
	"bytes"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// What the products and the servers before them tell about a refusal in headers; the
// vendor documents the first for the login of Jira and Confluence.
const (
	loginReasonHeader  = "X-Seraph-LoginReason"
	deniedReasonHeader = "X-Authentication-Denied-Reason"
	userHeader         = "X-AUSERNAME" // who the product takes the caller for
	anonymousUser      = "anonymous"
)

// nginx has codes of its own for certificates of clients.
const (
	statusCertificateError    = 495
	statusCertificateRequired = 496
)

// kindOfAnswer tells which failure an answer is that the operation does not expect:
// by what its headers and its body say where they do, else by its status.
func kindOfAnswer(a answer, anonymous bool) Kind {
	kind := kindOfStatus(a.status)
	if a.status < 400 || a.status > 499 {
		return kind
	}
	words := serverMessage(a.body)
	switch {
	case words == xsrfWords:
		return KindXSRF
	case noCertificate.MatchString(words):
		return KindClientCert
	case kind != KindUnauthorized && kind != KindForbidden:
		return kind
	case strings.Contains(a.header.Get(loginReasonHeader), "AUTHENTICATION_DENIED"), a.header.Get(deniedReasonHeader) != "":
		return KindCaptcha
	case basicDisabled.MatchString(words):
		return KindBasicDisabled
	case anonymous:
		return KindUnauthorized
	}
	return whoOrWhat(a, kind, words)
}

var (
	noCertificate = regexp.MustCompile(`(?i)no required (SSL|TLS|client) certificate|client certificate (is )?(required|missing)|requires? a client certificate`)
	basicDisabled = regexp.MustCompile(`(?i)basic auth\w*( \w+)* (is|has been|was)? ?(disabled|not allowed|not permitted|forbidden)|disabled basic auth`)
	loginMissing  = regexp.MustCompile(`(?i)log ?in required|must be (authenticated|logged in)|not (authenticated|logged in)|credentials`)
	lacksRight    = regexp.MustCompile(`(?i)permission|not permitted|not allowed|privilege|administrator|access is denied|not authori[sz]ed to`)
)

// whoOrWhat tells a login that was not accepted from one that lacks a permission:
// servers send 401 and 403 for both.
func whoOrWhat(a answer, kind Kind, words string) Kind {
	user := a.header.Get(userHeader)
	known := user != "" && !strings.EqualFold(user, anonymousUser)
	unknown := strings.EqualFold(user, anonymousUser) || strings.Contains(a.header.Get(loginReasonHeader), "AUTHENTICATED_FAILED")
	switch {
	case unknown:
		return KindUnauthorized
	case known, kind == KindUnauthorized && lacksRight.MatchString(words) && !loginMissing.MatchString(words):
		return KindForbidden
	}
	return kind
}

// loginPlace is where a browser answers the CAPTCHA, if the server says so, without
// its query.
func loginPlace(h http.Header) string {
	_, place, ok := strings.Cut(h.Get(deniedReasonHeader), "login-url=")
	if !ok {
		return ""
	}
	u, err := url.Parse(strings.TrimSpace(place))
	if err != nil || u.Host == "" {
		return ""
	}
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
}

// kindOfPage tells which failure a web page is that came with a status that the
// operation expects: a login page, or one that tells of maintenance. It reports false
// for what is no page, and for error pages, whose status tells.
func kindOfPage(a answer) (Kind, bool) {
	if !isWebPage(a) {
		return "", false
	}
	start := a.body[:min(len(a.body), 64<<10)]
	switch login := isLogin(start); {
	case login:
		return KindLoginPage, true
	case a.status >= 400:
		return "", false
	case maintenance.Match(start):
		return KindUnavailable, true
	}
	return KindLoginPage, true
}

var (
	loginTitle  = regexp.MustCompile(`(?i)log ?in|log ?on|sign ?in|sign ?on|single sign|authenticat|anmelden|connexion|\bsso\b|saml|redirecting`)
	maintenance = regexp.MustCompile(`(?i)maintenance|starting up|is starting|be back|upgrad|restart|temporarily|not available|unavailable|wartung`)
)

// isLogin reports whether a page asks for a login.
func isLogin(page []byte) bool {
	small := bytes.ToLower(page)
	for _, sign := range []string{"samlrequest", "samlresponse", "os_username", `type="password"`, "type='password'", "login.action", "login.jsp", "openid", "j_username", "relaystate"} {
		if bytes.Contains(small, []byte(sign)) {
			return true
		}
	}
	return loginTitle.MatchString(titleOf(page))
}
