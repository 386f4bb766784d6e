package csvfile

import (
	"context"
	"math"

	"sluice/csvfile/internal/block"
	"sluice/csvfile/internal/record"
)

// giantCellLimit is how much of a cell is kept of a record too large to be held
// whole; a longer cell is read again when all of it is needed.
const giantCellLimit = 64 << 10

// records walks the data records that start in [off, end).
type records struct {
	f      *File
	w      *window
	off    int64 // where the next record starts
	end    int64
	number int64 // of the next record, counting the header
	rec    rec
	err    error
	seen   int
	// only, if not negative, is the only column that is wanted: others are cut
	// into fields when they are asked for after all.
	only int
}

// rec is one record: its bytes cut into fields, or, when it is too large to be
// held, the starts of its cells.
type rec struct {
	number, offset int64
	raw            []byte // with its terminator; nil for a giant
	fields         []record.Field
	giant          *Row
	length         int64
	lazy           bool // fields are not cut yet, but for the wanted one
	wanted         record.Field
	hasWanted      bool
	rows           int // of one that is nothing but the bytes of so many rows; else 0
}

// recordsIn walks the records that start in blocks [first, last). The start of
// block first must be indexed.
func (f *File) recordsIn(w *window, first, last int64) (*records, error) {
	e, _ := f.idx.at(first)
	at := f.blockStart(first)
	r := &records{f: f, w: w, only: -1, off: at, end: min(last*block.Size, w.src.Size()), number: e.records()}
	if at >= r.end {
		return r, nil
	}
	if w.file != nil {
		from := max(at-1, 0) // one map for all of it
		if _, err := w.at(from, int(r.end-from)); err != nil {
			return nil, err
		}
	}
	if at > f.start {
		if err := r.align(first, e.state()); err != nil {
			return nil, err
		}
	}
	if r.number < f.skip && r.off < r.end && r.next(context.Background()) {
		r.rec = rec{} // the header
	}
	return r, r.err
}

// align moves to the first record start at or behind the start of block b.
func (r *records) align(b int64, st block.State) error {
	for ; r.off < r.end; b++ {
		blk, prev, err := r.f.block(r.w, b)
		if err != nil {
			return err
		}
		if st == block.Outside && prev == r.f.syn.Terminator {
			r.off = r.f.blockStart(b)
			return nil
		}
		if i := block.Nth(blk, prev, st, r.f.syn, 1); i >= 0 {
			r.off = r.f.blockStart(b) + int64(i)
			r.number++
			return nil
		}
		_, _, st = block.Count(blk, prev, st, r.f.syn)
		r.off = r.f.blockStart(b + 1)
	}
	return nil
}

// next moves to the next record, which is in r.rec until the call after.
func (r *records) next(ctx context.Context) bool {
	if r.err != nil || r.off >= r.end {
		return false
	}
	if r.seen++; r.seen%256 == 0 {
		if r.err = ctx.Err(); r.err != nil {
			return false
		}
	}
	r.rec.number, r.rec.offset, r.rec.giant = r.number, r.off, nil
	if r.nextLazy() {
		return true
	}
	for need := 1; ; {
		b, err := r.w.at(r.off, need)
		if err != nil || len(b) == 0 {
			r.err = err
			return false
		}
		b = b[:min(len(b), maxWhole)] // a map holds more, and a record of it could have millions of cells
		fields, n, ok := record.Split(b, r.w.atEnd(r.off, b), r.f.syn, r.rec.fields[:0])
		r.rec.fields = fields
		if ok {
			r.rec.raw, r.rec.length = b[:n], int64(n)
			break
		}
		if len(b) >= maxWhole {
			if !r.nextGiant(ctx) {
				return false
			}
			break
		}
		need = 2 * len(b)
	}
	r.off += r.rec.length
	r.number++
	return true
}

// nextLazy reads the next record if it is of the simple kind of which only the
// wanted column need be looked at.
func (r *records) nextLazy() bool {
	r.rec.lazy = false
	if r.only < 0 {
		return false
	}
	b, err := r.w.at(r.off, 1)
	if err != nil || len(b) == 0 {
		return false // next will meet it again
	}
	f, has, n, ok := record.Column(b, r.f.syn, r.only)
	if !ok {
		return false
	}
	r.rec.lazy, r.rec.wanted, r.rec.hasWanted = true, f, has
	r.rec.raw, r.rec.length = b[:n], int64(n)
	r.off += int64(n)
	r.number++
	return true
}

// cut makes all fields of a lazy record available.
func (c *rec) cut(syn block.Syntax) {
	if c.lazy {
		c.fields, _, _ = record.Split(c.raw, true, syn, c.fields[:0])
		c.lazy = false
	}
}

func (r *records) nextGiant(ctx context.Context) bool {
	c := cellCollector{limit: giantCellLimit}
	n, err := r.f.stream(ctx, r.w, r.off, math.MaxInt64, &c)
	if err != nil {
		r.err = err
		return false
	}
	row := c.row()
	row.Offset, row.Number = r.off, r.number-r.f.skip
	if row.wide {
		r.err = &WideError{Row: row.Number, Offset: r.off}
		return false
	}
	r.rec.giant, r.rec.raw, r.rec.length = &row, nil, n
	return true
}

// wantedCell is cell, and whether there is one, of column i: the wanted one if
// the record is lazy.
func (c *rec) wantedCell(i int, scratch *[]byte) (value []byte, whole, has bool) {
	if c.lazy {
		if !c.hasWanted {
			return nil, true, false
		}
		return c.raw[c.wanted.Start:c.wanted.End], true, true
	}
	value, whole = c.cell(i, scratch)
	return value, whole, i < c.cells()
}

// cells is the number of fields. The record must not be lazy.
func (c *rec) cells() int {
	if c.giant != nil {
		return len(c.giant.Fields)
	}
	return len(c.fields)
}

// cell returns the value of field i, nil if there is none, possibly in
// *scratch. whole is false when only the start of a giant cell is given.
func (c *rec) cell(i int, scratch *[]byte) (value []byte, whole bool) {
	switch {
	case i >= c.cells():
		return nil, true
	case c.giant != nil:
		*scratch = append((*scratch)[:0], c.giant.Fields[i]...)
		return *scratch, !c.giant.Cut(i)
	}
	*scratch = (*scratch)[:0]
	return c.fields[i].Value(c.raw, scratch), true
}

// row makes a Row of the record.
func (c *rec) row(f *File) Row {
	c.cut(f.syn)
	var r Row
	if c.giant == nil {
		r = makeRow(c.raw, c.fields, f.cfg.cellLimit)
		if f.stages.container.parquet != nil {
			r.nulls = nullsOf(c.raw, c.fields)
		}
	} else {
		r = c.giant.limited(f.cfg.cellLimit)
	}
	r.Number, r.Offset = c.number-f.skip, c.offset
	return r
}

// limited returns a copy of r with cells of at most limit bytes.
func (r Row) limited(limit int) Row {
	out := Row{Number: r.Number, Offset: r.Offset, Fields: make([]string, len(r.Fields)), sizes: make([]int64, len(r.Fields))}
	for i, s := range r.Fields {
		if len(s) > limit {
			s = s[:wholeRunes([]byte(s[:limit]))]
		}
		out.Fields[i], out.sizes[i] = s, r.Size(i)
	}
	return out
}
