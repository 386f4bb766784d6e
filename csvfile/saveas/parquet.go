package saveas

import (
	"slices"
	"strconv"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"sluice/csvfile"
	"sluice/wording"
)

const (
	// rowGroup is how many bytes of cells a row group has, about: what is in memory
	// until it is written, and what readers read at once.
	rowGroup = 32 << 20
	// rowsAtOnce is how many rows are handed to the library at once.
	rowsAtOnce = 256
)

// parquetFile writes Parquet. Every column may be without a value: a missing cell has
// none, nor has an empty one of a column that is not of text.
type parquetFile struct {
	s     *saving
	w     *parquet.GenericWriter[any]
	rows  []parquet.Row
	n     int // of rows that are filled
	bytes int // of cells in the row group
	text  []byte
}

// ordered is a group whose fields keep the order of the columns; those of the library are
// sorted by name.
type ordered struct {
	parquet.Group
	columns []Column
}

// Fields implements parquet.Node.
func (o ordered) Fields() []parquet.Field {
	place := map[string]int{}
	for i, c := range o.columns {
		place[c.Name] = i
	}
	fields := o.Group.Fields()
	slices.SortFunc(fields, func(a, b parquet.Field) int { return place[a.Name()] - place[b.Name()] })
	return fields
}

func newParquet(s *saving) (*parquetFile, error) {
	if len(s.columns) == 0 {
		return nil, wording.Errorf("there are no columns to save as Parquet")
	}
	root := ordered{parquet.Group{}, s.columns}
	for i := range s.columns {
		s.columns[i].Name = string(s.notes.valid([]byte(s.columns[i].Name), -1))
		root.Group[s.columns[i].Name] = parquet.Optional(parquetNode(s.columns[i].Type))
	}
	p := &parquetFile{s: s, rows: make([]parquet.Row, rowsAtOnce)}
	p.w = parquet.NewGenericWriter[any](s.file, parquet.NewSchema("rows", root),
		parquet.CreatedBy("sluice", "", ""), parquet.Compression(&zstd.Codec{}), parquet.DataPageVersion(1))
	return p, nil
}

func parquetNode(t csvfile.ValueType) parquet.Node {
	switch t {
	case csvfile.TypeInteger:
		return parquet.Int(64)
	case csvfile.TypeDecimal:
		return parquet.Leaf(parquet.DoubleType)
	case csvfile.TypeTime:
		return parquet.Timestamp(parquet.Millisecond)
	case csvfile.TypeBoolean:
		return parquet.Leaf(parquet.BooleanType)
	}
	return parquet.String()
}

func (p *parquetFile) row(number int64, cells [][]byte) error {
	row := p.rows[p.n][:0]
	for i := range p.s.columns {
		v := parquet.NullValue()
		if i < len(cells) {
			var err error
			if v, err = p.value(cells[i], p.s.columns[i].Type, number); err != nil {
				return err
			}
		}
		defined := 1
		if v.IsNull() {
			defined = 0
		}
		row = append(row, v.Level(0, defined, i))
	}
	p.rows[p.n] = row
	if p.n++; p.n < rowsAtOnce && len(p.text) < 1<<20 {
		return nil
	}
	return p.flush()
}

// value is a cell as a value of its column.
func (p *parquetFile) value(cell []byte, t csvfile.ValueType, number int64) (parquet.Value, error) {
	if cell == nil || len(cell) == 0 && t != csvfile.TypeText {
		return parquet.NullValue(), nil
	}
	switch t {
	case csvfile.TypeInteger:
		n, err := strconv.ParseInt(string(cell), 10, 64)
		return parquet.Int64Value(n), err
	case csvfile.TypeDecimal:
		f, err := strconv.ParseFloat(string(cell), 64)
		return parquet.DoubleValue(f), err
	case csvfile.TypeTime:
		m, ok := moment(cell)
		if !ok {
			return parquet.Value{}, csvfile.ErrChanged
		}
		return parquet.Int64Value(m.UnixMilli()), nil
	case csvfile.TypeBoolean:
		return parquet.BooleanValue(string(cell) == "true"), nil
	}
	cell = p.s.notes.valid(cell, number)
	from := len(p.text)
	p.text = append(p.text, cell...) // kept until the rows are handed on
	return parquet.ByteArrayValue(p.text[from:]), nil
}

// flush hands rows to the library, which writes a row group when there is enough.
func (p *parquetFile) flush() error {
	if _, err := p.w.WriteRows(p.rows[:p.n]); err != nil {
		return err
	}
	p.bytes += len(p.text) + 8*p.n*len(p.s.columns)
	p.n, p.text = 0, p.text[:0]
	if p.bytes < rowGroup {
		return nil
	}
	p.bytes = 0
	return p.w.Flush()
}

func (p *parquetFile) close() error {
	if err := p.flush(); err != nil {
		return err
	}
	return p.w.Close()
}
