package wording

import (
	"errors"
	"fmt"
)

// Error is an error whose text can be said in another language.
type Error struct {
	Text
	err error
}

// Errorf is fmt.Errorf, for errors that people read in the window.
func Errorf(format string, args ...any) error {
	return &Error{Text: Of(format, args...), err: fmt.Errorf(format, args...)}
}

// New is errors.New, for errors that people read in the window.
func New(text string) error {
	return &Error{Text: Text{Format: text}, err: errors.New(text)}
}

// Error implements error, in English.
func (e *Error) Error() string { return e.err.Error() }

// Unwrap gives what the error was made of.
func (e *Error) Unwrap() error { return e.err }

// Because is what a text says of an error: as the error can be said itself, or else its
// English.
func Because(err error) any {
	if s := sayer(err); s != nil {
		return s
	}
	return err.Error()
}
