package query

import (
	"context"
	"errors"

	"modernc.org/sqlite/vtab"

	"sluice/csvfile"
	"sluice/wording"
)

// The rows go from the engine to SQLite in batches: of as many rows, and of about as many bytes.
const (
	batchRows  = 512
	batchBytes = 128 << 10
)

// batch are rows, one behind the other: of each the cells that are asked for.
type batch struct {
	text    []byte
	ends    []int // of the cells in text; as -1-end for a cell that its row does not have
	numbers []int64
}

// newBatch is a batch without rows. Its text is there: a part of none would be no cell.
func newBatch() *batch { return &batch{text: []byte{}} }

func (b *batch) add(r csvfile.FullRow) {
	for _, cell := range r.Cells {
		if cell == nil {
			b.ends = append(b.ends, -1-len(b.text))
			continue
		}
		b.text = append(b.text, cell...)
		b.ends = append(b.ends, len(b.text))
	}
	b.numbers = append(b.numbers, r.Number)
}

func (b *batch) full() bool { return len(b.numbers) >= batchRows || len(b.text) >= batchBytes }

// cell is a cell by its place among all of the batch, nil if there is none.
func (b *batch) cell(i int) []byte {
	from, end := 0, b.ends[i]
	if i > 0 {
		if from = b.ends[i-1]; from < 0 {
			from = -1 - from
		}
	}
	if end < 0 {
		return nil
	}
	return b.text[from:end:end]
}

// cursor reads a table from its first row to its last. The engine reads ahead of it.
type cursor struct {
	t   *table
	ctx context.Context

	end    context.CancelFunc
	filled chan *batch // closed at the end
	empty  chan *batch // to be filled again
	err    error       // of reading, once filled is closed
	now    *batch
	row    int // in now
}

// Filter goes to the first row.
func (c *cursor) Filter(int, string, []vtab.Value) error {
	c.stop()
	var ctx context.Context
	ctx, c.end = context.WithCancel(c.ctx)
	c.filled, c.empty, c.err = make(chan *batch, 2), make(chan *batch, 4), nil
	first := !c.t.seen
	c.t.seen = true
	go c.read(ctx, first)
	return c.turn()
}

// read fills batches; first says that nobody has looked at the rows yet.
func (c *cursor) read(ctx context.Context, first bool) {
	defer close(c.filled)
	b := newBatch()
	c.err = csvfile.EachRow(ctx, c.t.file, c.t.used, func(r csvfile.FullRow) error {
		if first {
			c.t.look(r)
		}
		b.add(r)
		if !b.full() {
			return nil
		}
		if err := c.hand(ctx, b); err != nil {
			return err
		}
		select {
		case b = <-c.empty:
			b.text, b.ends, b.numbers = b.text[:0], b.ends[:0], b.numbers[:0]
		default:
			b = newBatch()
		}
		return nil
	}, func(p csvfile.Progress) { c.t.run.tell(Progress{Table: c.t.name, Progress: p}) })
	if c.err == nil {
		c.err = c.hand(ctx, b)
	}
}

func (c *cursor) hand(ctx context.Context, b *batch) error {
	select {
	case c.filled <- b:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Next goes to the next row.
func (c *cursor) Next() error {
	if c.row++; c.row < len(c.now.numbers) {
		return nil
	}
	return c.turn()
}

// turn goes to the first row of the next batch.
func (c *cursor) turn() error {
	if c.now != nil {
		select {
		case c.empty <- c.now:
		default:
		}
	}
	c.now, c.row = nil, 0
	for b := range c.filled {
		if len(b.numbers) > 0 {
			c.now = b
			return nil
		}
	}
	if c.err != nil {
		c.t.run.fail(wording.Errorf("read %s: %w", c.t.name, c.err))
	}
	return c.err
}

// Eof says whether all rows have been read.
func (c *cursor) Eof() bool { return c.now == nil }

// Column is a value of the row.
func (c *cursor) Column(col int) (vtab.Value, error) {
	if col >= len(c.t.used) {
		return nil, errors.New("a cell was not asked for")
	}
	return value(c.now.cell(c.row*len(c.t.used)+col), c.t.types[col]), nil
}

// Rowid is the number of the row, from 1.
func (c *cursor) Rowid() (int64, error) { return c.now.numbers[c.row] + 1, nil }

// Close ends reading.
func (c *cursor) Close() error {
	c.stop()
	return nil
}

// stop ends reading, and waits until nothing reads.
func (c *cursor) stop() {
	if c.end == nil {
		return
	}
	c.end()
	for range c.filled { // until it is closed
	}
	c.end, c.now = nil, nil
}
