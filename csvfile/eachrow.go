package csvfile

import (
	"context"
	"fmt"
	"math"
	"sync"

	"sluice/figures"
)

// FullRow is a row as [EachRow] hands it out, with its cells in full. It is valid
// until the function it is handed to returns.
type FullRow struct {
	// Number is that of the row in its file, from 0; among sorted rows, and in a source
	// without a file, it is the position there.
	Number int64
	// Cells are the values: of all cells that the row has, or of the columns asked for,
	// nil where the row has no such cell. An empty cell is not nil.
	Cells [][]byte
	// Width is how many cells the row has; 0 for a blank line.
	Width int
}

// maxHeldRow is how many bytes of cells a row may have to be handed out in full.
const maxHeldRow = 256 << 20

// LongRowError says that a row has more bytes than are held at once.
type LongRowError struct {
	Row   int64 // from 0
	Limit int64 // bytes of its cells
}

func (e *LongRowError) Error() string {
	return fmt.Sprintf("row %s has more than %s, which is more than is held at once; saved as CSV with the delimiter, quote and encoding of its file it can be of any size", figures.Count(e.Row+1), figures.Size(e.Limit))
}

// EachRow calls fn for each row of src, in order, until it fails. src may be a [File], a
// [View] or [Sorted] of one, complete or not, or any other Source; a file and its views
// are read by all workers, in flat memory, and all rows are waited for. columns are those to hand
// out, from 0, nil for all that a row has. progress, which may be nil, is called often;
// both are called from one goroutine at a time. A row of more than 256 MB gives a
// *[LongRowError].
func EachRow(ctx context.Context, src Source, columns []int, fn func(FullRow) error, progress func(Progress)) error {
	if progress == nil {
		progress = func(Progress) {}
	}
	if s, ok := src.(recordSource); ok {
		return eachRecordRow(ctx, s, columns, fn, progress)
	}
	return eachPagedRow(ctx, src, columns, fn, progress)
}

func eachRecordRow(ctx context.Context, src recordSource, columns []int, fn func(FullRow) error, progress func(Progress)) error {
	f := src.file()
	if err := f.prepare(ctx); err != nil {
		return err
	}
	var idle sync.Pool // of *rowDecoder
	decode := func(_ context.Context, each eachRec) (*rowDecoder, error) {
		d, ok := idle.Get().(*rowDecoder)
		if !ok {
			d = &rowDecoder{f: f, columns: columns, text: []byte{}} // a part of none would be no cell
		}
		d.reset()
		err := each(func(r *rec) bool {
			d.add(r)
			return true
		})
		return d, err
	}
	p := Progress{TotalBytes: f.data().Size()}
	return inRowOrder(ctx, src, false, decode, func(d *rowDecoder) error {
		if err := d.each(ctx, fn); err != nil {
			return err
		}
		p.Rows += int64(len(d.rows))
		idle.Put(d)
		return nil
	}, func(bytes int64) {
		p.Bytes = bytes
		progress(p)
	})
}

// rowDecoder holds the cells of records, decoded, one behind the other.
type rowDecoder struct {
	f       *File
	columns []int // nil: all
	rows    []decodedRow
	text    []byte
	ends    []int // of the cells in text; as -1-end for a cell that the row does not have
	scratch []byte
	cells   [][]byte
}

type decodedRow struct {
	number int64
	width  int
	cells  int  // how many of ends are its own
	giant  *rec // too large to be held with others: read when its turn comes
}

func (d *rowDecoder) reset() { d.rows, d.text, d.ends = d.rows[:0], d.text[:0], d.ends[:0] }

func (d *rowDecoder) add(r *rec) {
	row := decodedRow{number: r.number - d.f.skip}
	if r.giant != nil {
		g := *r
		g.fields = nil
		row.giant, row.width = &g, r.cells()
		d.rows = append(d.rows, row)
		return
	}
	row.width = r.cells()
	row.cells = wanted(d.columns, row.width)
	for i := range row.cells {
		col := columnAt(d.columns, i)
		if col >= row.width {
			d.ends = append(d.ends, -1-len(d.text))
			continue
		}
		value, _ := r.cell(col, &d.scratch)
		d.text = append(d.text, value...)
		d.ends = append(d.ends, len(d.text))
	}
	d.rows = append(d.rows, row)
}

// wanted is how many cells are handed out of a row that has width.
func wanted(columns []int, width int) int {
	if columns == nil {
		return width
	}
	return len(columns)
}

func columnAt(columns []int, i int) int {
	if columns == nil {
		return i
	}
	return columns[i]
}

// each hands out the rows.
func (d *rowDecoder) each(ctx context.Context, fn func(FullRow) error) error {
	at, cell := 0, 0
	for _, row := range d.rows {
		d.cells = d.cells[:0]
		if row.giant != nil {
			if err := d.readGiant(ctx, row.giant); err != nil {
				return err
			}
		}
		for range row.cells {
			end := d.ends[cell]
			cell++
			if end < 0 {
				d.cells = append(d.cells, nil)
				continue
			}
			d.cells = append(d.cells, d.text[at:end:end])
			at = end
		}
		if err := fn(FullRow{Number: row.number, Cells: d.cells, Width: row.width}); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// readGiant reads the cells of a record too large to be held with others.
func (d *rowDecoder) readGiant(ctx context.Context, r *rec) error {
	if r.length > maxHeldRow {
		return &LongRowError{Row: r.number - d.f.skip, Limit: maxHeldRow}
	}
	w := d.f.window()
	defer d.f.release(w)
	c := cellCollector{limit: maxHeldRow}
	if _, err := d.f.stream(ctx, w, r.offset, math.MaxInt64, &c); err != nil {
		return err
	}
	for i := range wanted(d.columns, len(c.ends)) {
		if col := columnAt(d.columns, i); col < len(c.ends) {
			d.cells = append(d.cells, c.value(col))
		} else {
			d.cells = append(d.cells, nil)
		}
	}
	return nil
}

// value is what was kept of cell i.
func (c *cellCollector) value(i int) []byte {
	from := 0
	if i > 0 {
		from = c.ends[i-1]
	}
	return c.buf[from:c.ends[i]:c.ends[i]]
}
