// Package utf16 turns UTF-16 text into UTF-8 as it is read.
package utf16

import (
	"encoding/binary"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// OrderOf returns the byte order that a byte order mark at the start of a text
// tells; ok is false if there is none.
func OrderOf(start []byte) (order binary.ByteOrder, ok bool) {
	if len(start) < 2 {
		return nil, false
	}
	switch {
	case start[0] == 0xff && start[1] == 0xfe:
		return binary.LittleEndian, true
	case start[0] == 0xfe && start[1] == 0xff:
		return binary.BigEndian, true
	}
	return nil, false
}

// leastUnits is how much text a guess needs: one zero byte is no pattern.
const leastUnits = 4

// Guess returns the byte order of a text without a mark, by its start; ok is false
// if it does not look like UTF-16. Text with some ASCII in it does: one of two bytes
// is often zero then, and never the other. Less than leastUnits tell nothing.
func Guess(start []byte) (order binary.ByteOrder, ok bool) {
	units := len(start) / 2
	if units < leastUnits {
		return nil, false
	}
	zeros := [2]int{}
	for i := range 2 * units {
		if start[i] == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case zeros[0] == 0 && zeros[1] > 0:
		order = binary.LittleEndian
	case zeros[1] == 0 && zeros[0] > 0:
		order = binary.BigEndian
	default:
		return nil, false
	}
	if (zeros[0]+zeros[1])*5 < units || !likeText(start[:2*units], order) {
		return nil, false
	}
	return order, true
}

// likeText reports whether units are text: no control characters, whole pairs. The
// last unit may be half of one.
func likeText(b []byte, order binary.ByteOrder) bool {
	for i := 0; i < len(b); i += 2 {
		c := rune(order.Uint16(b[i:]))
		switch {
		case c < 0x20 && !strings.ContainsRune("\t\n\v\f\r\x1b", c), c == 0xffff:
			return false
		case utf16.IsSurrogate(c) && i+4 <= len(b):
			if utf16.DecodeRune(c, rune(order.Uint16(b[i+2:]))) == utf8.RuneError {
				return false
			}
			i += 2
		}
	}
	return true
}

// Reader reads UTF-16 as UTF-8. Half a character pair becomes U+FFFD, and is
// counted.
type Reader struct {
	src   io.Reader
	order binary.ByteOrder
	in    []byte // read, not yet decoded
	buf   []byte // for decoded text
	out   []byte // of buf, not yet given out
	err   error

	given    int64 // decoded so far, before out
	replaced int64
	first    int64
}

// Replaced returns how many halves of pairs, or single bytes at the end, have become
// U+FFFD so far, and where in the UTF-8 text the first of them stands.
func (r *Reader) Replaced() (n, first int64) { return r.replaced, r.first }

// replace notes that what is decoded as byte number at of the piece stands for
// something that is no character.
func (r *Reader) replace(at int) {
	if r.replaced == 0 {
		r.first = r.given + int64(at)
	}
	r.replaced++
}

// NewReader returns a reader of the UTF-16 text in r, whose byte order mark is
// kept, as that of UTF-8.
func NewReader(r io.Reader, order binary.ByteOrder) *Reader {
	return &Reader{src: r, order: order, in: make([]byte, 0, 32<<10), buf: make([]byte, 0, 48<<10)}
}

func (r *Reader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for len(r.out) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		r.fill()
	}
	n := copy(p, r.out)
	r.out = r.out[n:]
	return n, nil
}

// fill reads a piece and decodes what is whole of it.
func (r *Reader) fill() {
	n, err := r.src.Read(r.in[len(r.in):cap(r.in)])
	r.in, r.err = r.in[:len(r.in)+n], err
	b, out := r.in, r.buf[:0]
	for len(b) >= 2 {
		c := rune(r.order.Uint16(b))
		size := 2
		if utf16.IsSurrogate(c) {
			if len(b) < 4 && err == nil {
				break
			}
			if len(b) >= 4 {
				if pair := utf16.DecodeRune(c, rune(r.order.Uint16(b[2:]))); pair != utf8.RuneError {
					c, size = pair, 4
				}
			}
			if size == 2 {
				r.replace(len(out))
			}
		}
		out = utf8.AppendRune(out, c)
		b = b[size:]
	}
	if err == io.EOF && len(b) > 0 {
		r.replace(len(out))
		out, b = utf8.AppendRune(out, utf8.RuneError), nil
	}
	r.given += int64(len(out))
	r.in, r.buf, r.out = r.in[:copy(r.in[:cap(r.in)], b)], out, out
}
