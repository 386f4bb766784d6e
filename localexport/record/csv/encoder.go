package csv

import (
	"strconv"

	"sluice/localexport/record"
	"sluice/localexport/wallclock"
)

const (
	chunkSize  = 1 << 20 // bytes that are handed on at once
	chunkSpare = 1 << 16 // room for the record that fills a chunk
	chunkKeep  = 4 << 20 // a larger chunk is not used again
)

// encoder builds records in a buffer, which is its chunk.
type encoder struct {
	*settings
	shared []string
	buf    []byte
	cells  int // of the record
	nul    replacements
	pieces pieces
	list   list
}

var _ record.Encoder = (*encoder)(nil)

// separate begins a cell.
func (e *encoder) separate() {
	if e.cells > 0 {
		e.buf = append(e.buf, ',')
	}
	e.cells++
}

// Null implements record.Encoder: the cell is empty.
func (e *encoder) Null() { e.separate() }

// Int implements record.Encoder.
func (e *encoder) Int(n int64) {
	e.separate()
	e.buf = strconv.AppendInt(e.buf, n, 10)
}

// Time implements record.Encoder.
func (e *encoder) Time(unix int64, nanos int32) {
	e.separate()
	e.buf = wallclock.AppendUTC(e.buf, unix, nanos, e.Milliseconds)
}

// Text implements record.Encoder.
func (e *encoder) Text(b []byte) {
	e.separate()
	e.buf = e.appendField(e.buf, b)
}

// Shared implements record.Encoder.
func (e *encoder) Shared(s record.Shared) {
	e.separate()
	e.buf = append(e.buf, e.shared[s]...)
}

// EndRecord implements record.Encoder.
func (e *encoder) EndRecord() {
	e.buf = append(e.buf, '\r', '\n')
	e.cells = 0
	e.nul.settle()
}

// Mark implements record.Encoder: the place is that in the buffer.
func (e *encoder) Mark() record.Mark { return record.Mark{Cells: e.cells, Place: len(e.buf)} }

// Rewind implements record.Encoder.
func (e *encoder) Rewind(m record.Mark) {
	e.buf, e.cells = e.buf[:m.Place], m.Cells
	e.nul.rewind(m.Cells)
	e.pieces = pieces{}
}

// Full implements record.Encoder.
func (e *encoder) Full() bool { return len(e.buf) >= chunkSize }

// Take implements record.Encoder: the chunk is a []byte.
func (e *encoder) Take() record.Chunk {
	if len(e.buf) == 0 {
		return nil
	}
	b := e.buf
	e.buf = nil
	return b
}

// Reuse implements record.Encoder.
func (e *encoder) Reuse(c record.Chunk) {
	if b, _ := c.([]byte); b != nil {
		e.buf = b[:0]
		return
	}
	e.buf = make([]byte, 0, chunkSize+chunkSpare)
}
