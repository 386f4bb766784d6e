package feed

import (
	"errors"
	"fmt"
)

// atError is an error with its place in a source.
type atError struct {
	place string
	error
}

func (e *atError) Error() string { return e.place + ": " + e.error.Error() }
func (e *atError) Unwrap() error { return e.error }

// At says at which place of a source an error came up, such as "table %s, row %d",
// unless the error says so itself: a reader and who takes its rows both know.
func At(err error, format string, args ...any) error {
	if err == nil || errors.As(err, new(*atError)) {
		return err
	}
	return &atError{fmt.Sprintf(format, args...), err}
}
