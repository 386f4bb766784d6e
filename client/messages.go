package client

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"sluice/figures"
	"sluice/wording"
)

// text is what people read about a Kind: what went wrong, and what to do. %s is
// the host.
type text struct{ summary, advice string }

var texts = map[Kind]text{
	KindNameNotResolved: {"the name %s is not known in this network",
		"Check the spelling of the address, and whether a VPN is needed"},
	KindRefused: {"%s refuses the connection: nothing listens at this address and port",
		"Check the port, and whether the server is running"},
	KindNoRoute: {"the network does not lead to %s",
		"Check the network connection, and whether a VPN is needed"},
	KindProxy: {"the proxy does not lead to %s",
		"Check the proxy in the settings of this server, or where that names none HTTPS_PROXY, HTTP_PROXY and NO_PROXY, and the proxy's own login"},
	KindTimeout: {"%s did not answer completely in time",
		"Try again later; if it stays so, check the server's load and what lies between"},
	KindConnectionLost: {"the connection to %s broke before the answer was complete",
		"Try again; if it stays so, check the server and the proxies between"},
	KindNotTLS: {"%s does not speak https at this port",
		"Check the port, or write http:// if the server has no encryption"},
	KindTLSAuthority: {"the certificate of %s is signed by an authority that this computer does not know",
		"If your organisation has its own authority, name its CA file in the settings of this server"},
	KindTLSName: {"the certificate of %s is for another name",
		"Use the name that the certificate is for as the address"},
	KindTLSCertificate: {"the certificate of %s is not valid now",
		"It may have expired: have it renewed, and check this computer's clock"},
	KindClientCert: {"%s wants a client certificate, and none that it accepts was sent",
		"Ask who runs it for a certificate and its key, and name both files in the settings of this server"},
	KindUnauthorized: {"%s does not accept the token or password",
		"The token may be mistyped, expired or revoked: create a new personal access token and enter it"},
	KindStaleCookie: {"%s does not accept the login together with the cookie that was sent with it",
		"A session cookie that has expired makes a server refuse even the right token: renew the cookie, or leave it out"},
	KindForbidden: {"%s accepts the login, but its user lacks a permission",
		"Needed are the System Administrator permission and a Data Center licence of the product"},
	KindBasicDisabled: {"%s does not accept a user name with a password: basic authentication is disabled there",
		"Create a personal access token on the server and use it in their place"},
	KindCaptcha: {"%s wants a CAPTCHA answered before it lets this user in, because of failed logins",
		"Log in once with a browser and answer it; then check that no script still sends an old password"},
	KindXSRF: {"%s refuses the request by its XSRF check: the header X-Atlassian-Token: no-check did not arrive",
		"Sluice sends it with every change, so a proxy between removes or renames it: have the header let through"},
	KindNotFound: {"%s has no data pipeline at this address",
		"Check the context path (such as /confluence or /jira) in the address; " +
			"the feature needs a Data Center edition of Jira 8.14, Confluence 7.12 or Bitbucket 7.13, or later"},
	KindNotSupported: {"%s does not offer this operation",
		"This version of the product may not have it yet"},
	KindBadRequest: {"%s does not understand the request",
		"Check the from date; if the address begins with http://, try https://"},
	KindFailed: {"%s could not begin the export",
		"Do what the message says, and start the export again; forcing it would not help"},
	KindConflict: {"%s does not start an export now",
		"Do what the message says; the status tells whether an export runs"},
	KindRateLimited: {"%s limits how often it may be asked",
		"Wait, and ask an administrator to exempt this user from the rate limit"},
	KindUnavailable: {"%s is not available at the moment",
		"It may be starting, upgrading or overloaded: wait and try again"},
	KindGateway: {"the proxy or load balancer before %s does not reach it",
		"The server may be restarting or overloaded: wait and try again; if it stays so, check the server and the proxy's time-outs"},
	KindServer: {"%s failed with an internal error",
		"Look into the server's log, and try again later"},
	KindUnexpected: {"%s answered with a code that the export API does not have",
		"Check that the address leads to the product itself"},
	KindLoginPage: {"not authorised: %s answers with a login page, such as of a single sign-on, in place of the export API",
		"The token did not get past it: have /rest/datapipeline excepted from the single sign-on, or use the address behind it"},
	KindRedirect: {"%s redirects to another address, and the token was not sent there",
		"If the server has moved, enter its new address"},
	KindMalformed: {"the answer of %s is not the JSON of the export API",
		"Check that the address leads to the product itself, and that no proxy changes answers"},
	KindTooLarge: {"the answer of %s is far larger than any answer of the export API",
		"Check that the address leads to the product itself"},
	KindCancelled: {"the request to %s was given up", ""},
	KindNetwork:   {"the connection to %s failed", "Check the network connection and try again"},
}

// Texts for special cases of a kind.
var (
	// wantsLogin is said of a 401 when there was nothing to accept.
	wantsLogin = text{"%s wants a token or a password, and none was sent",
		"Create a personal access token on the server and enter it"}
	// wantsToken is said of a login page when no token was sent.
	wantsToken = text{texts[KindLoginPage].summary,
		"Create a personal access token on the server and enter it; if the page still comes, have /rest/datapipeline excepted from the single sign-on"}
	// saysNothing is said of a start that was refused without a word.
	saysNothing = text{texts[KindFailed].summary,
		"Look into the server's log, then start the export again; 422 is documented for an inconsistent index, but the answer does not name it"}
	// sentBack is said of a change that was answered with a redirect to its own address.
	sentBack = text{"%s answers with a redirect to the same address, and a change is sent only once", unknownStart}
	// inCircles is said of redirects without an end.
	inCircles = text{"%s redirects the request again and again",
		"Check the address; a proxy or load balancer between may be set up wrongly"}
	// comesLater is said of an operation that is not there, and is not everywhere.
	comesLater = text{"%s does not have this operation at this address",
		"Older versions of the products lack it; if all else fails there, too, check the context path (such as /confluence or /jira) in the address"}
	// mayBeXSRF is said of a 403 to a change, which may be about a header.
	mayBeXSRF = text{texts[KindForbidden].summary,
		texts[KindForbidden].advice + "; if both are there, a proxy may remove the header X-Atlassian-Token (XSRF check)"}
)

const (
	unknownStart = "It is not known whether the server has done it: read the status before you try again"
	waitsFor     = "The server asks to wait %s"
	ownMessage   = `; the server says "%s"`
	pageMessage  = `; its page is titled "%s"`
	cannot       = "cannot %s: %s"
	noPath       = "%s does not accept the path"
	theServer    = "the server"
)

// What is tried.
const (
	opStart     = "start the export"
	opStatus    = "read the export status"
	opCancel    = "cancel the export"
	opPath      = "read the export path"
	opSetPath   = "change the export path"
	opResetPath = "reset the export path"
	opVersion   = "read the version"
)

// Formats are all parts that the sentences of an Error are made of, for those who
// translate them: what In asks for is among them.
func Formats() (all []string) {
	add := func(more ...string) {
		for _, f := range more {
			if f != "" && !slices.Contains(all, f) {
				all = append(all, f)
			}
		}
	}
	for _, k := range slices.Sorted(maps.Keys(texts)) {
		add(texts[k].summary, texts[k].advice)
	}
	for _, t := range []text{wantsLogin, wantsToken, saysNothing, sentBack, inCircles, comesLater, mayBeXSRF} {
		add(t.summary, t.advice)
	}
	add(unknownStart, waitsFor, ownMessage, pageMessage, cannot, noPath, theServer, pathAdvice)
	add(opStart, opStatus, opCancel, opPath, opSetPath, opResetPath, opVersion)
	return all
}

// english says everything as it stands.
func english(format string) string { return format }

// summary is the sentence without capital letter and full stop.
func (e *Error) summary(say func(format string) string) string {
	s := fmt.Sprintf(say(e.text().summary), e.host(say))
	if e.Kind.byStatus() {
		s += fmt.Sprintf(" (HTTP %d)", e.StatusCode)
	}
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	switch {
	case e.Message != "" && e.page:
		s += fmt.Sprintf(say(pageMessage), e.Message)
	case e.Message != "":
		s += fmt.Sprintf(say(ownMessage), e.Message)
	}
	return s
}

// Advice says in one or two sentences what to do; it may be empty.
func (e *Error) Advice() string { return e.advice(english) }

func (e *Error) advice(say func(format string) string) string {
	if e.outcomeUnknown() {
		return say(unknownStart)
	}
	if e.RetryAfter > 0 {
		return fmt.Sprintf(say(waitsFor), figures.Span(e.RetryAfter))
	}
	if a := e.text().advice; a != "" {
		return say(a)
	}
	return ""
}

// text is what there is to say about the failure.
func (e *Error) text() text {
	switch {
	case e.Kind == KindUnauthorized && e.anonymous:
		return wantsLogin
	case e.Kind == KindLoginPage && e.anonymous:
		return wantsToken
	case e.Kind == KindFailed && e.Message == "":
		return saysNothing
	case e.Kind == KindRedirect && e.back:
		return sentBack
	case e.Kind == KindRedirect && e.many:
		return inCircles
	case e.Kind == KindNotFound && e.later:
		return comesLater
	case e.Kind == KindBadRequest && e.mend != "":
		return text{noPath, e.mend}
	case e.Kind == KindForbidden && e.write:
		return mayBeXSRF
	}
	if t, ok := texts[e.Kind]; ok {
		return t
	}
	return texts[KindNetwork]
}

// host is the part of the base URL that people recognise.
func (e *Error) host(say func(format string) string) string {
	if u, err := url.Parse(e.Server); err == nil && u.Host != "" {
		return u.Host
	}
	return say(theServer)
}

// sentence begins with a capital letter, unless with a host name, and ends
// with a full stop.
func sentence(s string) string {
	first, _, _ := strings.Cut(s, " ")
	if !strings.ContainsAny(first, ".:0123456789") {
		s = wording.Capital(s)
	}
	return strings.TrimSuffix(s, ".") + "."
}
