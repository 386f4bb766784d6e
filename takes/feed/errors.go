package feed

import (
	"errors"
	"fmt"
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
