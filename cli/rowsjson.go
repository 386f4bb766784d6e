package cli

import (
	"bufio"
	"io"
	"strconv"
	"unicode/utf8"

	"sluice/visible"
)

// rowsJSON writes the rows of a file as they are read, as lists of strings of an
// indented JSON document: in flat memory, whatever the size of the cells.
type rowsJSON struct {
	w      *bufio.Writer
	out    *visible.Writer
	indent string // of a row
	listed bool   // the row is one of a list
	// compact writes each row without line breaks.
	compact bool

	rows, cells int64 // before the current row and cell
	open        bool  // a string has begun
	cut         []byte
	// invalid counts the bytes that are no UTF-8: JSON cannot carry them, and has
	// U+FFFD instead.
	invalid int64
	columns int // of the header
	odd     oddRows
}

func newRowsJSON(w io.Writer) *rowsJSON {
	out := visible.JSON(w)
	return &rowsJSON{w: bufio.NewWriterSize(out, 64<<10), out: out}
}

// text writes a part of the document that is not a row.
func (j *rowsJSON) text(parts ...string) {
	for _, s := range parts {
		j.w.WriteString(s) // a bufio.Writer keeps its first error
	}
}

// Data writes the next piece of a cell.
func (j *rowsJSON) Data(p []byte) {
	j.begin()
	for len(j.cut) > 0 && len(p) > 0 && !utf8.FullRune(j.cut) {
		j.cut, p = append(j.cut, p[0]), p[1:]
	}
	if len(j.cut) > 0 && utf8.FullRune(j.cut) {
		whole := j.cut
		j.cut = nil
		j.escape(whole)
	}
	if len(p) == 0 {
		return
	}
	n := len(p)
	for i := 1; i < utf8.UTFMax && i <= len(p); i++ {
		if start := p[len(p)-i:]; utf8.RuneStart(start[0]) {
			if !utf8.FullRune(start) {
				n -= i
			}
			break
		}
	}
	j.escape(p[:n])
	j.cut = append(j.cut, p[n:]...)
}

// EndField ends a cell.
func (j *rowsJSON) EndField() {
	j.begin()
	j.escape(j.cut)
	j.cut, j.open = j.cut[:0], false
	j.w.WriteByte('"')
	j.cells++
}

// EndRow ends a row. It fails if the document cannot be written.
func (j *rowsJSON) EndRow() error {
	switch {
	case j.cells == 0:
		j.startRow()
		j.text("]")
	case j.compact:
		j.text("]")
	default:
		j.text("\n", j.indent, "]")
	}
	j.odd.add(int(j.cells), j.columns)
	j.cells = 0
	j.rows++
	_, err := j.w.Write(nil)
	return err
}

// flush writes what is held back.
func (j *rowsJSON) flush() error {
	if err := j.w.Flush(); err != nil {
		return err
	}
	return j.out.Flush()
}

// startRow begins a row, behind the one before.
func (j *rowsJSON) startRow() {
	if j.listed {
		if j.rows > 0 {
			j.text(",")
		}
		j.text("\n", j.indent)
	}
	j.text("[")
}

// begin begins the current cell, and its row, unless that was done.
func (j *rowsJSON) begin() {
	if j.open {
		return
	}
	if j.cells == 0 {
		j.startRow()
	} else {
		j.text(",")
	}
	if j.compact {
		j.text(`"`)
	} else {
		j.text("\n", j.indent, "  \"")
	}
	j.open = true
}

// escape writes whole characters as part of a string. What would not show is
// escaped by the writer behind.
func (j *rowsJSON) escape(p []byte) {
	for len(p) > 0 {
		n := plainJSON(p)
		j.w.Write(p[:n])
		if p = p[n:]; len(p) == 0 {
			return
		}
		r, size := utf8.DecodeRune(p)
		switch {
		case r == utf8.RuneError && size == 1:
			j.invalid++
			j.w.WriteString("\ufffd")
		case r < utf8.RuneSelf:
			j.w.WriteString(shortEscape(byte(r)))
		default:
			j.w.Write(p[:size])
		}
		p = p[size:]
	}
}

// plainJSON is how many bytes at the start of p can stand in a string as they are.
func plainJSON(p []byte) int {
	for i, c := range p {
		if c < 0x20 || c == '"' || c == '\\' || c >= 0x7f {
			return i
		}
	}
	return len(p)
}

// shortEscape is how a character of ASCII stands in a string that cannot stand there
// as it is.
func shortEscape(c byte) string {
	switch c {
	case '"':
		return `\"`
	case '\\':
		return `\\`
	case '\n':
		return `\n`
	case '\r':
		return `\r`
	case '\t':
		return `\t`
	case '\b':
		return `\b`
	case '\f':
		return `\f`
	}
	return `\u00` + strconv.FormatInt(0x100+int64(c), 16)[1:]
}
