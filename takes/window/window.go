// Package window reads a stream through a buffer in which a token or a line
// stands whole, however long it is, up to a limit.
package window

import (
	"bytes"
	"errors"
	"io"

	"sluice/takes/feed"
	"sluice/wording"
)

const (
	// firstSize is the size of the buffer as long as nothing longer comes.
	firstSize = 1 << 20
	// DefaultLimit is how long a line or a token may be: PostgreSQL's largest
	// value is 1 GB.
	DefaultLimit = 1 << 30
)

// ErrTooLong is wrapped by the error about a line or token beyond the limit.
var ErrTooLong = errors.New("longer than any value of a database")

// Window is a stream with a mark: what lies between the mark and the place of
// reading stays in memory.
type Window struct {
	r     io.Reader
	buf   []byte
	mark  int // first byte that is kept
	pos   int // next byte to read
	end   int // end of what is in buf
	base  int64
	err   error
	limit int
	zeros bool // are an error
}

// New returns a window at the beginning of r.
func New(r io.Reader) *Window {
	return &Window{r: r, buf: make([]byte, firstSize), limit: DefaultLimit}
}

// ForbidZeros makes a byte 0 an error: no dump has one, and a copy that was not
// finished may be full of them.
func (w *Window) ForbidZeros() { w.zeros = true }

// Through makes what was not read yet come through a reader that wrap makes of it.
// From then on, Offset counts what that reader gives.
func (w *Window) Through(wrap func(io.Reader) io.Reader) {
	rest := io.Reader(bytes.NewReader(bytes.Clone(w.buf[w.pos:w.end])))
	if w.err == nil {
		rest = io.MultiReader(rest, w.r)
	} else if w.err != io.EOF {
		rest = io.MultiReader(rest, failing{w.err})
	}
	w.r, w.err = wrap(rest), nil
	w.end, w.mark = w.pos, w.pos
}

// Offset is the place of reading, in bytes from the beginning of the stream.
func (w *Window) Offset() int64 { return w.base + int64(w.pos) }

// Err is the error that ended the stream, nil if that was its end.
func (w *Window) Err() error {
	if w.err == io.EOF {
		return nil
	}
	return w.err
}

// failing fails.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// more reads on, and reports whether there is more than before.
func (w *Window) more() bool {
	if w.err != nil {
		return false
	}
	if w.end == len(w.buf) {
		w.makeRoom()
		if w.err != nil {
			return false
		}
	}
	for range 100 { // a reader may return nothing a few times
		n, err := w.r.Read(w.buf[w.end:])
		if zero := bytes.IndexByte(w.buf[w.end:w.end+n], 0); w.zeros && zero >= 0 {
			n, err = zero, feed.Damaged("there is a byte 0 at byte %d, which no dump has: it is damaged, or was not copied to its end", w.base+int64(w.end+zero))
		}
		w.end += n
		w.err = err
		if n > 0 || err != nil {
			return n > 0
		}
	}
	w.err = io.ErrNoProgress
	return false
}

// makeRoom moves what is kept to the front, into a larger buffer if it fills
// more than half of this one.
func (w *Window) makeRoom() {
	kept := w.end - w.mark
	if kept > w.limit {
		w.err = wording.Errorf("at byte %d: %w", w.base+int64(w.mark), ErrTooLong)
		return
	}
	to := w.buf
	if kept > len(w.buf)/2 {
		to = make([]byte, 2*len(w.buf))
	}
	copy(to, w.buf[w.mark:w.end])
	w.base += int64(w.mark)
	w.buf, w.pos, w.end, w.mark = to, w.pos-w.mark, kept, 0
}

// Mark sets the mark at the place of reading.
func (w *Window) Mark() { w.mark = w.pos }

// Marked is what was read since the mark. It is valid until the next call of a
// method that reads.
func (w *Window) Marked() []byte { return w.buf[w.mark:w.pos] }

// Peek returns the byte that is n behind the next one, without reading it; false
// at the end.
func (w *Window) Peek(n int) (byte, bool) {
	for w.pos+n >= w.end {
		if !w.more() {
			return 0, false
		}
	}
	return w.buf[w.pos+n], true
}

// Skip reads n bytes that were looked at with Peek.
func (w *Window) Skip(n int) { w.pos += n }

// SkipTo reads on to the first of two bytes, which stays unread. It reports
// false if neither comes. Give one byte twice to look for one only.
func (w *Window) SkipTo(a, b byte) bool {
	for {
		rest := w.buf[w.pos:w.end]
		i := bytes.IndexByte(rest, a)
		if a != b {
			if i >= 0 {
				rest = rest[:i]
			}
			if j := bytes.IndexByte(rest, b); j >= 0 {
				i = j
			}
		}
		if i >= 0 {
			w.pos += i
			return true
		}
		w.pos = w.end
		if !w.more() {
			return false
		}
	}
}

// UpTo reads on to the first byte c, which stays unread, and gives take, unless
// that is nil, what it passes, piece by piece; a piece is valid within the call.
// The mark follows: nothing that was passed is kept, however much it is. It
// reports false if c does not come.
func (w *Window) UpTo(c byte, take func(piece []byte)) bool {
	for {
		rest := w.buf[w.pos:w.end]
		i := bytes.IndexByte(rest, c)
		if i >= 0 {
			rest = rest[:i]
		}
		if take != nil && len(rest) > 0 {
			take(rest)
		}
		w.pos += len(rest)
		w.mark = w.pos
		if i >= 0 {
			return true
		}
		if !w.more() {
			return false
		}
	}
}

// Line reads a line and returns it without its line feed; the mark is set behind
// it. The line may be changed, and is valid until the next call. At the end of
// the stream it returns io.EOF, and a line without a line feed together with
// io.ErrUnexpectedEOF.
func (w *Window) Line() ([]byte, error) {
	w.mark = w.pos
	for from := w.pos; ; {
		if i := bytes.IndexByte(w.buf[from:w.end], '\n'); i >= 0 {
			line := w.buf[w.mark : from+i]
			w.pos = from + i + 1
			w.mark = w.pos
			return line, nil
		}
		seen := w.end - w.mark
		if !w.more() {
			break
		}
		from = w.mark + seen
	}
	line := w.buf[w.mark:w.end]
	w.pos, w.mark = w.end, w.end
	switch {
	case w.err != io.EOF:
		return line, w.err
	case len(line) == 0:
		return nil, io.EOF
	}
	return line, io.ErrUnexpectedEOF
}
