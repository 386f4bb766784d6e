package csvfile

import (
	"context"
	"errors"
	"math"

	"sluice/csvfile/internal/record"
)

// RowSink takes rows as they are read: the pieces of each cell, the end of each
// cell, the end of each row. A blank line is a row without cells.
type RowSink interface {
	record.Sink
	// EndRow says that the row is complete. An error ends the reading.
	EndRow() error
}

// ReadRows reads n rows from row number from on (fewer at the end of the file) into
// sink, in full and in flat memory, whatever the size of cells and rows. It indexes
// the file as far as it needs to. It returns how many rows it has read.
func (f *File) ReadRows(ctx context.Context, from, n int64, sink RowSink) (rows int64, err error) {
	if n <= 0 {
		return 0, nil
	}
	off, ok, err := f.reach(ctx, from)
	if err != nil || !ok {
		return 0, err
	}
	w := f.window()
	defer func() { f.release(w) }()
	for rows < n {
		if off >= w.src.Size() {
			if w.src.Whole() {
				break
			}
			if err := f.waitMore(ctx, w.src.Size()); err != nil { // no more of it is there yet
				return rows, err
			}
			f.release(w)
			w = f.window()
			continue
		}
		length, err := f.stream(ctx, w, off, math.MaxInt64, sink)
		if err != nil {
			return rows, err
		}
		if err := sink.EndRow(); err != nil {
			return rows, err
		}
		off += length
		rows++
	}
	if off >= w.src.Size() && w.src.Whole() {
		f.lastRow.Store(from + rows)
	}
	return rows, nil
}

// RowsAtEnd returns the number of rows if [File.ReadRows] has come to the end of the
// file, which the index need not have for that.
func (f *File) RowsAtEnd() (n int64, ok bool) {
	n = f.lastRow.Load()
	return n, n >= 0
}

// HasRow reports whether the file has a row of that number. It indexes the file as
// far as it needs to.
func (f *File) HasRow(ctx context.Context, row int64) (bool, error) {
	_, ok, err := f.reach(ctx, row)
	return ok, err
}

// reach returns where a row starts, and waits for the index to get there; ok is
// false when the file has fewer rows.
func (f *File) reach(ctx context.Context, row int64) (off int64, ok bool, err error) {
	for {
		w := f.window()
		off, ok, err = f.locate(ctx, w, row+f.skip)
		f.release(w)
		var notYet *NotIndexedError
		if !errors.As(err, &notYet) {
			return off, ok, err
		}
		f.StartIndex(f.life)
		if err := f.WaitRow(ctx, row); err != nil {
			return 0, false, err
		}
	}
}

// ReadHeader reads the names of the columns into sink, in full, as a row: also those
// that are made up for a file without a header. An empty file has none.
func (f *File) ReadHeader(ctx context.Context, sink RowSink) error {
	if !f.info.HasHeader {
		for _, name := range f.header {
			sink.Data([]byte(name))
			sink.EndField()
		}
		return sink.EndRow()
	}
	w := f.window()
	defer f.release(w)
	if _, err := f.stream(ctx, w, f.start, math.MaxInt64, sink); err != nil {
		return err
	}
	return sink.EndRow()
}
