// Package csv writes records as CSV: RFC 4180, a header, CRLF behind every record,
// quotes only where a cell needs them, nothing allocated per cell.
package csv

import (
	"io"
	"strings"

	"sluice/columns"
	"sluice/localexport/record"
)

// Options say how cells are written, and what becomes of characters that not every
// reader of CSV takes.
type Options struct {
	// ByteOrderMark begins a file with one: some programs take a file for UTF-8 only then.
	ByteOrderMark bool
	// PreserveLineBreaks writes line breaks inside of cells as they are; else
	// Escape is written for each. A line break is a carriage return with a line
	// feed, a line feed, or a carriage return alone; each is one.
	PreserveLineBreaks bool
	Escape             string // "" means `\n`
	// KeepNUL writes U+0000 as it is; else record.Replacement is written for it.
	KeepNUL bool
	// Milliseconds writes times with milliseconds; the default is whole seconds.
	Milliseconds bool
	// Commas writes a list as its texts with commas between them; the default is
	// JSON: ["a", "b"], [] if there are none.
	Commas bool
}

// settings are the options as the encoders use them.
type settings struct {
	Options
	escape string // what a line break becomes
	quoted bool   // escape itself needs quotes
}

// Format is CSV with some options.
type Format struct {
	settings settings
	shared   []string // the encoded forms
	words    []words
}

var _ record.Format = (*Format)(nil)

// New returns the format.
func New(o Options) *Format {
	if o.Escape == "" {
		o.Escape = `\n`
	}
	return &Format{settings: settings{
		Options: o,
		escape:  strings.ReplaceAll(o.Escape, `"`, `""`),
		quoted:  strings.ContainsAny(o.Escape, "\",\r\n"),
	}}
}

// AppendField appends the encoded form of a text to dst, for who has no records of
// typed cells. It allocates nothing but what dst needs.
func (f *Format) AppendField(dst, text []byte) []byte {
	e := encoder{settings: &f.settings}
	return e.appendField(dst, text)
}

// Share implements record.Format.
func (f *Format) Share(_ columns.Holds, text []byte) record.Shared {
	f.shared = append(f.shared, string(f.AppendField(nil, text)))
	return record.Shared(len(f.shared) - 1)
}

// Encoder implements record.Format. The columns do not matter: each type of cell has
// one form.
func (f *Format) Encoder(columns.File) record.Encoder {
	return &encoder{settings: &f.settings, shared: f.shared, list: list{all: f.words}}
}

// Writer implements record.Format: a file begins with its header.
func (f *Format) Writer(w io.Writer, file columns.File, from *record.Position) (record.Writer, error) {
	return newWriter(w, f.settings.ByteOrderMark, file, from)
}
