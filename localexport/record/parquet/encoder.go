package parquet

import (
	"bytes"
	"fmt"
	"math"

	"sluice/columns"
	"sluice/localexport/record"
)

const (
	batchSize = 1 << 20 // bytes that are handed on at once, about
	batchKeep = 4 << 20 // a larger buffer is not used again
)

// encoder gathers the cells of records.
type encoder struct {
	format *Format
	file   columns.File
	b      *batch
	places []place // of the columns where the record began
	at     int     // the column that comes next
	list   record.Texts
	within bool // of a text or a list

	pending, settled []int // columns in whose cells characters were replaced
	noted            bool  // that they were in this text

	long    []bool
	looked  int64 // how long the text will be, as far as it was looked at
	packer  packer
	scratch []byte // a piece of a giant text
}

var _ record.Encoder = (*encoder)(nil)

// next begins a cell. Cells beyond the columns are a mistake of a reader.
func (e *encoder) next() *cells {
	if e.at == 0 {
		e.places = e.places[:0]
		for i := range e.b.cells {
			e.places = append(e.places, e.b.cells[i].place())
		}
	}
	e.at++
	return &e.b.cells[e.at-1]
}

// column is the column of the cell that was begun.
func (e *encoder) column() *columns.Column { return &e.file.Columns[e.at-1] }

// fail remembers the first cell that cannot be written; the writer returns it.
func (e *encoder) fail(format string, args ...any) {
	if e.b.err == nil {
		e.b.err = fmt.Errorf("column %s: "+format, append([]any{e.column().Name}, args...)...)
	}
}

// value says that the cell has one.
func (e *encoder) value(c *cells) {
	if e.column().Nullable {
		c.nulls = append(c.nulls, false)
	}
}

// Null implements record.Encoder.
func (e *encoder) Null() {
	c := e.next()
	if !e.column().Nullable {
		e.fail("a cell has no value, but there is always one")
		return
	}
	c.nulls = append(c.nulls, true)
	if e.column().Type == columns.TypeText {
		c.ends = append(c.ends, len(c.data))
	} else {
		c.numbers = append(c.numbers, 0)
	}
}

// Int implements record.Encoder.
func (e *encoder) Int(n int64) {
	c := e.next()
	if e.column().Type == columns.TypeNumber && (n > math.MaxInt32 || n < math.MinInt32) {
		e.fail("%d is more than a number of 32 bits holds", n)
	}
	e.value(c)
	c.numbers = append(c.numbers, n)
	e.b.size += 8
}

// Time implements record.Encoder.
func (e *encoder) Time(unix int64, nanos int32) {
	c := e.next()
	e.value(c)
	ms := unix * 1000
	if e.format.options.Milliseconds {
		ms += int64(nanos / 1e6)
	}
	c.numbers = append(c.numbers, ms)
	e.b.size += 8
}

// Text implements record.Encoder.
func (e *encoder) Text(b []byte) {
	e.BeginText()
	e.Look(b)
	e.Piece(b)
	e.EndText()
}

// Shared implements record.Encoder.
func (e *encoder) Shared(s record.Shared) { e.Text(e.format.shared[s]) }

// BeginText implements record.Encoder.
func (e *encoder) BeginText() {
	e.value(e.next())
	e.within, e.noted, e.looked, e.packer.now = true, false, 0, nil
}

// Look implements record.Encoder: a giant text is known by its length.
func (e *encoder) Look(b []byte) {
	e.looked += int64(len(b))
	if !e.format.options.KeepNUL && e.long[e.at-1] {
		e.looked += int64(bytes.Count(b, []byte{0}) * (len(record.Replacement) - 1))
	}
}

// Piece implements record.Encoder.
func (e *encoder) Piece(b []byte) {
	c := &e.b.cells[e.at-1]
	if e.packer.now != nil || e.looked >= int64(giantSize) && e.long[e.at-1] {
		e.pack(b)
		return
	}
	c.data = e.append(c.data, b)
	e.b.size += len(b)
}

// append appends text, in which characters may have to be replaced.
func (e *encoder) append(dst, b []byte) []byte {
	if e.format.options.KeepNUL {
		return append(dst, b...)
	}
	for {
		i := bytes.IndexByte(b, 0)
		if i < 0 {
			return append(dst, b...)
		}
		dst = append(append(dst, b[:i]...), record.Replacement...)
		b = b[i+1:]
		if !e.noted {
			e.noted = true
			e.pending = append(e.pending, e.at-1)
		}
	}
}

// EndText implements record.Encoder.
func (e *encoder) EndText() {
	c := &e.b.cells[e.at-1]
	c.ends = append(c.ends, len(c.data))
	e.within = false
	if e.packer.now == nil {
		return
	}
	g, err := e.packer.end()
	if err != nil {
		e.fail("%w", err)
	}
	e.b.giants = append(e.b.giants, g)
}

// EndRecord implements record.Encoder.
func (e *encoder) EndRecord() {
	if e.b.err == nil && e.at != len(e.file.Columns) {
		e.b.err = fmt.Errorf("a record of %s has %d cells, not %d", e.file.Name, e.at, len(e.file.Columns))
	}
	e.b.rows++
	e.at = 0
	if len(e.pending) > 0 {
		e.settled = append(e.settled, e.pending...)
		e.pending = e.pending[:0]
	}
}

// Mark implements record.Encoder. The place is of no use: each column has one of its own.
func (e *encoder) Mark() record.Mark { return record.Mark{Cells: e.at} }

// Rewind implements record.Encoder.
func (e *encoder) Rewind(m record.Mark) {
	for i := m.Cells; i < e.at; i++ {
		e.b.cells[i].cut(e.places[i])
	}
	e.at, e.within = m.Cells, false
	for n := len(e.b.giants); n > 0 && e.b.giants[n-1].column >= m.Cells; n-- {
		e.b.giants = e.b.giants[:n-1]
	}
	for len(e.pending) > 0 && e.pending[len(e.pending)-1] >= m.Cells {
		e.pending = e.pending[:len(e.pending)-1]
	}
}

// Full implements record.Encoder: a batch has whole records only, and one with a giant text
// is the last.
func (e *encoder) Full() bool {
	return e.at == 0 && !e.within && (e.b.size >= batchSize || len(e.b.giants) > 0)
}

// Take implements record.Encoder: the chunk is a *batch.
func (e *encoder) Take() record.Chunk {
	if e.b.rows == 0 && e.b.err == nil {
		return nil
	}
	b := e.b
	e.b = nil
	return b
}

// Reuse implements record.Encoder.
func (e *encoder) Reuse(c record.Chunk) {
	if b, _ := c.(*batch); b != nil {
		b.reset()
		e.b = b
		return
	}
	e.b = newBatch(e.file)
}

// Replaced implements record.Encoder.
func (e *encoder) Replaced() bool { return len(e.settled) > 0 }

// TakeReplaced implements record.Encoder.
func (e *encoder) TakeReplaced() []int {
	list := e.settled
	e.settled = e.settled[:0]
	return list
}
