package csvenc

// pieces is the state of a field that comes in pieces.
type pieces struct {
	open   bool
	quotes bool
	cr     bool // the last piece ended with a carriage return, which is not written yet
	noted  bool // that U+0000 was replaced in it
	at     int  // where the field begins
	taken  bool // some of the field was taken away already
}

// NeedsQuotes reports whether a field that has b in it needs quotes: what
// BeginPieces has to know of all pieces together.
func (e *Encoder) NeedsQuotes(b []byte) bool { return e.quotes(b) }

// BeginPieces starts a field that is too long to be held in memory. Its text comes
// by Piece; Take may be called between two pieces. The field is the same as if Text
// had been given all of it.
func (e *Encoder) BeginPieces(quotes bool) {
	if e.escape == "" { // the zero Encoder
		e.escape = `\n`
	}
	e.separate()
	e.pieces = pieces{open: true, quotes: quotes, at: len(e.buf)}
	if quotes {
		e.buf = append(e.buf, '"')
	}
}

// Piece appends the next piece of the field.
func (e *Encoder) Piece(b []byte) {
	if len(b) == 0 {
		return
	}
	p := &e.pieces
	found := e.nul.found
	if p.cr { // a line break that may have its second byte here
		e.buf = append(e.buf, e.escape...)
		if p.cr = false; b[0] == '\n' {
			b = b[1:]
		}
	}
	if n := len(b); n > 0 && b[n-1] == '\r' && !e.preserve {
		p.cr, b = true, b[:n-1]
	}
	if len(b) > 0 {
		if hasVector {
			e.buf = e.appendVector(e.buf, b)
		} else {
			e.buf = e.appendScalar(e.buf, b)
		}
	}
	if e.nul.found > found && !p.noted {
		p.noted = true
		if p.taken { // the record cannot be taken back any more
			e.nul.note(-1, e.columns)
		} else {
			e.nul.note(p.at, e.column())
		}
	}
}

// EndPieces ends the field.
func (e *Encoder) EndPieces() {
	if e.pieces.cr {
		e.buf = append(e.buf, e.escape...)
	}
	if e.pieces.quotes {
		e.buf = append(e.buf, '"')
	}
	if e.pieces.taken { // columns are counted from here on
		e.record = len(e.buf)
	}
	e.pieces = pieces{}
}
