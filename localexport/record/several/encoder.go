package several

import (
	"slices"

	"sluice/localexport/record"
)

// encoder gives every cell to the encoders of all formats.
type encoder struct {
	format *Format
	parts  []record.Encoder
	marks  [][]record.Mark // of the record: those of each encoder
	open   bool            // a record was begun
	kept   []bool          // the encoders that go on with their chunks after the last Take
}

var _ record.Encoder = (*encoder)(nil)

func (e *encoder) each(give func(record.Encoder)) {
	e.open = true
	for _, part := range e.parts {
		give(part)
	}
}

// Null implements record.Encoder.
func (e *encoder) Null() { e.each(record.Encoder.Null) }

// Int implements record.Encoder.
func (e *encoder) Int(n int64) {
	e.open = true
	for _, part := range e.parts {
		part.Int(n)
	}
}

// Time implements record.Encoder.
func (e *encoder) Time(unix int64, nanos int32) {
	e.open = true
	for _, part := range e.parts {
		part.Time(unix, nanos)
	}
}

// Text implements record.Encoder.
func (e *encoder) Text(b []byte) {
	e.open = true
	for _, part := range e.parts {
		part.Text(b)
	}
}

// Shared implements record.Encoder.
func (e *encoder) Shared(s record.Shared) {
	e.open = true
	for i, part := range e.parts {
		part.Shared(e.format.shared[s][i])
	}
}

// BeginText implements record.Encoder.
func (e *encoder) BeginText() { e.each(record.Encoder.BeginText) }

// Look implements record.Encoder.
func (e *encoder) Look(b []byte) {
	for _, part := range e.parts {
		part.Look(b)
	}
}

// Piece implements record.Encoder.
func (e *encoder) Piece(b []byte) {
	for _, part := range e.parts {
		part.Piece(b)
	}
}

// EndText implements record.Encoder.
func (e *encoder) EndText() { e.each(record.Encoder.EndText) }

// BeginList implements record.Encoder.
func (e *encoder) BeginList(w record.Words, n int) {
	e.open = true
	for i, part := range e.parts {
		part.BeginList(e.format.words[w][i], n)
	}
}

// Item implements record.Encoder.
func (e *encoder) Item(i int32) {
	for _, part := range e.parts {
		part.Item(i)
	}
}

// EndList implements record.Encoder.
func (e *encoder) EndList() { e.each(record.Encoder.EndList) }

// EndRecord implements record.Encoder.
func (e *encoder) EndRecord() {
	e.each(record.Encoder.EndRecord)
	e.open, e.marks = false, e.marks[:0]
}

// Mark implements record.Encoder: the place is that of the marks of the encoders.
func (e *encoder) Mark() (m record.Mark) {
	n := len(e.marks)
	if n < cap(e.marks) {
		e.marks = e.marks[:n+1]
		e.marks[n] = e.marks[n][:0]
	} else {
		e.marks = append(e.marks, nil)
	}
	for _, part := range e.parts {
		m = part.Mark()
		e.marks[n] = append(e.marks[n], m)
	}
	return record.Mark{Cells: m.Cells, Place: n}
}

// Rewind implements record.Encoder.
func (e *encoder) Rewind(m record.Mark) {
	for i, part := range e.parts {
		part.Rewind(e.marks[m.Place][i])
	}
	e.marks = e.marks[:m.Place+1]
	e.open = m.Cells > 0
}

// Full implements record.Encoder. Within a record only those formats give what they have
// that are full: a text that is too long for memory must not wait for the others.
func (e *encoder) Full() bool { return slices.ContainsFunc(e.parts, record.Encoder.Full) }

// Take implements record.Encoder: the chunk is chunks.
func (e *encoder) Take() record.Chunk {
	list, some := make(chunks, len(e.parts)), false
	for i, part := range e.parts {
		// One that takes a text in whole goes on with its chunk.
		if e.kept[i] = e.open && !part.Full(); e.kept[i] {
			continue
		}
		list[i] = part.Take()
		some = some || list[i] != nil
	}
	if !some {
		return nil
	}
	return list
}

// Reuse implements record.Encoder.
func (e *encoder) Reuse(c record.Chunk) {
	list, _ := c.(chunks)
	for i, part := range e.parts {
		if e.kept[i] {
			e.kept[i] = false
			continue
		}
		var again record.Chunk
		if i < len(list) {
			again = list[i]
		}
		part.Reuse(again)
	}
}

// Replaced implements record.Encoder. Formats with the same options replace the same.
func (e *encoder) Replaced() bool { return e.parts[0].Replaced() }

// TakeReplaced implements record.Encoder.
func (e *encoder) TakeReplaced() []int {
	for _, part := range e.parts[1:] {
		part.TakeReplaced()
	}
	return e.parts[0].TakeReplaced()
}
