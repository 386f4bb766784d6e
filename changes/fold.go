package changes

import (
	"bytes"
	"slices"
)

// folder makes line feeds of all that may stand for a line break in either of two
// files: line feeds, carriage returns, and what is written for a line break. Cells that
// differ in nothing else are then the same. Escaping cannot be taken back for certain
// (a text may hold what stands for a line break), so what two files tell apart by that
// alone is not told apart here.
type folder struct {
	escapes [][]byte // the longest first
	buf     []byte
	held    []byte // the end of a piece, which may be the beginning of an escape
}

// newFolder is a folder for a pair, with nothing to do if its files agree.
func newFolder(p *pair) folder {
	var f folder
	if !p.folds() {
		return f
	}
	for _, t := range []*table{p.a, p.b} {
		if e := t.input.Breaks.Escape; e != "" && !t.input.Breaks.Preserved && !slices.ContainsFunc(f.escapes, func(x []byte) bool { return string(x) == e }) {
			f.escapes = append(f.escapes, []byte(e))
		}
	}
	for _, own := range []string{"\r\n", "\r", "\n"} {
		f.escapes = append(f.escapes, []byte(own))
	}
	slices.SortStableFunc(f.escapes, func(a, b []byte) int { return len(b) - len(a) })
	return f
}

// all is a whole cell.
func (f *folder) all(cell []byte) []byte {
	f.buf, f.held = f.buf[:0], f.held[:0]
	f.feed(cell, true)
	return f.buf
}

// feed appends a piece of a cell to the buffer; end says that it is the last. The end
// of a piece that may begin an escape is held back.
func (f *folder) feed(piece []byte, end bool) {
	if len(f.held) > 0 {
		piece = append(f.held, piece...)
		f.held = nil
	}
	for len(piece) > 0 {
		i := f.candidate(piece)
		f.buf = append(f.buf, piece[:i]...)
		piece = piece[i:]
		if len(piece) == 0 {
			return
		}
		n, short := f.escapeAt(piece, end)
		switch {
		case short:
			f.held = append([]byte(nil), piece...)
			return
		case n > 0:
			f.buf = append(f.buf, '\n')
			piece = piece[n:]
		default:
			f.buf = append(f.buf, piece[0])
			piece = piece[1:]
		}
	}
}

// candidate is where the first byte lies that may begin an escape, or the end.
func (f *folder) candidate(b []byte) int {
	at := len(b)
	for _, e := range f.escapes {
		if i := bytes.IndexByte(b[:at], e[0]); i >= 0 {
			at = i
		}
	}
	return at
}

// escapeAt is the length of the longest escape at the start of b, 0 if there is none;
// short says that a longer one may stand there, and b ends before that can be told,
// unless it is the end of the cell.
func (f *folder) escapeAt(b []byte, end bool) (n int, short bool) {
	for _, e := range f.escapes {
		switch {
		case bytes.HasPrefix(b, e):
			return len(e), false
		case !end && len(b) < len(e) && bytes.HasPrefix(e, b):
			return 0, true
		}
	}
	return 0, false
}
