// Package parquetcsv writes the rows of a Parquet file as CSV, with the cells of an
// export that preserves line breaks: numbers in digits, times as those of exports, lists
// as JSON, and nothing where there is no value. Columns are flat, or lists of texts, as
// exports have them. Memory is that of a page of each column.
package parquetcsv

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"sluice/localexport/record/csv"
	"sluice/localexport/wallclock"
)

// Options say how cells are written.
type Options struct {
	// Milliseconds writes all times with milliseconds; else only those that have some.
	Milliseconds bool
}

const (
	rowsAtOnce = 64
	pieceSize  = 256 << 10
)

// Write writes the file of a size in bytes to out, the names of the columns first. The
// error of a file with other columns is one sentence.
func Write(ctx context.Context, in io.ReaderAt, size int64, out io.Writer, o Options) error {
	f, err := parquet.OpenFile(in, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true), parquet.ReadBufferSize(pieceSize))
	if err != nil {
		return fmt.Errorf("it is no whole Parquet file: %w", err)
	}
	w := &writer{Options: o, ctx: ctx, out: out, enc: csv.New(csv.Options{PreserveLineBreaks: true, KeepNUL: true})}
	for i, c := range f.Root().Columns() {
		form, err := formOf(c)
		if err != nil {
			return err
		}
		w.forms = append(w.forms, form)
		if i > 0 {
			w.buf = append(w.buf, ',')
		}
		w.buf = w.enc.AppendField(w.buf, []byte(c.Name()))
	}
	w.buf = append(w.buf, '\r', '\n')
	for _, g := range f.RowGroups() {
		if err := w.group(g); err != nil {
			return err
		}
	}
	return w.flush(0)
}

// kind is how the cells of a column are written.
type kind uint8

const (
	plain kind = iota // as the library writes values
	text
	instant
	list
)

// form is the kind of a column, and the unit of an instant.
type form struct {
	kind
	unit time.Duration
}

// formOf is the form of a column; the error says that there is none.
func formOf(c *parquet.Column) (form, error) {
	if !c.Leaf() || c.Repeated() {
		for at := c; !at.Leaf(); at = at.Columns()[0] {
			if len(at.Columns()) != 1 {
				return form{}, fmt.Errorf("its column %s has columns within, which cannot stand in a cell", c.Name())
			}
		}
		return form{kind: list}, nil
	}
	if logical := c.Type().LogicalType(); logical != nil {
		if t, ok := logical.Value.(*format.TimestampType); ok && t.Unit.Value != nil {
			return form{instant, t.Unit.Value.Duration()}, nil
		}
	}
	switch c.Type().Kind() {
	case parquet.Int96:
		return form{}, fmt.Errorf("its column %s has times of an old form (INT96), which are not read", c.Name())
	case parquet.ByteArray, parquet.FixedLenByteArray:
		return form{kind: text}, nil
	}
	return form{}, nil
}

// writer writes rows.
type writer struct {
	Options
	ctx   context.Context
	out   io.Writer
	enc   *csv.Format
	forms []form
	buf   []byte
	cell  []byte
}

func (w *writer) group(g parquet.RowGroup) (err error) {
	rows := g.Rows()
	defer func() { err = errors.Join(err, rows.Close()) }()
	buffer := make([]parquet.Row, rowsAtOnce)
	for {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		n, err := rows.ReadRows(buffer)
		for _, row := range buffer[:n] {
			w.row(row)
			if err := w.flush(pieceSize); err != nil {
				return err
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("read its rows: %w", err)
		case n == 0:
			return io.ErrNoProgress
		}
	}
}

func (w *writer) flush(least int) error {
	if len(w.buf) <= least {
		return nil
	}
	_, err := w.out.Write(w.buf)
	if w.buf = w.buf[:0]; cap(w.buf) > 8*pieceSize {
		w.buf = nil // of one large row
	}
	return err
}

func (w *writer) row(row parquet.Row) {
	row.Range(func(i int, values []parquet.Value) bool {
		if i > 0 {
			w.buf = append(w.buf, ',')
		}
		w.value(w.forms[i], values)
		return true
	})
	w.buf = append(w.buf, '\r', '\n')
}

func (w *writer) value(f form, values []parquet.Value) {
	if f.kind == list {
		w.list(values)
		return
	}
	if len(values) == 0 || values[0].IsNull() {
		return
	}
	switch v := values[0]; f.kind {
	case text:
		w.buf = w.enc.AppendField(w.buf, v.ByteArray())
	case instant:
		w.time(v.Int64(), int64(time.Second/f.unit))
	default:
		w.buf = w.enc.AppendField(w.buf, []byte(v.String()))
	}
}

// time writes an instant, counted in parts of a second since 1970.
func (w *writer) time(n, parts int64) {
	unix, rest := n/parts, n%parts
	if rest < 0 {
		unix, rest = unix-1, rest+parts
	}
	nanos := int32(rest * (int64(time.Second) / parts))
	w.buf = wallclock.AppendUTC(w.buf, unix, nanos, w.Milliseconds || nanos >= int32(time.Millisecond))
}

// list writes texts as JSON, in the form of an export.
func (w *writer) list(values []parquet.Value) {
	w.cell = append(w.cell[:0], '[')
	for _, v := range values {
		if v.IsNull() { // an empty list
			continue
		}
		if len(w.cell) > 1 {
			w.cell = append(w.cell, ", "...)
		}
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		if enc.Encode(v.String()) == nil { // texts can always be encoded
			w.cell = append(w.cell, bytes.TrimSuffix(b.Bytes(), []byte("\n"))...)
		}
	}
	w.buf = w.enc.AppendField(w.buf, append(w.cell, ']'))
}
