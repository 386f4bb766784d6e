// Package utf16 turns UTF-16 text into UTF-8 as it is read.
package utf16

import (
	"encoding/binary"
	"io"
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

// Reader reads UTF-16 as UTF-8. Half a character pair becomes U+FFFD.
type Reader struct {
	src   io.Reader
	order binary.ByteOrder
	in    []byte // read, not yet decoded
	buf   []byte // for decoded text
	out   []byte // of buf, not yet given out
	err   error
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
		}
		out = utf8.AppendRune(out, c)
		b = b[size:]
	}
	if err != nil && len(b) > 0 {
		out, b = utf8.AppendRune(out, utf8.RuneError), nil
	}
	r.in, r.buf, r.out = r.in[:copy(r.in[:cap(r.in)], b)], out, out
}
