package charset

import (
	"io"
	"unicode/utf8"

	"golang.org/x/text/transform"
)

// Writer turns text in UTF-8 into an encoding as it is written. What the encoding does not
// have, and bytes that are no UTF-8, stand as question marks, and are counted.
type Writer struct {
	w        io.Writer
	t        transform.Transformer
	rest     []byte // the start of a character
	buf      []byte
	replaced int64
}

// NewWriter returns a writer that hands what it has encoded to w. [Writer.Flush] ends the
// text.
func NewWriter(w io.Writer, e Encoding) *Writer {
	return &Writer{w: w, t: e.enc.NewEncoder().Transformer, buf: make([]byte, 64<<10)}
}

// Replaced is how many characters the encoding does not have.
func (w *Writer) Replaced() int64 { return w.replaced }

func (w *Writer) Write(p []byte) (int, error) {
	n := len(p)
	if len(w.rest) > 0 {
		p = append(w.rest, p...)
		w.rest = nil
	}
	rest, err := w.encode(p, false)
	w.rest = append([]byte(nil), rest...)
	if err != nil {
		return 0, err
	}
	return n, nil
}

// Flush writes what is held back, and what ends the text.
func (w *Writer) Flush() error {
	rest := w.rest
	w.rest = nil
	_, err := w.encode(rest, true)
	return err
}

// encode writes p, and returns the start of a character at its end.
func (w *Writer) encode(p []byte, atEOF bool) (rest []byte, err error) {
	for {
		bad := invalid(p)
		n, k, err := w.t.Transform(w.buf, p[:bad], atEOF && bad == len(p))
		if _, werr := w.w.Write(w.buf[:n]); werr != nil {
			return nil, werr
		}
		p = p[k:]
		switch bad -= k; {
		case err == transform.ErrShortDst:
			continue
		case err != nil && err != transform.ErrShortSrc: // no such character there
			_, size := utf8.DecodeRune(p)
			p = p[size:]
			if err := w.mark(); err != nil {
				return nil, err
			}
		case bad < len(p) && (atEOF || utf8.FullRune(p[bad:])): // no UTF-8
			p = p[bad+1:]
			if err := w.mark(); err != nil {
				return nil, err
			}
		default:
			return p, nil
		}
	}
}

// mark writes the question mark that stands for a character.
func (w *Writer) mark() error {
	w.replaced++
	n, _, err := w.t.Transform(w.buf, []byte{'?'}, false)
	if err != nil {
		return err
	}
	_, err = w.w.Write(w.buf[:n])
	return err
}

// invalid is where the first byte stands that is no whole character of UTF-8.
func invalid(p []byte) int {
	for i := 0; i < len(p); {
		if p[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(p[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(p)
}
