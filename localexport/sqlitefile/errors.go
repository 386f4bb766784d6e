package sqlitefile

import (
	"errors"
	"fmt"

	"sluice/wording"
)

var (
	// ErrUnsupported is matched by errors that say: leave this file, table,
	// index or row to SQLite.
	ErrUnsupported = errors.New("needs SQLite")
	// ErrDamaged is matched by every PageError.
	ErrDamaged = wording.New("the database file is damaged")
	// ErrNotFound is matched by errors about a table, column or index that the
	// file does not have.
	ErrNotFound = errors.New("not found")
	// ErrTooBig is matched by errors about a value longer than Options.MaxValue.
	ErrTooBig = wording.New("value too long")
	// ErrUnreadable is matched by the error of Read if mapped memory could not be
	// read: the disk failed, or the file was cut. What is in the file is not known.
	ErrUnreadable = wording.New("the file was cut or its disk failed")
	// ErrChanged is matched by the error of Read if the file was written to, or
	// cut, since it was opened.
	ErrChanged = wording.New("the file has changed while it was read")
)

// PageError says what makes no sense on which page. It matches ErrDamaged.
type PageError struct {
	Path string
	Page uint32 // counted from 1
	What string
}

func (e *PageError) Error() string { return e.Text().String() }

// In implements wording.Sayer.
func (e *PageError) In(say func(english string) string) string { return e.Text().In(say) }

// Text is what it is made of.
func (e *PageError) Text() wording.Text {
	return wording.Of("%s is damaged: page %d: %s", e.Path, e.Page, e.What)
}

// Unwrap returns ErrDamaged.
func (e *PageError) Unwrap() error { return ErrDamaged }

func (f *File) damaged(page uint32, format string, args ...any) error {
	return &PageError{Path: f.path, Page: page, What: fmt.Sprintf(format, args...)}
}

// unsupported makes an error that matches ErrUnsupported.
func unsupported(subject, format string, args ...any) error {
	return wording.Errorf("%s %w: %s", subject, ErrUnsupported, fmt.Sprintf(format, args...))
}
