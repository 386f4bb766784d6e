package client

import (
	"time"

	"sluice/pipeline"
)

// Kind tells failures apart.
type Kind string

// The kinds of failures, from the name of the host to the answer's last byte.
const (
	KindNameNotResolved Kind = "name-not-resolved" // the host name is unknown
	KindRefused         Kind = "refused"           // nothing listens at the port
	KindNoRoute         Kind = "no-route"          // the network does not lead to the host
	KindProxy           Kind = "proxy"             // the proxy of the environment fails or wants a login
	KindTimeout         Kind = "timeout"           // no complete answer in time
	KindConnectionLost  Kind = "connection-lost"   // the connection broke before the answer was complete
	KindNotTLS          Kind = "not-tls"           // https asked of a port that speaks something else
	KindTLSAuthority    Kind = "tls-authority"     // certificate by an unknown authority
	KindTLSName         Kind = "tls-name"          // certificate for another name
	KindTLSCertificate  Kind = "tls-certificate"   // certificate expired, not yet valid, or otherwise bad
	KindUnauthorized    Kind = "unauthorized"      // 401
	KindForbidden       Kind = "forbidden"         // 403
	KindNotFound        Kind = "not-found"         // 404
	KindNotSupported    Kind = "not-supported"     // 405, 501
	KindBadRequest      Kind = "bad-request"       // 400
	KindRateLimited     Kind = "rate-limited"      // 429
	KindUnavailable     Kind = "unavailable"       // 503
	KindServer          Kind = "server-error"      // another 5xx
	KindUnexpected      Kind = "unexpected-status" // a code that the API does not document
	KindLoginPage       Kind = "login-page"        // a web page, or a redirect to one, in place of JSON
	KindRedirect        Kind = "redirect"          // a redirect that is not followed
	KindMalformed       Kind = "malformed"         // the answer is no JSON of the documented form
	KindTooLarge        Kind = "too-large"         // the answer is larger than MaxBody
	KindCancelled       Kind = "cancelled"         // the caller gave up
	KindNetwork         Kind = "network"           // any other failure of the connection
)

// Error is a failure to talk to a server. errors.Is finds
// pipeline.ErrNotAuthorised in it for KindUnauthorized and KindForbidden, and
// the causes of the standard library, such as context.Canceled.
type Error struct {
	Kind       Kind
	Op         string        // what was tried: "read the export status"
	Server     string        // base URL
	StatusCode int           // HTTP status; 0 without an answer
	RetryAfter time.Duration // what the server asked to wait; 0 if it did not
	Detail     string        // the server's own short message, or where it redirects to; may be empty
	Err        error         // cause; may be nil
}

// Error is the Summary followed by the Advice.
func (e *Error) Error() string { return string(e.Kind) }

// Summary says in one sentence what went wrong.
func (e *Error) Summary() string { return string(e.Kind) }

// Advice says what to do about it.
func (e *Error) Advice() string { return "" }

// Code is the Kind as a plain string, for callers that know only an interface.
func (e *Error) Code() string { return string(e.Kind) }

// Temporary reports whether waiting may help: the network, the load or a
// restart are to blame, and not the request.
func (e *Error) Temporary() bool { return false }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is reports 401 and 403 as pipeline.ErrNotAuthorised.
func (e *Error) Is(target error) bool {
	return target == pipeline.ErrNotAuthorised && (e.Kind == KindUnauthorized || e.Kind == KindForbidden)
}
