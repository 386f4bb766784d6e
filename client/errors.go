package client

import (
	"errors"
	"fmt"
	"time"

	"sluice/pipeline"
)

// Kind tells failures apart.
type Kind string

// The kinds of failures, from the name of the host to the answer's last byte.
const (
	KindNameNotResolved Kind = "name-not-resolved"  // the host name is unknown
	KindRefused         Kind = "refused"            // nothing listens at the port
	KindNoRoute         Kind = "no-route"           // the network does not lead to the host
	KindProxy           Kind = "proxy"              // the proxy of the environment fails or wants a login
	KindTimeout         Kind = "timeout"            // no complete answer in time
	KindConnectionLost  Kind = "connection-lost"    // the connection broke before the answer was complete
	KindNotTLS          Kind = "not-tls"            // https asked of a port that speaks something else
	KindTLSAuthority    Kind = "tls-authority"      // certificate by an unknown authority
	KindTLSName         Kind = "tls-name"           // certificate for another name
	KindTLSCertificate  Kind = "tls-certificate"    // certificate expired, not yet valid, or otherwise bad
	KindClientCert      Kind = "client-certificate" // it wants a certificate of the client
	KindUnauthorized    Kind = "unauthorized"       // the login is not accepted: 401, and 403 to someone unknown
	KindStaleCookie     Kind = "stale-cookie"       // the login is not accepted together with the cookie of the settings
	KindForbidden       Kind = "forbidden"          // the login is accepted and lacks a permission: 403, and 401 to someone known
	KindBasicDisabled   Kind = "basic-disabled"     // no login by user name and password
	KindCaptcha         Kind = "captcha"            // no login before a CAPTCHA is answered in a browser
	KindXSRF            Kind = "xsrf"               // the header of changes did not arrive
	KindNotFound        Kind = "not-found"          // 404
	KindNotSupported    Kind = "not-supported"      // 405, 501
	KindBadRequest      Kind = "bad-request"        // 400
	KindFailed          Kind = "failed"             // a start that failed before it began, not for its index (422)
	KindConflict        Kind = "conflict"           // 409 to a start, and not for an export that runs
	KindRateLimited     Kind = "rate-limited"       // 429
	KindUnavailable     Kind = "unavailable"        // 503, and pages that tell of maintenance
	KindGateway         Kind = "gateway"            // 502, 504: who stands before the server does not reach it
	KindServer          Kind = "server-error"       // another 5xx
	KindUnexpected      Kind = "unexpected-status"  // a code that the API does not document
	KindLoginPage       Kind = "login-page"         // a web page, or a redirect to one, in place of JSON
	KindRedirect        Kind = "redirect"           // a redirect that is not followed
	KindMalformed       Kind = "malformed"          // the answer is no JSON of the documented form
	KindTooLarge        Kind = "too-large"          // the answer is larger than MaxBody
	KindCancelled       Kind = "cancelled"          // the caller gave up
	KindNetwork         Kind = "network"            // any other failure of the connection
)

// byStatus reports whether the HTTP status is what the failure is about.
func (k Kind) byStatus() bool {
	switch k {
	case KindUnauthorized, KindForbidden, KindNotFound, KindNotSupported, KindBadRequest, KindRateLimited,
		KindUnavailable, KindServer, KindUnexpected, KindFailed, KindConflict, KindGateway, KindStaleCookie, KindBasicDisabled, KindCaptcha, KindXSRF:
		return true
	}
	return false
}

// refused reports whether the failure is about who asks, or what that may do.
func (k Kind) refused() bool {
	switch k {
	case KindUnauthorized, KindStaleCookie, KindForbidden, KindBasicDisabled, KindCaptcha, KindXSRF, KindLoginPage, KindClientCert:
		return true
	}
	return false
}

// Error is a failure to talk to a server. errors.Is finds
// pipeline.ErrNotAuthorised in it for every refusal, login pages included, and
// the causes of the standard library, such as context.Canceled.
type Error struct {
	Kind       Kind
	Op         string        // what was tried: "read the export status"
	Server     string        // base URL
	StatusCode int           // HTTP status; 0 without an answer
	RetryAfter time.Duration // what the server asked to wait; 0 if it did not
	Message    string        // the server's own words, one short line; may be empty
	Detail     string        // where it goes wrong, such as the target of a redirect; may be empty
	Err        error         // cause; may be nil

	// anonymous is true if no token and no password were sent.
	anonymous bool
	// back is true for a redirect of a write to the same address.
	back bool
	// many is true for a redirect after too many others.
	many bool
	// later and mend are those of the call.
	later bool
	mend  string
	// page is true if Message is the title of a web page.
	page bool
	// write is true for an operation that changes something: when its answer
	// is lost it is not known whether the change was made.
	write bool
}

// Error is one line: what was tried, the Summary, the Advice.
func (e *Error) Error() string { return e.In(english) }

// In is Error in another language: say gives for each of Formats what it is there.
func (e *Error) In(say func(format string) string) string {
	s := fmt.Sprintf(say(cannot), say(e.Op), e.summary(say))
	if a := e.advice(say); a != "" {
		s += ". " + a
	}
	return s
}

// Summary says in one sentence what went wrong: "The name example.com is not
// known in this network."
func (e *Error) Summary() string { return sentence(e.summary(english)) }

// Code is the Kind as a plain string, for callers that know only an interface.
func (e *Error) Code() string { return string(e.Kind) }

// RetryDelay is RetryAfter, for callers that know only an interface.
func (e *Error) RetryDelay() time.Duration { return e.RetryAfter }

// Temporary reports whether waiting may help: the network, the load or a
// restart are to blame, and not the request.
func (e *Error) Temporary() bool {
	switch e.Kind {
	case KindNameNotResolved, KindRefused, KindNoRoute, KindProxy, KindTimeout, KindConnectionLost,
		KindRateLimited, KindUnavailable, KindGateway, KindServer, KindNetwork:
		return true
	}
	return false
}

// Answered reports whether a server answered at all.
func (e *Error) Answered() bool {
	switch e.Kind {
	case KindNotTLS, KindTLSAuthority, KindTLSName, KindTLSCertificate, KindClientCert:
		return true
	}
	return e.StatusCode != 0
}

// outcomeUnknown reports whether the server may have done what was asked
// although the answer did not arrive.
func (e *Error) outcomeUnknown() bool {
	if !e.write {
		return false
	}
	switch e.Kind {
	case KindRedirect:
		return e.back // it may be the answer to what was done
	case KindTimeout, KindConnectionLost, KindCancelled, KindMalformed, KindTooLarge, KindServer,
		KindGateway, KindUnavailable: // gateways answer 503 also when they lose the connection behind them
		return true
	}
	return false
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is reports refusals as pipeline.ErrNotAuthorised, and operations that the server does
// not have as errors.ErrUnsupported.
func (e *Error) Is(target error) bool {
	switch target {
	case pipeline.ErrNotAuthorised:
		return e.Kind.refused()
	case errors.ErrUnsupported:
		return e.Kind == KindNotSupported || e.Kind == KindNotFound && e.later
	}
	return false
}
