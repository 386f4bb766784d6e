package parquet

import (
	"context"
	"errors"
	"io"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"sluice/columns"
	"sluice/localexport/record"
	"sluice/localexport/wallclock"
	"sluice/wording"
)

const (
	rowsAtOnce = 64
	readAtOnce = 256 << 10
)

// Reader reads a file that this package has written, and gives its records to encoders.
// Memory is that of a page of each column.
type Reader struct {
	file    *parquet.File
	columns []columns.Column
	values  [][]parquet.Value // of the record at hand, by column
}

// Open begins to read a file of a size in bytes. The error of a file with other columns
// than an export has is one sentence.
func Open(in io.ReaderAt, size int64) (*Reader, error) {
	f, err := parquet.OpenFile(in, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true), parquet.ReadBufferSize(readAtOnce))
	if err != nil {
		return nil, wording.Errorf("it is no whole Parquet file: %w", err)
	}
	r := &Reader{file: f}
	for _, c := range f.Root().Columns() {
		t, err := typeOf(c)
		if err != nil {
			return nil, err
		}
		r.columns = append(r.columns, columns.Column{Name: c.Name(), Type: t, Nullable: c.Optional() && t != columns.TypeList})
	}
	r.values = make([][]parquet.Value, len(r.columns))
	return r, nil
}

// typeOf is the type of a column as nodeOf has made it.
func typeOf(c *parquet.Column) (columns.Type, error) {
	if !c.Leaf() {
		return columns.TypeList, nil
	}
	if logical := c.Type().LogicalType(); logical != nil {
		if t, ok := logical.Value.(*format.TimestampType); ok {
			if _, millis := t.Unit.Value.(*format.MilliSeconds); !millis {
				return "", wording.Errorf("its column %s has times that no export has", c.Name())
			}
			return columns.TypeTime, nil
		}
	}
	switch c.Type().Kind() {
	case parquet.Int64:
		return columns.TypeID, nil
	case parquet.Int32:
		return columns.TypeNumber, nil
	case parquet.ByteArray:
		return columns.TypeText, nil
	}
	return "", wording.Errorf("its column %s is of a kind that no export has", c.Name())
}

// Columns are those of the file, with what the file tells of them: not what they hold.
func (r *Reader) Columns() []columns.Column { return r.columns }

// Metadata is what the file tells of its job.
func (r *Reader) Metadata() map[string]string {
	all := map[string]string{}
	for _, kv := range r.file.Metadata().KeyValueMetadata {
		all[kv.Key] = kv.Value
	}
	return all
}

// Rows is how many records there are.
func (r *Reader) Rows() int64 { return r.file.NumRows() }

// Each calls f for each record, which is at hand then.
func (r *Reader) Each(ctx context.Context, f func() error) error {
	for _, g := range r.file.RowGroups() {
		if err := r.group(ctx, g, f); err != nil {
			return err
		}
	}
	return nil
}

func (r *Reader) group(ctx context.Context, g parquet.RowGroup, f func() error) (err error) {
	rows := g.Rows()
	defer func() { err = errors.Join(err, rows.Close()) }()
	buffer := make([]parquet.Row, rowsAtOnce)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := rows.ReadRows(buffer)
		for _, row := range buffer[:n] {
			row.Range(func(i int, values []parquet.Value) bool {
				r.values[i] = values
				return true
			})
			if err := f(); err != nil {
				return err
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return wording.Errorf("read its rows: %w", err)
		case n == 0:
			return io.ErrNoProgress
		}
	}
}

// Items are the texts of lists as they come, to be told to the format that is written:
// the number of a text is made of its column and its place in the list at hand.
func (r *Reader) Items() record.Texts { return items{r} }

type items struct{ r *Reader }

// mostItems is how many texts a list can have.
const mostItems = 1 << 24

// Len implements record.Texts: none are known before their record.
func (items) Len() int { return 0 }

// Text implements record.Texts.
func (x items) Text(i int32) []byte { return x.r.values[i/mostItems][i%mostItems].ByteArray() }

// Give gives the record at hand to an encoder whose format was told Items.
func (r *Reader) Give(e record.Encoder, words record.Words) error {
	for i, c := range r.columns {
		values := r.values[i]
		switch {
		case c.Type == columns.TypeList:
			if err := r.list(e, words, i); err != nil {
				return err
			}
		case len(values) == 0 || values[0].IsNull():
			e.Null()
		case c.Type == columns.TypeText:
			e.Text(values[0].ByteArray())
		case c.Type == columns.TypeTime:
			unix, nanos := instantOf(values[0].Int64())
			e.Time(unix, nanos)
		case c.Type == columns.TypeNumber:
			e.Int(int64(values[0].Int32()))
		default:
			e.Int(values[0].Int64())
		}
	}
	e.EndRecord()
	return nil
}

func (r *Reader) list(e record.Encoder, words record.Words, i int) error {
	values := r.values[i]
	if len(values) == 1 && values[0].IsNull() { // it is empty
		values = nil
	}
	if len(values) > mostItems || i >= 1<<7 {
		return wording.Errorf("column %s has a list of %d texts, which is more than is read", r.columns[i].Name, len(values))
	}
	e.BeginList(words, len(values))
	for k := range values {
		e.Item(int32(i*mostItems + k))
	}
	e.EndList()
	return nil
}

// AppendText appends cell i of the record at hand as exports write it, for cells that are
// no lists.
func (r *Reader) AppendText(dst []byte, i int) []byte {
	values := r.values[i]
	switch c := r.columns[i]; {
	case len(values) == 0 || values[0].IsNull() || c.Type == columns.TypeList:
		return dst
	case c.Type == columns.TypeTime:
		unix, nanos := instantOf(values[0].Int64())
		return wallclock.AppendUTC(dst, unix, nanos, false)
	case c.Type == columns.TypeText:
		return append(dst, values[0].ByteArray()...)
	}
	return append(dst, values[0].String()...)
}

// instantOf takes milliseconds apart.
func instantOf(ms int64) (unix int64, nanos int32) {
	unix, rest := ms/1000, ms%1000
	if rest < 0 {
		unix, rest = unix-1, rest+1000
	}
	return unix, int32(rest * 1e6)
}
