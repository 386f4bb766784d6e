// Package dialect tells how a delimited text is written, and writes texts that the
// scanner cannot read as they are anew.
//
// [Of] guesses, by the start of a text: where the table begins, what stands between
// its fields, around them and behind its records, and whether it has a header. The
// scanner of csvfile reads any delimiter and quote and records that end with LF, CRLF
// or CR. What is beyond that (escapes, comments among the rows, ends of several kinds)
// [NewReader] turns into a plain text with the same rows.
package dialect

import "sluice/csvfile/internal/block"

// Ends is what ends the records of a text.
type Ends uint8

const (
	// LF ends them, with or without one CR before it; any other CR is data.
	LF Ends = iota
	// CR ends them; LF is data.
	CR
	// CRCRLF is LF behind any number of CRs.
	CRCRLF
	// Mixed is LF, CRLF or CR, whichever comes.
	Mixed
)

// Form is how a text is written.
type Form struct {
	Delimiter byte
	Doubled   bool // two delimiters stand between fields, and one is data
	Quote     byte // around fields; 0 for none
	Escape    byte // makes data of the byte behind it; 0 for none
	Comment   byte // begins a line that is no record; 0 for none
	Ends      Ends
}

// Plain reports whether the scanner reads a text of this form as it is.
func (f Form) Plain() bool {
	return !f.Doubled && f.Escape == 0 && f.Comment == 0 && (f.Ends == LF || f.Ends == CR)
}

// Syntax is what the scanner has to know of a text of this form: of the text itself if
// it is plain, else of what [NewReader] makes of it.
func (f Form) Syntax() block.Syntax {
	if !f.Plain() {
		return block.Syntax{Delimiter: f.Delimiter, Quote: outQuote, Terminator: '\n'}
	}
	s := block.Syntax{Delimiter: f.Delimiter, Quote: f.Quote, Terminator: '\n'}
	if f.Ends == CR {
		s.Terminator = '\r'
	}
	return s
}
