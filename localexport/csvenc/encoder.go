// Package csvenc appends CSV records to a buffer: RFC 4180, CRLF behind every
// record, quotes only where a field needs them, nothing allocated per field.
package csvenc

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"strings"
)

// Encoder builds records in a buffer that its owner takes away and gives back.
// The zero Encoder escapes line breaks as `\n`.
type Encoder struct {
	buf      []byte
	open     bool // the record has a field
	preserve bool
	keepNUL  bool
	escape   string // what a line break becomes
	quoted   bool   // escape itself needs quotes

	record  int // where the record begins in buf
	columns int // fields of the record that were taken away already
	nul     replacements
	pieces  pieces
}

// Options say what becomes of characters that not every reader of CSV takes.
type Options struct {
	// PreserveLineBreaks writes line breaks inside of fields as they are; else
	// Escape is written for each. A line break is a carriage return with a line
	// feed, a line feed, or a carriage return alone; each is one.
	PreserveLineBreaks bool
	Escape             string // "" means `\n`
	// KeepNUL writes U+0000 as it is; else U+FFFD is written for it, since many
	// databases refuse a whole file for one U+0000.
	KeepNUL bool
}

// New returns an encoder.
func New(o Options) Encoder {
	if o.Escape == "" {
		o.Escape = `\n`
	}
	return Encoder{
		preserve: o.PreserveLineBreaks,
		keepNUL:  o.KeepNUL,
		escape:   strings.ReplaceAll(o.Escape, `"`, `""`),
		quoted:   strings.ContainsAny(o.Escape, "\",\r\n"),
	}
}

// Take returns the buffer and leaves the encoder with next, emptied. Between
// records it may be called at any time, within one only between pieces of a field.
func (e *Encoder) Take(next []byte) []byte {
	if e.open = e.open && e.pieces.open; e.open && !e.pieces.taken {
		e.columns, e.pieces.taken = e.column(), true
	}
	b := e.buf
	e.buf, e.record = next[:0], 0
	return b
}

// Len is the number of bytes in the buffer.
func (e *Encoder) Len() int { return len(e.buf) }

// Truncate forgets what was appended since the buffer had n bytes, which must
// have been the end of a record.
func (e *Encoder) Truncate(n int) {
	e.buf, e.open = e.buf[:n], false
	e.record, e.columns = n, 0
	e.nul.rewind(n)
}

// EndRecord ends the record.
func (e *Encoder) EndRecord() {
	e.buf = append(e.buf, '\r', '\n')
	e.open = false
	e.record, e.columns = len(e.buf), 0
	e.nul.settle()
}

func (e *Encoder) separate() {
	if e.open {
		e.buf = append(e.buf, ',')
	}
	e.open = true
}

// Empty appends an empty field: null.
func (e *Encoder) Empty() { e.separate() }

// Int appends a number.
func (e *Encoder) Int(n int64) {
	e.separate()
	e.buf = strconv.AppendInt(e.buf, n, 10)
}

// Encoded appends a field that is already encoded.
func (e *Encoder) Encoded(field []byte) {
	e.separate()
	e.buf = append(e.buf, field...)
}

// EncodedString is Encoded for a string.
func (e *Encoder) EncodedString(field string) {
	e.separate()
	e.buf = append(e.buf, field...)
}

// Begin starts a field whose encoded bytes the caller appends to the returned
// buffer, which End takes back.
func (e *Encoder) Begin() []byte {
	e.separate()
	return e.buf
}

// End takes the buffer of Begin back.
func (e *Encoder) End(buf []byte) { e.buf = buf }

// Text appends a field of text.
func (e *Encoder) Text(b []byte) {
	e.separate()
	e.buf = e.AppendField(e.buf, b)
}

// short is the length up to which a field is searched as a whole before it is
// copied: most such fields need nothing else.
const short = 256

// special marks the bytes that make a field special.
var special = [256]bool{'"': true, ',': true, '\r': true, '\n': true, 0: true}

// AppendField appends the encoded form of a field.
func (e *Encoder) AppendField(dst, b []byte) []byte {
	if len(b) <= short && plain(b) {
		return append(dst, b...)
	}
	return e.appendLong(dst, b)
}

// plain reports whether no byte of b is special.
func plain(b []byte) bool {
	switch {
	case hasVector && len(b) >= 32:
		return !anySpecial(&b[0], len(b))
	case len(b) >= 8:
		return plainWords(b)
	}
	for _, c := range b {
		if special[c] {
			return false
		}
	}
	return true
}

// plainWords is plain for at least 8 bytes.
func plainWords(b []byte) bool {
	var found uint64
	for i := 0; i+8 < len(b); i += 8 {
		found |= specialIn(binary.LittleEndian.Uint64(b[i:]))
	}
	return found|specialIn(binary.LittleEndian.Uint64(b[len(b)-8:])) == 0
}

const lowBits = highBits >> 7

// specialIn is not 0 if one of the 8 bytes of w is special.
func specialIn(w uint64) uint64 { return (endIn(w) | equals(w, ',')) & highBits }

// endIn is specialIn without the comma, in the highest bits of bytes; the others
// are of no meaning.
func endIn(w uint64) uint64 {
	return equals(w, '"') | equals(w, '\r') | equals(w, '\n') | (w-lowBits)&^w
}

// equals has the highest bit of a byte set if the byte of w is c; it may have
// those of bytes above such a byte, too.
func equals(w uint64, c byte) uint64 {
	x := w ^ lowBits*uint64(c)
	return (x - lowBits) &^ x
}

// appendLong appends the encoded form of a field of any length.
func (e *Encoder) appendLong(dst, b []byte) []byte {
	if hasVector {
		return e.enclose(dst, b, (*Encoder).appendVector)
	}
	return e.enclose(dst, b, (*Encoder).appendScalar)
}

// enclose appends a field by one of the two ways to append text.
func (e *Encoder) enclose(dst, b []byte, text func(*Encoder, []byte, []byte) []byte) []byte {
	if e.escape == "" { // the zero Encoder
		e.escape = `\n`
	}
	at := len(dst)
	quotes := e.quotes(b)
	if quotes {
		dst = append(dst, '"')
	}
	found := e.nul.found
	dst = text(e, dst, b)
	if e.nul.found > found {
		e.nul.note(at, e.column())
	}
	if quotes {
		dst = append(dst, '"')
	}
	return dst
}

// quotes reports whether a field with the text needs quotes.
func (e *Encoder) quotes(b []byte) bool {
	return bytes.IndexByte(b, ',') >= 0 || bytes.IndexByte(b, '"') >= 0 ||
		(e.preserve || e.quoted) && (bytes.IndexByte(b, '\n') >= 0 || bytes.IndexByte(b, '\r') >= 0)
}

// replacement is what U+0000 becomes.
const replacement = "\uFFFD"

// appendScalar appends text of a field. It finds quotes, line breaks and U+0000
// with one search for each kind of byte, whose next position is remembered.
func (e *Encoder) appendScalar(dst, b []byte) []byte {
	quote, nul := next(b, 0, '"'), len(b)
	cr, lf := len(b), len(b)
	if !e.preserve {
		cr, lf = next(b, 0, '\r'), next(b, 0, '\n')
	}
	if !e.keepNUL {
		nul = next(b, 0, 0)
	}
	at := 0
	for {
		stop := min(quote, cr, lf, nul)
		dst = append(dst, b[at:stop]...)
		if stop == len(b) {
			return dst
		}
		at = stop + 1
		switch stop {
		case quote:
			dst = append(dst, '"', '"')
			quote = next(b, at, '"')
		case nul:
			dst = append(dst, replacement...)
			e.nul.found++
			nul = next(b, at, 0)
		case cr:
			dst = append(dst, e.escape...)
			cr = next(b, at, '\r')
			if lf == at && at < len(b) { // one line break of two bytes
				at++
				lf = next(b, at, '\n')
			}
		default:
			dst = append(dst, e.escape...)
			lf = next(b, at, '\n')
		}
	}
}

// next is the position of the first c in b from position at on, or len(b).
func next(b []byte, at int, c byte) int {
	if i := bytes.IndexByte(b[at:], c); i >= 0 {
		return at + i
	}
	return len(b)
}

// Mark is a place between two fields to which Rewind goes back.
type Mark struct {
	n    int
	open bool
}

// Mark remembers the place behind the last field.
func (e *Encoder) Mark() Mark { return Mark{len(e.buf), e.open} }

// Rewind forgets the fields behind a mark.
func (e *Encoder) Rewind(m Mark) {
	e.buf, e.open = e.buf[:m.n], m.open
	e.nul.rewind(m.n)
	e.pieces = pieces{}
}
