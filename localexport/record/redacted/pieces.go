package redacted

import (
	"math"

	"sluice/redact"
)

// long is a text that comes in pieces.
type long struct {
	passes bool             // it goes on to the other encoder
	stream *redact.Mentions // through which; nil: as it is
	begun  bool             // a piece came

	enough int    // bytes of its start that tell what its cell becomes
	start  []byte // those of them that came
}

// BeginText implements record.Encoder.
func (e *encoder) BeginText() {
	c := e.next()
	e.long = long{}
	switch {
	case c.needed:
		e.long.enough = math.MaxInt
		return
	case c.drops:
		return
	}
	if enough, ok := e.plan.Enough(e.at - 1); ok {
		e.long.enough = enough
		return
	}
	e.long.passes, e.long.stream = true, e.plan.Stream(e.at-1)
	e.inner.BeginText()
}

// Look implements record.Encoder.
func (e *encoder) Look(b []byte) {
	l := &e.long
	switch {
	case l.stream != nil:
		e.text = l.stream.Append(e.text[:0], b)
		e.inner.Look(e.text)
	case l.passes:
		e.inner.Look(b)
	case len(l.start) < l.enough:
		l.start = append(l.start, b[:min(len(b), l.enough-len(l.start))]...)
	}
}

// looked ends the look at a text.
func (e *encoder) looked() {
	if l := &e.long; !l.begun && l.stream != nil {
		e.text = l.stream.End(e.text[:0])
		e.inner.Look(e.text)
	}
	e.long.begun = true
}

// Piece implements record.Encoder.
func (e *encoder) Piece(b []byte) {
	e.looked()
	switch l := &e.long; {
	case l.stream != nil:
		e.text = l.stream.Append(e.text[:0], b)
		e.inner.Piece(e.text)
	case l.passes:
		e.inner.Piece(b)
	}
}

// EndText implements record.Encoder.
func (e *encoder) EndText() {
	e.looked()
	l := &e.long
	if l.stream != nil {
		e.text = l.stream.End(e.text[:0])
		e.inner.Piece(e.text)
	}
	if l.passes {
		e.inner.EndText()
	} else {
		e.give(e.columns[e.at-1], l.start)
	}
	e.long = long{}
}
