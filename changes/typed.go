package changes

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"sluice/columns"
	"sluice/figures"
	"sluice/localexport/record"
	"sluice/localexport/record/parquet"
)

// typed makes Parquet of the records of changes as they come as CSV: the rows are the
// same in both. Columns that are documented for the file have the types that they have in
// the Parquet files of an export; all others, and all of files that are not documented,
// are texts. An empty cell of another type has no value. Texts stand as in the files that
// were compared: what an export writes for a line break cannot be taken back for certain.
type typed struct {
	file    columns.File
	records csvRecords
	enc     record.Encoder
	words   record.Words
	list    *labels
	out     record.Writer
	cell    []byte // of another type than text
	at      int
	row     int64
	within  bool // of a text
	head    bool // the header is behind
	err     error
}

// typesOf are the columns of a file of changes.
func typesOf(p *pair) columns.File {
	f := columns.File{Name: p.name, Columns: []columns.Column{{Name: changeColumn, Type: columns.TypeText, Holds: columns.HoldsFact}, {Name: changedColumn, Type: columns.TypeText, Holds: columns.HoldsFact}}}
	known, ok := columns.Find(columns.Confluence, p.name)
	ok = ok && slices.Equal(p.a.header, known.Names()) && slices.Equal(p.b.header, known.Names())
	used := map[string]bool{changeColumn: true, changedColumn: true}
	for _, c := range p.columns {
		column := columns.Column{Name: c.name, Type: columns.TypeText}
		if ok {
			column = known.Column(c.name)
			column.Nullable = column.Nullable || column.Type != columns.TypeText && column.Type != columns.TypeList
		}
		if column.Name == "" {
			column.Name = "column"
		}
		for name, n := column.Name, 2; used[column.Name]; n++ { // a schema has no two columns of a name
			column.Name = fmt.Sprintf("%s_%d", name, n)
		}
		used[column.Name] = true
		f.Columns = append(f.Columns, column)
	}
	return f
}

// newTyped begins a file.
func newTyped(w io.Writer, p *pair, metadata map[string]string) (*typed, error) {
	format := parquet.New(parquet.Options{KeepNUL: true, Milliseconds: true, Application: "sluice", Metadata: metadata})
	t := &typed{file: typesOf(p), list: &labels{}}
	t.words = format.Words(columns.HoldsLabel, t.list)
	var err error
	if t.out, err = format.Writer(w, t.file, nil); err != nil {
		return nil, err
	}
	t.enc = format.Encoder(t.file)
	t.enc.Reuse(nil)
	t.records.to = t
	return t, nil
}

// labels is the list of the current cell: items are copied when they are told.
type labels struct{ items [][]byte }

func (l *labels) Len() int            { return len(l.items) }
func (l *labels) Text(i int32) []byte { return l.items[i] }

// Write takes records as CSV.
func (t *typed) Write(b []byte) (int, error) {
	if t.records.feed(b); t.err != nil {
		return 0, t.err
	}
	return len(b), nil
}

// end brings all to the file.
func (t *typed) end() error {
	if t.take(); t.err != nil {
		return t.err
	}
	return t.out.End()
}

func (t *typed) take() {
	c := t.enc.Take()
	if c == nil || t.err != nil {
		return
	}
	again, err := t.out.Append(c)
	if t.err = err; err == nil {
		t.enc.Reuse(again)
	}
}

// asText reports whether the cells of the current column are texts that are never
// without a value: those are written as they come.
func (t *typed) asText() bool {
	return t.at < len(t.file.Columns) && t.file.Columns[t.at].Type == columns.TypeText && !t.file.Columns[t.at].Nullable
}

// data is a piece of a cell.
func (t *typed) data(b []byte) {
	switch {
	case !t.head || t.err != nil || len(b) == 0:
	case t.within:
		t.enc.Piece(b)
	case t.at < len(t.file.Columns) && t.file.Columns[t.at].Type == columns.TypeText:
		t.enc.BeginText()
		t.within = true
		t.enc.Piece(b)
	default:
		t.cell = append(t.cell, b...)
	}
}

// endCell ends a cell.
func (t *typed) endCell() {
	switch {
	case !t.head || t.err != nil:
	case t.within:
		t.enc.EndText()
	case t.asText():
		t.enc.Text(nil)
	default:
		t.value(&t.file.Columns[t.at], t.cell)
	}
	t.cell, t.within = t.cell[:0], false
	t.at++
}

// endRecord ends a record.
func (t *typed) endRecord() {
	t.at = 0
	switch {
	case t.err != nil:
	case !t.head:
		t.head = true
	default:
		t.row++
		t.enc.EndRecord()
		if t.enc.Full() {
			t.take()
		}
	}
}

// value is a cell that is no text, or is without a value.
func (t *typed) value(c *columns.Column, cell []byte) {
	if c.Type == columns.TypeList {
		t.listOf(cell)
		return
	}
	if len(cell) == 0 {
		t.enc.Null()
		return
	}
	if c.Type == columns.TypeTime {
		at, err := time.Parse(time.RFC3339, string(cell))
		if err != nil {
			t.fail(c, cell, "a time")
			return
		}
		t.enc.Time(at.Unix(), int32(at.Nanosecond()))
		return
	}
	bits := 64
	if c.Type == columns.TypeNumber {
		bits = 32
	}
	n, err := strconv.ParseInt(string(cell), 10, bits)
	if err != nil {
		t.fail(c, cell, "a number")
		return
	}
	t.enc.Int(n)
}

// listOf is a list, in either of the forms in which exports write them.
func (t *typed) listOf(cell []byte) {
	t.list.items = t.list.items[:0]
	if len(cell) > 0 {
		var list []string
		if err := json.Unmarshal(cell, &list); err != nil {
			list = strings.Split(string(cell), ",") // as --labels commas writes them
		}
		for _, s := range list {
			t.list.items = append(t.list.items, []byte(s))
		}
	}
	t.enc.BeginList(t.words, len(t.list.items))
	for i := range t.list.items {
		t.enc.Item(int32(i))
	}
	t.enc.EndList()
}

func (t *typed) fail(c *columns.Column, cell []byte, what string) {
	t.err = fmt.Errorf("changed row %s of %s has %q as its %s, which is not %s as in the Parquet files of an export: write the changes as CSV", figures.Count(t.row+1), t.file.Name, cell[:min(len(cell), 80)], c.Name, what)
}
