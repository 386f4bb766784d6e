package csvfile

import (
	"context"
	"fmt"

	"sluice/csvfile/internal/block"
	"sluice/csvfile/internal/record"
	"sluice/wording"
)

const (
	// maxWhole is the largest record that is read into memory whole.
	maxWhole = 512 << 10
	// maxStream is how much of a record is read to show it as a row, once the
	// index tells where it ends.
	maxStream = 256 << 20
	// maxForward is how far Rows looks behind what is indexed.
	maxForward = 64 << 20
)

// Rows returns n rows from row number from on; fewer, or none, at the end of the
// file. A row that the index has not reached yet, and that is not just behind what it
// has reached, gives a *[NotIndexedError]; the rows before it are returned with the
// error.
func (f *File) Rows(ctx context.Context, from int64, n int) ([]Row, error) {
	if from < 0 {
		return nil, wording.Errorf("row %d: rows are counted from 0", from)
	}
	if n <= 0 {
		return nil, nil
	}
	w := f.window()
	defer f.release(w)
	off, ok, err := f.locate(ctx, w, from+f.skip)
	if err != nil || !ok {
		return nil, err
	}
	rows, err := f.readRows(ctx, w, off, n, from)
	if err == nil && len(rows) < n && !w.src.Whole() {
		next := from + int64(len(rows))
		err = &NotIndexedError{Row: next, Indexed: next}
	}
	return rows, err
}

// locate returns where record number n (from 0, counting the header) starts;
// ok is false when the file has fewer records.
func (f *File) locate(ctx context.Context, w *window, n int64) (off int64, ok bool, err error) {
	if n == 0 {
		return f.start, w.src.Size() > f.start, nil
	}
	b, e, known, complete := f.idx.find(n)
	if !known && complete {
		return 0, false, nil
	}
	left, st := int(n-e.records()), e.state()
	for limit := f.blockStart(b) + maxForward; ; b++ {
		if err := ctx.Err(); err != nil {
			return 0, false, err
		}
		at := f.blockStart(b)
		if at >= w.src.Size() && w.src.Whole() {
			return 0, false, nil
		}
		if !known && (at > limit || at >= w.src.Size()) {
			return 0, false, &NotIndexedError{Row: n - f.skip, Indexed: max(e.records()-f.skip, 0)}
		}
		blk, prev, err := f.block(w, b)
		if err != nil {
			return 0, false, err
		}
		if i := block.Nth(blk, prev, st, f.syn, left); i >= 0 {
			off = at + int64(i)
			if off >= w.src.Size() && !w.src.Whole() {
				return 0, false, &NotIndexedError{Row: n - f.skip, Indexed: max(e.records()-f.skip, 0)}
			}
			return off, off < w.src.Size(), nil
		}
		var k int
		k, _, st = block.Count(blk, prev, st, f.syn)
		left -= k
	}
}

// noteWidth remembers the widest row that was read.
func (f *File) noteWidth(cells int) {
	for n := f.widest.Load(); int64(cells) > n && !f.widest.CompareAndSwap(n, int64(cells)); n = f.widest.Load() {
	}
}

// columnNames are the names of the columns, and made-up ones for those that only rows
// wider than the header have.
func (f *File) columnNames() []string {
	names := f.header[:len(f.header):len(f.header)]
	for int64(len(names)) < f.widest.Load() {
		names = append(names, ColumnName(len(names)))
	}
	return names
}

// ColumnName is what a column, from 0, is called that no header names. It is a name and no
// sentence, of no language: files, filters and views name columns by it.
func ColumnName(i int) string { return fmt.Sprintf("Column %d", i+1) }

// block returns the bytes of block b and the byte before it.
func (f *File) block(w *window, b int64) (blk []byte, prev byte, err error) {
	at := f.blockStart(b)
	n := int(min((b+1)*block.Size, w.src.Size()) - at)
	if at == f.start {
		buf, err := w.at(at, n)
		return buf[:min(n, len(buf))], f.syn.Terminator, err
	}
	buf, err := w.at(at-1, n+1)
	if err != nil || len(buf) == 0 {
		return nil, 0, err
	}
	return buf[1:min(n+1, len(buf))], buf[0], nil
}

// readRows reads up to n records from off on; number is that of the first row,
// or -1.
func (f *File) readRows(ctx context.Context, w *window, off int64, n int, number int64) ([]Row, error) {
	rows := make([]Row, 0, min(n, 1024))
	var fields []record.Field
	need := 1
	for len(rows) < n && off < w.src.Size() {
		b, err := w.at(off, need)
		if err != nil {
			return nil, err
		}
		var k int
		var ok bool
		fields, k, ok = record.Split(b, w.atEnd(off, b), f.syn, fields[:0])
		var row Row
		length := int64(k)
		switch {
		case ok:
			row = makeRow(b, fields, f.cfg.cellLimit)
			if f.stages.container.parquet != nil {
				row.nulls = nullsOf(b, fields)
			}
		case len(b) < maxWhole:
			need = 2 * len(b)
			continue
		default:
			if row, length, err = f.streamRow(ctx, w, off); err != nil {
				return nil, err
			}
		}
		need = 1
		row.Offset, row.Number = off, number
		if row.wide {
			return nil, &WideError{Row: number, Offset: off}
		}
		rows = append(rows, row)
		f.noteWidth(len(row.Fields))
		off += length
		if number >= 0 {
			number++
		}
		if len(rows)%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	return rows, nil
}
