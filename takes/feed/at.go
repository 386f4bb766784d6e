package feed

import (
	"errors"

	"sluice/wording"
)

// atError is an error with its place in a source.
type atError struct {
	place wording.Text
	error
}

func (e *atError) Error() string { return e.place.String() + ": " + e.error.Error() }

// In implements wording.Sayer.
func (e *atError) In(say func(english string) string) string { return e.Text().In(say) }

// Text is what it is made of.
func (e *atError) Text() wording.Text {
	return wording.Of("%s: %s", e.place, wording.Because(e.error))
}

func (e *atError) Unwrap() error { return e.error }

// At says at which place of a source an error came up, such as "table %s, row %d",
// unless the error says so itself: a reader and who takes its rows both know.
func At(err error, format string, args ...any) error {
	if err == nil || errors.As(err, new(*atError)) {
		return err
	}
	return &atError{wording.Of(format, args...), err}
}
