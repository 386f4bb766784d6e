package feed

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"syscall"
)

// The kinds of errors about a source that people have to tell apart.
var (
	// ErrDamaged is wrapped by the errors of a source that is cut, damaged or
	// not what it claims to be.
	ErrDamaged = errors.New("the source is damaged")
	// ErrDenied is wrapped by the errors about passwords and rights.
	ErrDenied = errors.New("access is denied")
	// ErrUnreachable is wrapped by the errors of a server that does not answer
	// now: it may be tried again.
	ErrUnreachable = errors.New("the server cannot be reached now")
)

// kindError says a sentence and is of a kind, which it does not say.
type kindError struct {
	error
	kind error
}

func (e *kindError) Unwrap() []error { return []error{e.error, e.kind} }

// Damaged makes an error that wraps ErrDamaged but only says the sentence.
func Damaged(format string, args ...any) error {
	return &kindError{fmt.Errorf(format, args...), ErrDamaged}
}

// Denied makes an error that wraps ErrDenied but only says the sentence.
func Denied(format string, args ...any) error {
	return &kindError{fmt.Errorf(format, args...), ErrDenied}
}

// Unreachable makes an error that wraps ErrUnreachable but only says the
// sentence.
func Unreachable(format string, args ...any) error {
	return &kindError{fmt.Errorf(format, args...), ErrUnreachable}
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
