package parquet

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"
	parquetzstd "github.com/parquet-go/parquet-go/compress/zstd"

	"sluice/columns"
	"sluice/localexport/record"
)

const (
	// groupSize is how many bytes a row group has, about: what is read at once by many
	// readers, and what is in memory until it is written.
	groupSize = 32 << 20
	pageSize  = 1 << 20 // before compression
	// boundSize is how much of the smallest and the largest text of a page is written.
	boundSize = 64
	// dictionarySize is the size of a dictionary from which on texts are written as
	// they are.
	dictionarySize = 1 << 20
	valuesAtOnce   = 512
)

// writer writes batches into row groups.
type writer struct {
	to     *counting
	file   columns.File
	out    *parquet.GenericWriter[any]
	group  *parquet.ConcurrentRowGroupWriter
	values []parquet.Value
	ending ending
	bounds []bounds // of the long columns in this row group
	rows   int      // in this row group
}

var _ record.Writer = (*writer)(nil)

// counting counts what is written, or holds it back.
type counting struct {
	io.Writer
	n    int64
	put  int64 // of n, what the library did not write
	held *bytes.Buffer
}

func (c *counting) Write(p []byte) (int, error) {
	if c.held != nil {
		return c.held.Write(p)
	}
	n, err := c.Writer.Write(p)
	c.n += int64(n)
	return n, err
}

func newWriter(to io.Writer, o Options, file columns.File, from *record.Position) (*writer, error) {
	if from != nil && from.Bytes > 0 {
		return nil, errors.New("a Parquet file that was not finished cannot be gone on with")
	}
	w := &writer{to: &counting{Writer: to}, file: file, bounds: make([]bounds, len(file.Columns))}
	options := []parquet.WriterOption{
		schemaOf(file),
		parquet.CreatedBy(o.Application, o.Version, ""),
		parquet.Compression(codec{&parquetzstd.Codec{}}),
		parquet.PageBufferSize(pageSize),
		parquet.DataPageVersion(1),
		parquet.DataPageStatistics(true),
		parquet.DictionaryMaxBytes(dictionarySize),
		parquet.WriteBufferSize(-1), // what is put between its pages goes behind all of them
		parquet.ColumnIndexSizeLimit(func([]string) int { return boundSize }),
	}
	for _, c := range file.Columns {
		w.ending.long = append(w.ending.long, long(c))
		if long(c) {
			options = append(options, parquet.SkipPageStatistics(c.Name), parquet.SkipPageBounds(c.Name))
		}
	}
	for key, value := range o.Metadata {
		options = append(options, parquet.KeyValueMetadata(key, value))
	}
	w.out = parquet.NewGenericWriter[any](w.to, options...)
	w.group = w.out.BeginRowGroup()
	return w, nil
}

// Append implements record.Writer.
func (w *writer) Append(c record.Chunk) (record.Chunk, error) {
	b, ok := c.(*batch)
	if !ok {
		return nil, fmt.Errorf("a chunk of Parquet is %T", c)
	}
	if b.err != nil {
		return nil, b.err
	}
	if len(b.giants) == 0 {
		if err := w.add(b, 0, b.rows); err != nil {
			return nil, err
		}
		if w.group.Size() >= groupSize {
			return b, w.commit()
		}
		return b, nil
	}
	err := w.add(b, 0, b.rows-1)
	if err == nil {
		err = w.commit()
	}
	if err == nil {
		err = w.add(b, b.rows-1, b.rows)
	}
	if err != nil {
		return nil, err
	}
	for _, g := range b.giants {
		w.bounds[g.column] = g.bounds
	}
	if err := w.commit(); err != nil {
		return nil, err
	}
	return b, w.put(b.giants)
}

// append appends cells of a column.
func (w *writer) append(to *parquet.ColumnWriter, index int, c *cells, row, rows int) error {
	next := w.reader(index, c, row)
	for row < rows {
		w.values = w.values[:0]
		for ; row < rows && len(w.values) < valuesAtOnce; row++ {
			next(row)
		}
		if _, err := to.WriteRowValues(w.values); err != nil {
			return err
		}
	}
	return nil
}

// reader returns what appends the values of the cell of a row to w.values.
func (w *writer) reader(index int, c *cells, from int) func(row int) {
	column := w.file.Columns[index]
	defined := 0
	if column.Nullable {
		defined = 1
	}
	add := func(v parquet.Value) { w.values = append(w.values, v.Level(0, defined, index)) }
	null := func(row int) bool {
		if !column.Nullable || !c.nulls[row] {
			return false
		}
		w.values = append(w.values, parquet.NullValue().Level(0, 0, index))
		return true
	}
	begin := func(i int) int {
		if i == 0 {
			return 0
		}
		return c.ends[i-1]
	}
	switch column.Type {
	case columns.TypeNumber:
		return func(row int) {
			if !null(row) {
				add(parquet.Int32Value(int32(c.numbers[row])))
			}
		}
	case columns.TypeID, columns.TypeTime:
		return func(row int) {
			if !null(row) {
				add(parquet.Int64Value(c.numbers[row]))
			}
		}
	case columns.TypeList:
		at := 0
		for _, n := range c.counts[:from] {
			at += int(n)
		}
		return func(row int) {
			if c.counts[row] == 0 {
				w.values = append(w.values, parquet.NullValue().Level(0, 0, index))
			}
			for i := range c.counts[row] {
				w.values = append(w.values, parquet.ByteArrayValue(c.data[begin(at):c.ends[at]]).Level(min(int(i), 1), 1, index))
				at++
			}
		}
	}
	return func(row int) {
		if !null(row) {
			text := c.data[begin(row):c.ends[row]]
			if w.ending.long[index] {
				w.bounds[index].add(text)
			}
			add(parquet.ByteArrayValue(text))
		}
	}
}

// Bytes implements record.Writer: what is in memory is not counted.
func (w *writer) Bytes() int64 { return w.to.n }

// Keep implements record.Writer: the file cannot be gone on with.
func (w *writer) Keep() (record.Position, bool, error) { return record.Position{}, false, nil }

// End implements record.Writer.
func (w *writer) End() error {
	if err := w.commit(); err != nil {
		return err
	}
	w.to.held, w.ending.base = &bytes.Buffer{}, w.to.n-w.to.put
	if err := w.out.Close(); err != nil {
		return err
	}
	end, err := w.ending.rewrite(w.to.held.Bytes())
	if err != nil {
		return err
	}
	w.to.held = nil
	_, err = w.to.Write(end)
	return err
}
