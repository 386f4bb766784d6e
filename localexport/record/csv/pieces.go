package csv

// pieces is the state of a text that comes in pieces.
type pieces struct {
	quotes bool // it needs them
	size   int
	head   [len(nothing)]byte // how it begins
	begun  bool               // a piece was written
	cr     bool               // the last piece ended with a carriage return, which is not written yet
	noted  bool               // that U+0000 was replaced in it
}

// BeginText implements record.Encoder.
func (e *encoder) BeginText() {
	e.separate()
	e.pieces = pieces{}
}

// Look implements record.Encoder: a cell is put between quotes if one of its pieces
// needs them.
func (e *encoder) Look(b []byte) {
	p := &e.pieces
	if p.size < len(p.head) {
		copy(p.head[p.size:], b)
	}
	p.size += len(b)
	p.quotes = p.quotes || e.quotes(b)
}

// Piece implements record.Encoder.
func (e *encoder) Piece(b []byte) {
	if len(b) == 0 {
		return
	}
	p := &e.pieces
	if !p.begun {
		p.quotes = p.quotes || p.size == len(p.head) && string(p.head[:]) == nothing
		if p.quotes {
			e.buf = append(e.buf, '"')
		}
	}
	p.begun = true
	found := e.nul.found
	if p.cr { // a line break that may have its second byte here
		e.buf = append(e.buf, e.escape...)
		if p.cr = false; b[0] == '\n' {
			b = b[1:]
		}
	}
	if n := len(b); n > 0 && b[n-1] == '\r' && !e.PreserveLineBreaks {
		p.cr, b = true, b[:n-1]
	}
	if len(b) > 0 {
		e.buf = e.appendText(e.buf, b)
	}
	if e.nul.found > found && !p.noted {
		p.noted = true
		e.nul.note(e.cells - 1)
	}
}

// EndText implements record.Encoder.
func (e *encoder) EndText() {
	if e.pieces.cr {
		e.buf = append(e.buf, e.escape...)
	}
	if e.pieces.begun && e.pieces.quotes {
		e.buf = append(e.buf, '"')
	}
	e.pieces = pieces{}
}
