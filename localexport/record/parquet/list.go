package parquet

import "sluice/localexport/record"

// BeginList implements record.Encoder.
func (e *encoder) BeginList(w record.Words, n int) {
	c := e.next()
	c.counts = append(c.counts, int32(n))
	e.list, e.within, e.noted = e.format.words[w], true, false
}

// Item implements record.Encoder.
func (e *encoder) Item(i int32) {
	c := &e.b.cells[e.at-1]
	from := len(c.data)
	c.data = e.append(c.data, e.list.Text(i))
	c.ends = append(c.ends, len(c.data))
	e.b.size += len(c.data) - from
}

// EndList implements record.Encoder.
func (e *encoder) EndList() { e.within = false }
