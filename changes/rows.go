package changes

import (
	"bytes"
	"context"

	"sluice/localexport/record/csv"
)

// What the column "change" says.
const (
	Added   = "added"
	Changed = "changed"
	Removed = "removed"
)

// The columns that are put before those of the files.
const (
	changeColumn  = "change"
	changedColumn = "changed_columns"
)

// which is the file that a row is taken from.
type which uint8

const (
	fromA which = iota
	fromB
)

// rows writes rows that differ, as CSV. It belongs to one goroutine.
type rows struct {
	ctx  context.Context
	pair *pair
	size int // of a piece
	enc  *csv.Format
	buf  []byte
	to   chan<- []byte
	err  error
}

func newRows(p *pair, size int) *rows {
	return &rows{pair: p, size: size, enc: csv.New(csv.Options{PreserveLineBreaks: true, KeepNUL: true})}
}

// begin sets where pieces are sent to; nil means that rows are not written.
func (r *rows) begin(ctx context.Context, to chan<- []byte) {
	r.ctx, r.to, r.buf, r.err = ctx, to, nil, nil
}

// header is the first record.
func (r *rows) header() []byte {
	b := []byte(changeColumn + "," + changedColumn)
	for _, c := range r.pair.columns {
		b = r.enc.AppendField(append(b, ','), []byte(c.name))
	}
	return append(b, '\r', '\n')
}

// row writes the current row of a side.
func (r *rows) row(s *side, w which, change string, changed []byte) error {
	if r.to == nil {
		return nil
	}
	r.buf = append(append(r.buf, change...), ',')
	r.buf = r.enc.AppendField(r.buf, changed)
	if s.walk.Large() {
		if err := r.large(s, w); err != nil {
			return err
		}
	} else {
		s.walk.Cells()
		for _, c := range r.pair.columns {
			r.buf = append(r.buf, ',')
			if at := c.at(w); at >= 0 {
				r.buf = r.enc.AppendField(r.buf, s.walk.Cell(at))
			}
		}
	}
	r.buf = append(r.buf, '\r', '\n')
	return r.flush(r.size)
}

// flush sends the buffer on if it has so many bytes.
func (r *rows) flush(least int) error {
	if len(r.buf) < max(least, 1) {
		return nil
	}
	select {
	case r.to <- r.buf:
		r.buf = make([]byte, 0, r.size+r.size/8)
		return nil
	case <-r.ctx.Done():
		return r.ctx.Err()
	}
}

// end sends what is left.
func (r *rows) end() error { return r.flush(0) }

// large writes the cells of a row that is too large to be held whole: in one go where
// its columns stand in the order in which they are written.
func (r *rows) large(s *side, w which) error {
	if r.pair.inOrder(w) {
		sink := &cellSink{rows: r, only: -1, left: len(s.t.header)}
		if _, err := s.walk.Stream(r.ctx, -1, sink); err != nil {
			return err
		}
		for range len(r.pair.columns) - sink.at {
			r.buf = append(r.buf, ',')
		}
		return r.err
	}
	for _, c := range r.pair.columns {
		at := c.at(w)
		if at < 0 {
			r.buf = append(r.buf, ',')
			continue
		}
		sink := &cellSink{rows: r, only: at, left: len(s.t.header)}
		r.buf = append(r.buf, ',')
		if _, err := s.walk.Stream(r.ctx, -1, sink); err != nil {
			return err
		}
		if r.err != nil {
			return r.err
		}
	}
	return nil
}

// cellSink writes the cells of a large row, or only one of them, always in quotes.
type cellSink struct {
	*rows
	only int // -1: all
	left int // columns that the header names; what is behind them is left out
	at   int
	open bool
}

var (
	quoteMark  = []byte{'"'}
	twoQuotes  = []byte{'"', '"'}
	sinkPieces = 64 << 10
)

// Data implements csvfile.RowSink.
func (c *cellSink) Data(p []byte) {
	if c.at >= c.left || c.only >= 0 && c.at != c.only || len(p) == 0 || c.err != nil {
		return
	}
	c.comma()
	if !c.open {
		c.open = true
		c.buf = append(c.buf, '"')
	}
	for len(p) > 0 {
		n := min(len(p), sinkPieces)
		c.buf = append(c.buf, bytes.ReplaceAll(p[:n], quoteMark, twoQuotes)...)
		p = p[n:]
		if c.err = c.flush(c.size); c.err != nil {
			return
		}
	}
}

// comma separates the cell from the one before, once.
func (c *cellSink) comma() {
	if c.only < 0 && !c.open {
		c.buf = append(c.buf, ',')
	}
}

// EndField implements csvfile.RowSink.
func (c *cellSink) EndField() {
	if c.at < c.left && c.only < 0 {
		c.comma()
	}
	if c.open {
		c.buf = append(c.buf, '"')
		c.open = false
	}
	c.at = min(c.at+1, c.left)
	if c.only >= 0 && c.at > c.only {
		c.left = 0 // nothing more is wanted
	}
}

// EndRow implements csvfile.RowSink.
func (c *cellSink) EndRow() error { return c.err }
