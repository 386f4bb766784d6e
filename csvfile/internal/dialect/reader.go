package dialect

import (
	"bytes"
	"io"
)

// outQuote stands around the fields of what a Reader writes.
const outQuote = '"'

// Reader reads a text of any form as a plain one: each field in quotes, each record
// ended with LF, no comments. The grammar of the text is that of Python's csv module.
type Reader struct {
	src  io.Reader
	form Form
	// special are the bytes that end a run of data outside of quotes, and inside.
	special, inside [256]bool
	skip            int64 // bytes of the source to leave out at first

	state  state
	crs    int  // CRs held back until it shows whether they belong to the record's end
	half   bool // of a doubled delimiter, the first was met
	lfOver bool // an LF now belongs to the CR before it
	in     []byte
	buf    []byte // written
	out    []byte // of buf, not yet given out
	err    error

	found Odd
	at    int64 // bytes of the source before the piece in work
}

// Odd is what a Reader has met.
type Odd struct {
	// Comments are the lines of comment that were left out.
	Comments int64
	// Records are those that were written.
	Records int64
	// Strays are the closing quotes that text follows; StrayRecord is the number of
	// the record with the first one, from 0.
	Strays, StrayRecord int64
	// Unclosed says that the text ends inside of quotes: those that open in the last
	// record, at byte UnclosedAt of the source.
	Unclosed   bool
	UnclosedAt int64
}

// NewReader returns a reader of the text in r behind its first skip bytes.
func NewReader(r io.Reader, form Form, skip int64) *Reader {
	d := &Reader{src: r, form: form, skip: skip, in: make([]byte, 64<<10)}
	for _, c := range []byte{form.Delimiter, '\n', '\r', outQuote} {
		d.special[c] = true
	}
	d.inside[outQuote] = true
	if form.Escape != 0 {
		d.special[form.Escape], d.inside[form.Escape] = true, true
	}
	if form.Quote != 0 {
		d.inside[form.Quote] = true
	}
	return d
}

// Found is what the reader has met so far.
func (d *Reader) Found() Odd { return d.found }

func (d *Reader) Read(p []byte) (int, error) {
	for len(d.out) == 0 {
		if d.err != nil {
			return 0, d.err
		}
		d.fill()
	}
	n := copy(p, d.out)
	d.out = d.out[n:]
	return n, nil
}

// fill reads a piece and writes it anew.
func (d *Reader) fill() {
	n, err := d.src.Read(d.in)
	b := d.in[:n]
	d.buf, d.err = d.buf[:0], err
	left := min(d.skip, int64(len(b)))
	d.skip, d.at, b = d.skip-left, d.at+left, b[left:]
	for i := 0; i < len(b); {
		if k := d.run(b[i:]); k > 0 {
			i += k
			continue
		}
		d.step(b[i], d.at+int64(i))
		i++
	}
	d.at += int64(len(b))
	if err == io.EOF {
		d.finish()
	}
	d.out = d.buf
}

// run copies what is only data at the start of b, and returns how much.
func (d *Reader) run(b []byte) int {
	ends := &d.special
	switch {
	case d.state == inQuoted:
		ends = &d.inside
	case d.state != inPlain || d.crs > 0 || d.half:
		return 0
	}
	for i, c := range b {
		if ends[c] {
			d.buf = append(d.buf, b[:i]...)
			return i
		}
	}
	d.buf = append(d.buf, b...)
	return len(b)
}

// Recast is a text that lies in memory in its plain form, and what was met in it. If
// it is not the whole text, its last record may be cut.
func Recast(text []byte, form Form, whole bool) ([]byte, Odd) {
	var src io.Reader = bytes.NewReader(text)
	if !whole {
		src = io.MultiReader(src, cut{})
	}
	r := NewReader(src, form, 0)
	out, _ := io.ReadAll(r) // reading from memory does not fail otherwise
	return out, r.found
}

// cut is where a text goes on that is not at hand.
type cut struct{}

func (cut) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
