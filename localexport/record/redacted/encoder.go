package redacted

import (
	"bytes"
	"slices"
	"strconv"

	"sluice/localexport/record"
	"sluice/localexport/record/csv"
	"sluice/localexport/wallclock"
	"sluice/redact"
)

// encoder redacts cells on the way to another encoder.
type encoder struct {
	format  *Format
	plan    *redact.Plan
	inner   record.Encoder
	columns []column
	left    []int // the columns that are written, by their places there

	at    int           // the column that comes next
	cells [][]byte      // of the record: those that tell what is done with others
	marks []record.Mark // of the record: those of inner
	text  []byte

	long long
	list list

	pending, settled []int // columns in whose cells U+0000 was replaced here
}

// column is what is done with a column.
type column struct{ drops, changes, needed bool }

// list is a list that is made a text.
type list struct {
	of    *words
	texts bool // it is
	first bool
}

var _ record.Encoder = (*encoder)(nil)

// next begins a cell.
func (e *encoder) next() column {
	e.at++
	return e.columns[e.at-1]
}

// Null implements record.Encoder.
func (e *encoder) Null() {
	c := e.next()
	if c.needed {
		e.cells[e.at-1] = e.cells[e.at-1][:0]
	}
	if !c.drops {
		e.inner.Null()
	}
}

// Int implements record.Encoder.
func (e *encoder) Int(n int64) {
	switch c := e.next(); {
	case c.drops:
	case c.changes:
		e.text = strconv.AppendInt(e.text[:0], n, 10)
		e.inner.Text(e.redacted(e.text))
	default:
		e.inner.Int(n)
	}
}

// Time implements record.Encoder.
func (e *encoder) Time(unix int64, nanos int32) {
	switch c := e.next(); {
	case c.drops:
	case c.changes:
		e.text = wallclock.AppendUTC(e.text[:0], unix, nanos, e.format.text.Milliseconds)
		e.inner.Text(e.redacted(e.text))
	default:
		e.inner.Time(unix, nanos)
	}
}

// redacted is the cell at hand after all that is done with it.
func (e *encoder) redacted(text []byte) []byte { return e.plan.Cell(e.at-1, text, e.cells) }

// Text implements record.Encoder.
func (e *encoder) Text(b []byte) { e.give(e.next(), b) }

// give gives a text as the cell at hand.
func (e *encoder) give(c column, b []byte) {
	if c.needed || c.changes {
		b = e.clean(b)
	}
	if c.needed {
		e.cells[e.at-1] = append(e.cells[e.at-1][:0], b...)
	}
	switch {
	case c.drops:
	case c.changes:
		e.inner.Text(e.redacted(b))
	default:
		e.inner.Text(b)
	}
}

// clean is a text as it is written, with a note of what was replaced in it.
func (e *encoder) clean(b []byte) []byte {
	if e.format.text.KeepNUL {
		return b
	}
	b, replaced := record.WithoutNUL(b)
	if replaced && !e.columns[e.at-1].drops {
		e.note()
	}
	return b
}

// note notes that U+0000 was replaced in the cell at hand.
func (e *encoder) note() {
	if n := len(e.pending); n == 0 || e.pending[n-1] != e.at-1 {
		e.pending = append(e.pending, e.at-1)
	}
}

// Shared implements record.Encoder.
func (e *encoder) Shared(s record.Shared) {
	c, text := e.next(), e.format.shared[s]
	if c.needed {
		e.cells[e.at-1] = append(e.cells[e.at-1][:0], text.text...)
	}
	if c.drops {
		return
	}
	if c.changes {
		if out := e.redacted(text.text); !bytes.Equal(out, text.text) {
			e.inner.Text(out)
			return
		}
	}
	e.inner.Shared(text.as)
}

// BeginList implements record.Encoder.
func (e *encoder) BeginList(w record.Words, n int) {
	c := e.next()
	e.list = list{of: &e.format.words[w], texts: c.changes, first: true}
	switch {
	case c.drops:
	case c.changes:
		e.text = e.text[:0]
		if !e.format.text.Commas {
			e.text = append(e.text, '[')
		}
	default:
		e.inner.BeginList(e.list.of.as, n)
	}
}

// Item implements record.Encoder.
func (e *encoder) Item(i int32) {
	switch {
	case e.columns[e.at-1].drops:
	case e.list.texts:
		e.text = csv.AppendItem(e.text, e.list.of.texts.Text(i), e.list.first, e.format.text.Commas)
		e.list.first = false
	default:
		e.inner.Item(i)
	}
}

// EndList implements record.Encoder.
func (e *encoder) EndList() {
	switch {
	case e.columns[e.at-1].drops:
	case e.list.texts:
		if !e.format.text.Commas {
			e.text = append(e.text, ']')
		}
		e.inner.Text(e.redacted(e.text))
	default:
		e.inner.EndList()
	}
}

// EndRecord implements record.Encoder.
func (e *encoder) EndRecord() {
	e.inner.EndRecord()
	e.at, e.marks = 0, e.marks[:0]
	e.settled, e.pending = append(e.settled, e.pending...), e.pending[:0]
}

// Mark implements record.Encoder: the place is that of the mark of the other encoder.
func (e *encoder) Mark() record.Mark {
	e.marks = append(e.marks, e.inner.Mark())
	return record.Mark{Cells: e.at, Place: len(e.marks) - 1}
}

// Rewind implements record.Encoder.
func (e *encoder) Rewind(m record.Mark) {
	e.inner.Rewind(e.marks[m.Place])
	e.marks, e.at, e.long = e.marks[:m.Place+1], m.Cells, long{}
	for len(e.pending) > 0 && e.pending[len(e.pending)-1] >= m.Cells {
		e.pending = e.pending[:len(e.pending)-1]
	}
}

// Full implements record.Encoder.
func (e *encoder) Full() bool { return e.inner.Full() }

// Take implements record.Encoder.
func (e *encoder) Take() record.Chunk { return e.inner.Take() }

// Reuse implements record.Encoder.
func (e *encoder) Reuse(c record.Chunk) { e.inner.Reuse(c) }

// Replaced implements record.Encoder.
func (e *encoder) Replaced() bool { return len(e.settled) > 0 || e.inner.Replaced() }

// TakeReplaced implements record.Encoder: the columns are those of the readers.
func (e *encoder) TakeReplaced() []int {
	all := slices.Clone(e.settled)
	e.settled = e.settled[:0]
	if e.inner.Replaced() {
		for _, i := range e.inner.TakeReplaced() {
			all = append(all, e.left[i])
		}
	}
	return all
}
