package csvfile

import (
	"errors"
	"fmt"
	"io/fs"

	"sluice/figures"
	"sluice/wording"
)

// ErrChanged says that the file is no longer the one that was opened: it was
// cut, replaced or written to. Open it again.
var ErrChanged = wording.New("the file has changed since it was opened; open it again")

// ErrClosed is returned by every method of a closed File.
var ErrClosed = wording.New("the file is closed")

// OpenError says why a file cannot be shown as CSV. Its text is one sentence
// for people: what is wrong, where, and what to do.
type OpenError struct {
	Path   string
	Reason string // what is wrong and what to do about it
	Err    error  // the cause, if there is one
}

func (e *OpenError) Error() string { return fmt.Sprintf("cannot open %s: %s", e.Path, e.Reason) }

// In implements [wording.Sayer].
func (e *OpenError) In(say func(english string) string) string {
	if e.Err != nil && e.Err.Error() == e.Reason {
		return wording.Of("cannot open %s: %s", e.Path, wording.Because(e.Err)).In(say)
	}
	return wording.Of("cannot open %s: %s", e.Path, say(e.Reason)).In(say)
}

func (e *OpenError) Unwrap() error { return e.Err }

// DamageError says that a packed file is damaged or cut: what could be unpacked is
// there, and nothing of what follows.
type DamageError struct {
	Path string
	Text int64 // bytes of text that could be unpacked
	Err  error // what is wrong with it
}

func (e *DamageError) Error() string {
	return fmt.Sprintf("%s is damaged: %v; its text ends after %d bytes, rows are missing or cut there: get the file again", e.Path, e.Err, figures.N(e.Text))
}

func (e *DamageError) Unwrap() error { return e.Err }

// MaxCells is how many cells a row may have to be returned as a [Row]. A file of a
// megabyte can hold a row of a billion, and no person or spreadsheet looks at so many;
// [File.ReadRows] reads those, too.
const MaxCells = 1 << 16

// WideError says that a row has more than [MaxCells] cells.
type WideError struct {
	Row    int64 // -1 while it is unknown, and for the header
	Offset int64 // of the row in the text
}

func (e *WideError) Error() string {
	row := fmt.Sprintf("row %d", figures.N(e.Row))
	if e.Row < 0 {
		row = "the row"
	}
	return fmt.Sprintf("%s at byte %d has more than %d cells, which is more than is shown", row, figures.N(e.Offset), figures.N(MaxCells))
}

// NotIndexedError says that a row lies behind what the index has reached so
// far. [File.WaitRow] waits for it.
type NotIndexedError struct {
	Row     int64 // the row asked for; -1: the end of a file that is being unpacked
	Indexed int64 // rows known so far
}

func (e *NotIndexedError) Error() string {
	if e.Row < 0 {
		return "the end of the file is not known yet: it is still being unpacked"
	}
	return fmt.Sprintf("row %d is not indexed yet (%d rows so far)", e.Row, e.Indexed)
}

// openError turns an error of the operating system into a sentence.
func openError(path string, err error) *OpenError {
	reason := err.Error()
	var pe *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		reason = wording.Format("there is no such file; check the name")
	case errors.Is(err, fs.ErrPermission):
		reason = wording.Format("you are not allowed to read it; check its permissions")
	case errors.As(err, &pe):
		reason = pe.Err.Error()
	}
	return &OpenError{Path: path, Reason: reason, Err: err}
}
