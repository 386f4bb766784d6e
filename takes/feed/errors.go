package feed

import (
	"context"
	"crypto/x509"
	"errors"
	"net"
	"strings"
	"syscall"

	"sluice/intake/unpack"
	"sluice/wording"
)

// The kinds of errors about a source that people have to tell apart.
var (
	// ErrDamaged is wrapped by the errors of a source that is cut, damaged or
	// not what it claims to be.
	ErrDamaged = unpack.ErrDamaged
	// ErrDenied is wrapped by the errors about passwords and rights.
	ErrDenied = errors.New("access is denied")
	// ErrUnreachable is wrapped by the errors of a server that does not answer
	// now: it may be tried again.
	ErrUnreachable = errors.New("the server cannot be reached now")
	// ErrMisused is wrapped, beside ErrDamaged, by the errors about what was typed or
	// stands in the environment: an address, a setting.
	ErrMisused = errors.New("what names the source is wrong")
)

// kindError says a sentence and is of a kind, which it does not say.
type kindError struct {
	error
	kind error
}

func (e *kindError) Unwrap() []error { return []error{e.error, e.kind} }

// Told is the error within err that says a sentence already, such as that of a
// tunnel in one of a driver; nil if there is none.
func Told(err error) error {
	var told *kindError
	if errors.As(err, &told) {
		return told
	}
	return nil
}

// With makes an error be of a further kind, which it does not say.
func With(err, kind error) error { return &kindError{err, kind} }

// Damaged makes an error that wraps ErrDamaged but only says the sentence.
func Damaged(format string, args ...any) error {
	return &kindError{wording.Errorf(format, args...), ErrDamaged}
}

// Misused makes an error that wraps ErrMisused and ErrDamaged but only says the sentence.
func Misused(format string, args ...any) error { return With(Damaged(format, args...), ErrMisused) }

// Denied makes an error that wraps ErrDenied but only says the sentence.
func Denied(format string, args ...any) error {
	return &kindError{wording.Errorf(format, args...), ErrDenied}
}

// Unreachable makes an error that wraps ErrUnreachable but only says the
// sentence.
func Unreachable(format string, args ...any) error {
	return &kindError{wording.Errorf(format, args...), ErrUnreachable}
}

// LastPart is the cause at the end of an error of a library, whose first parts may name
// an address with its user.
func LastPart(text string) string {
	parts := strings.Split(strings.TrimSpace(text), ": ")
	return parts[len(parts)-1]
}

// Network says what an error on the way to a database means and what to do. address
// is the place of the database without a password, detail what broke in words that
// may be shown.
func Network(err error, address, detail string) error {
	var dns *net.DNSError
	switch {
	case errors.As(err, &dns):
		return Unreachable("the host of the database at %s is not known: check its name", address)
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ENOENT): // no port, no socket
		return Unreachable("nothing answers at %s: check host and port, and that the server runs and listens there", address)
	case errors.Is(err, context.DeadlineExceeded) || strings.Contains(err.Error(), "timeout") || strings.Contains(err.Error(), "deadline"):
		return Unreachable("the database at %s did not answer in time: check host, port and firewall", address)
	}
	return Unreachable("the connection to %s broke: %s", address, detail)
}

// Cut says that the connection to a database ended while it was read. detail is
// what broke, in words that may be shown.
func Cut(address, detail string) error {
	return Damaged("the connection to the database at %s was cut while it was read: nothing was kept, so take the snapshot again (%s)", address, detail)
}

// Certificate says what is wrong with the certificate of a server, and what to do;
// nil if the error is about something else. authority is the setting of the address
// that names the certificate of an authority, unnamed the one that checks no name.
func Certificate(err error, address, authority, unnamed string) error {
	var (
		unknown x509.UnknownAuthorityError
		name    x509.HostnameError
		invalid x509.CertificateInvalidError
	)
	switch {
	case errors.As(err, &unknown):
		return Unreachable("the certificate of the server at %s is of no authority that is trusted here: name the certificate of its authority with %s in the address", address, authority)
	case errors.As(err, &name):
		return Unreachable("the certificate of the server at %s is for another name: write the host as the certificate names it, or choose %s, if it is the right server (%s)", address, unnamed, strings.TrimPrefix(name.Error(), "x509: "))
	case errors.As(err, &invalid):
		return Unreachable("the certificate of the server at %s is not valid: %s", address, strings.TrimPrefix(invalid.Error(), "x509: "))
	}
	return nil
}
