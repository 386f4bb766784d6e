package charset

import (
	"bytes"
	"errors"
	"io"

	"golang.org/x/text/transform"
)

// Reader reads text of an encoding as UTF-8. Bytes that are no character there become
// U+FFFD, and are counted.
type Reader struct {
	src io.Reader
	dec transform.Transformer
	in  []byte // read, not yet decoded
	buf []byte // for decoded text
	out []byte // of buf, not yet given out
	err error

	// honest is how U+FFFD itself is written, empty where it cannot be.
	honest   []byte
	given    int64 // decoded so far, before out
	replaced int64
	first    int64
}

// NewReader returns a reader of the text in r, whose byte order mark is kept, as that
// of UTF-8. The encoding must not be UTF-8 itself.
func NewReader(r io.Reader, e Encoding) *Reader {
	d := &Reader{src: r, dec: e.enc.NewDecoder(), in: make([]byte, 0, 32<<10), buf: make([]byte, 96<<10)}
	if e.units() > 1 {
		d.honest, _ = e.enc.NewEncoder().Bytes(replacement)
	}
	return d
}

// Replaced returns how many characters stand as U+FFFD in the text so far, for bytes
// that are none, and where in the UTF-8 text the first of them stands.
func (r *Reader) Replaced() (n, first int64) { return r.replaced, r.first }

func (r *Reader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for len(r.out) == 0 {
		if r.err != nil && len(r.in) == 0 {
			return 0, r.err
		}
		if err := r.fill(); err != nil {
			return 0, err
		}
	}
	n := copy(p, r.out)
	r.out = r.out[n:]
	return n, nil
}

// fill reads a piece and decodes what is whole of it.
func (r *Reader) fill() error {
	if r.err == nil {
		n, err := r.src.Read(r.in[len(r.in):cap(r.in)])
		r.in, r.err = r.in[:len(r.in)+n], err
	}
	nDst, nSrc, err := r.dec.Transform(r.buf, r.in, r.err == io.EOF)
	r.count(r.buf[:nDst], r.in[:nSrc])
	r.in = r.in[:copy(r.in, r.in[nSrc:])]
	switch {
	case err == nil, errors.Is(err, transform.ErrShortDst):
	case errors.Is(err, transform.ErrShortSrc):
		if r.err != nil { // the rest is no character, and reading has failed
			r.in = r.in[:0]
		}
	default:
		return err
	}
	return nil
}

var replacement = []byte("\ufffd")

// count takes a piece of decoded text over, and counts the U+FFFD in it that do not
// stand in the source.
func (r *Reader) count(text, source []byte) {
	n := bytes.Count(text, replacement)
	if size := len(r.honest); n > 0 && size > 0 {
		for ; len(source) >= size; source = source[size:] {
			if bytes.HasPrefix(source, r.honest) {
				n--
			}
		}
	}
	if n > 0 {
		if r.replaced == 0 {
			r.first = r.given + int64(bytes.Index(text, replacement))
		}
		r.replaced += int64(n)
	}
	r.given += int64(len(text))
	r.out = text
}
