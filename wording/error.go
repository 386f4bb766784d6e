package wording

import (
	"errors"
	"fmt"
	"strings"
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

// Around is what says an error of which only what it wraps can be said in another language:
// the words around that stay English. nil if nothing in it can be said.
func Around(err error) Sayer {
	var wrapped []error
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		wrapped = []error{e.Unwrap()}
	case interface{ Unwrap() []error }:
		wrapped = e.Unwrap()
	}
	t, rest := Text{}, err.Error()
	for _, w := range wrapped {
		if w == nil {
			continue
		}
		says := sayer(w)
		if says == nil {
			says = Around(w)
		}
		before, after, found := strings.Cut(rest, w.Error())
		if says == nil || !found {
			continue
		}
		t.Format += plain(before) + "%s"
		t.Args, rest = append(t.Args, says), after
	}
	if len(t.Args) == 0 {
		return nil
	}
	t.Format += plain(rest)
	return t
}

// plain is a text as a format.
func plain(s string) string { return strings.ReplaceAll(s, "%", "%%") }
