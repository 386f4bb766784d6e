package csvfile

import (
	"context"
	"errors"
	"io"

	"sluice/wording"
)

// pageOfRows is how many rows are asked for at once of a source that has only pages.
const pageOfRows = 512

// eachPagedRow hands out the rows of a source that is no file, page by page.
func eachPagedRow(ctx context.Context, src Source, columns []int, fn func(FullRow) error, progress func(Progress)) error {
	p := pagedRows{src: src, columns: columns, fn: fn}
	if of, ok := src.(interface{ File() *File }); ok {
		p.f = of.File()
	}
	for at := int64(0); ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		rows, err := src.Rows(ctx, at, pageOfRows)
		for i, r := range rows {
			if err := p.row(ctx, at+int64(i), r); err != nil {
				return err
			}
		}
		at += int64(len(rows))
		total, final := src.Total()
		progress(Progress{Rows: at, TotalBytes: total, Bytes: min(at, total), Done: final && at >= total})
		var notYet *NotIndexedError
		switch {
		case errors.As(err, &notYet):
			if err := waitMore(ctx, src, notYet); err != nil {
				return err
			}
		case err != nil:
			return err
		case len(rows) == 0:
			return nil
		}
	}
}

// waitMore waits until a source that is still being made is complete.
func waitMore(ctx context.Context, src Source, notYet *NotIndexedError) error {
	work, ok := src.(interface {
		Done() <-chan struct{}
		Progress() Progress
	})
	if !ok {
		return notYet
	}
	select {
	case <-work.Done():
	case <-ctx.Done():
		return ctx.Err()
	}
	if p := work.Progress(); p.Err != nil {
		return p.Err
	}
	if _, final := src.Total(); !final {
		return notYet
	}
	return nil
}

// pagedRows makes full rows of those that a page has.
type pagedRows struct {
	src     Source
	f       *File // whose rows the source shows, if it is of a file
	columns []int
	fn      func(FullRow) error
	cells   [][]byte
}

func (p *pagedRows) row(ctx context.Context, at int64, r Row) error {
	full := FullRow{Number: r.Number, Width: len(r.Fields)}
	if full.Number < 0 || p.f == nil {
		full.Number = at
	}
	p.cells = p.cells[:0]
	for i := range wanted(p.columns, len(r.Fields)) {
		col := columnAt(p.columns, i)
		if col >= len(r.Fields) {
			p.cells = append(p.cells, nil)
			continue
		}
		cell, err := p.cell(ctx, r, col)
		if err != nil {
			return err
		}
		p.cells = append(p.cells, cell)
	}
	full.Cells = p.cells
	return p.fn(full)
}

// cell is a cell in full.
func (p *pagedRows) cell(ctx context.Context, r Row, col int) ([]byte, error) {
	if !r.Cut(col) {
		return append([]byte{}, r.Fields[col]...), nil
	}
	if p.f == nil {
		return nil, wording.Errorf("row %d: only %d of the %d bytes of a cell are there", r.Number+1, len(r.Fields[col]), r.Size(col))
	}
	if r.Size(col) > maxHeldRow {
		return nil, &LongRowError{Row: r.Number, Limit: maxHeldRow}
	}
	cell, err := p.f.Cell(ctx, r, col)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(cell)
}
