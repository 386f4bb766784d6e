package parquet

import "sluice/columns"

// batch are the cells of some records, column by column: a chunk of this format.
type batch struct {
	rows  int
	cells []cells
	size  int   // bytes, about
	err   error // a cell that cannot be written
	// giants are the pages of giant texts, all of them of the last record.
	giants []*giant
}

// cells are the cells of a column.
type cells struct {
	numbers []int64 // ids, numbers, times in milliseconds; 0 where there is none
	data    []byte  // texts one behind the other
	ends    []int   // where each ends in data; of lists, of all their items
	counts  []int32 // of lists: how many items
	nulls   []bool  // one for each cell of a column that can be without a value
}

func newBatch(file columns.File) *batch { return &batch{cells: make([]cells, len(file.Columns))} }

// reset empties the batch. What has become very large is not kept.
func (b *batch) reset() {
	for i := range b.cells {
		c := &b.cells[i]
		if cap(c.data) > batchKeep {
			c.data = nil
		}
		c.numbers, c.data, c.ends, c.counts, c.nulls = c.numbers[:0], c.data[:0], c.ends[:0], c.counts[:0], c.nulls[:0]
	}
	b.rows, b.size, b.err, b.giants = 0, 0, nil, nil
}

// place is how far the cells of a column go.
type place struct{ numbers, data, ends, counts, nulls int }

func (c *cells) place() place {
	return place{len(c.numbers), len(c.data), len(c.ends), len(c.counts), len(c.nulls)}
}

// cut takes back what was added since.
func (c *cells) cut(p place) {
	c.numbers, c.data, c.ends = c.numbers[:p.numbers], c.data[:p.data], c.ends[:p.ends]
	c.counts, c.nulls = c.counts[:p.counts], c.nulls[:p.nulls]
}
