// Package fromcsv makes Parquet of records that come as the CSV of exports.
//
//	w, err := fromcsv.New(file, columns, fromcsv.Options{})
//	_, err = io.Copy(w, csv)
//	rows, err := w.End()
package fromcsv

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"sluice/columns"
	"sluice/figures"
	"sluice/localexport/record"
	"sluice/localexport/record/parquet"
	"sluice/wording"
)

// Writer makes Parquet of the records of a file as they come as CSV, in the form in which
// exports write it: the rows are the same in both. Cells get the types of the columns that
// it is told. An empty cell of another type than text, or of a text that may be missing, has
// no value. Texts stand as in the CSV: what an export writes for a line break cannot be taken
// back for certain.
type Writer struct {
	file    columns.File
	records records
	enc     record.Encoder
	words   record.Words
	list    *labels
	out     record.Writer
	cell    []byte // of another type than text
	at      int
	row     int64
	within  bool // of a text
	head    bool // the header is behind
	names   []string
	o       Options
	first   bool // nothing has come yet
	err     error
}

// Options say how the file is written and the CSV is read.
type Options struct {
	Version  string            // of the program; "" is not told
	Metadata map[string]string // key-value pairs for the file
	// Commas says that lists stand as texts with commas between them; else they are JSON, and
	// what is none is taken so all the same.
	Commas bool
	// Names are those that the CSV must begin with; nil: whatever they are.
	Names []string
}

// New begins a file with columns.
func New(w io.Writer, file columns.File, o Options) (*Writer, error) {
	format := parquet.New(parquet.Options{KeepNUL: true, Milliseconds: true, Application: "sluice", Version: o.Version, Metadata: o.Metadata})
	t := &Writer{file: file, list: &labels{}, o: o, first: true}
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

// mark is the byte order mark, with which a file may begin.
const mark = "\ufeff"

// Write takes records as CSV, the names of the columns first.
func (t *Writer) Write(b []byte) (int, error) {
	n := len(b)
	if t.first && n >= len(mark) {
		b = bytes.TrimPrefix(b, []byte(mark))
	}
	t.first = t.first && n == 0
	if t.records.feed(b); t.err != nil {
		return 0, t.err
	}
	return n, nil
}

// End brings all to the file, and returns how many rows there are.
func (t *Writer) End() (rows int64, err error) {
	if t.err == nil && t.o.Names != nil && !t.head {
		t.err = wording.Errorf("%s has no names of columns", t.file.Name)
	}
	if t.err == nil && (t.records.quoted && !t.records.closed || t.at > 0 || t.within || len(t.cell) > 0) {
		t.err = wording.Errorf("%s ends within row %s", t.file.Name, figures.Count(t.row+1))
	}
	if t.take(); t.err != nil {
		return t.row, t.err
	}
	return t.row, t.out.End()
}

func (t *Writer) take() {
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
func (t *Writer) asText() bool {
	return t.at < len(t.file.Columns) && t.file.Columns[t.at].Type == columns.TypeText && !t.file.Columns[t.at].Nullable
}

// data is a piece of a cell.
func (t *Writer) data(b []byte) {
	switch {
	case t.err != nil || len(b) == 0:
	case t.within:
		t.enc.Piece(b)
	case t.head && t.at < len(t.file.Columns) && t.file.Columns[t.at].Type == columns.TypeText:
		t.enc.BeginText()
		t.within = true
		t.enc.Piece(b)
	default:
		t.cell = append(t.cell, b...)
	}
}

// endCell ends a cell.
func (t *Writer) endCell() {
	switch {
	case t.err != nil:
	case !t.head:
		t.names = append(t.names, string(t.cell))
	case t.within:
		t.enc.EndText()
	case t.at >= len(t.file.Columns): // which endRecord says
	case t.asText():
		t.enc.Text(nil)
	default:
		t.value(&t.file.Columns[t.at], t.cell)
	}
	t.cell, t.within = t.cell[:0], false
	t.at++
}

// endRecord ends a record, the first of which has the names of the columns.
func (t *Writer) endRecord() {
	cells := t.at
	t.at = 0
	switch {
	case t.err != nil:
	case !t.head:
		if t.head = true; t.o.Names != nil && !slices.Equal(t.names, t.o.Names) {
			t.err = wording.Errorf("the columns of %s are %s, and not %s", t.file.Name, strings.Join(t.names, ","), strings.Join(t.o.Names, ","))
		}
	case cells != len(t.file.Columns):
		t.err = wording.Errorf("row %s of %s has %d cells, and there are %d columns", figures.Count(t.row+1), t.file.Name, cells, len(t.file.Columns))
	default:
		t.row++
		t.enc.EndRecord()
		if t.enc.Full() {
			t.take()
		}
	}
}

// value is a cell that is no text, or is without a value.
func (t *Writer) value(c *columns.Column, cell []byte) {
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
func (t *Writer) listOf(cell []byte) {
	t.list.items = t.list.items[:0]
	if len(cell) > 0 {
		var list []string
		if err := json.Unmarshal(cell, &list); t.o.Commas || err != nil {
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

func (t *Writer) fail(c *columns.Column, cell []byte, what string) {
	t.err = wording.Errorf("row %s of %s has %q as its %s, which is not %s as in the Parquet files of an export", figures.Count(t.row+1), t.file.Name, cell[:min(len(cell), 80)], c.Name, what)
}
