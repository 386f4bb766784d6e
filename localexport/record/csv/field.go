package csv

import (
	"bytes"
	"encoding/binary"

	"sluice/localexport/record"
)

// highBits has the top bit of every byte set.
const highBits = 0x8080808080808080

// short is the length up to which a field is searched as a whole before it is
// copied: most such fields need nothing else.
const short = 256

// special marks the bytes that make a field special.
var special = [256]bool{'"': true, ',': true, '\r': true, '\n': true, 0: true}

// appendField appends the encoded form of a field.
func (e *encoder) appendField(dst, b []byte) []byte {
	if len(b) <= short && plain(b) {
		if string(b) == nothing {
			return append(dst, `"NULL"`...)
		}
		return append(dst, b...)
	}
	return e.appendLong(dst, b)
}

// nothing is the text that MySQL and MariaDB take for no value where it stands without
// quotes.
const nothing = "NULL"

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
func (e *encoder) appendLong(dst, b []byte) []byte { return e.enclose(dst, b, hasVector) }

// appendText appends text of a field.
func (e *encoder) appendText(dst, b []byte) []byte { return e.appendBy(hasVector, dst, b) }

// appendBy appends text in one of the two ways.
func (e *encoder) appendBy(vector bool, dst, b []byte) []byte {
	if vector {
		return e.appendVector(dst, b)
	}
	return e.appendScalar(dst, b)
}

// enclose appends a field by one of the two ways to append text.
func (e *encoder) enclose(dst, b []byte, vector bool) []byte {
	quotes := e.quotes(b)
	if quotes {
		dst = append(dst, '"')
	}
	found := e.nul.found
	dst = e.appendBy(vector, dst, b)
	if e.nul.found > found {
		e.nul.note(e.cells - 1)
	}
	if quotes {
		dst = append(dst, '"')
	}
	return dst
}

// quotes reports whether a field with the text needs quotes.
func (e *encoder) quotes(b []byte) bool {
	return bytes.IndexByte(b, ',') >= 0 || bytes.IndexByte(b, '"') >= 0 ||
		(e.PreserveLineBreaks || e.quoted) && (bytes.IndexByte(b, '\n') >= 0 || bytes.IndexByte(b, '\r') >= 0)
}

// appendScalar appends text of a field. It finds quotes, line breaks and U+0000
// with one search for each kind of byte, whose next position is remembered.
func (e *encoder) appendScalar(dst, b []byte) []byte {
	quote, nul := next(b, 0, '"'), len(b)
	cr, lf := len(b), len(b)
	if !e.PreserveLineBreaks {
		cr, lf = next(b, 0, '\r'), next(b, 0, '\n')
	}
	if !e.KeepNUL {
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
			dst = append(dst, record.Replacement...)
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
