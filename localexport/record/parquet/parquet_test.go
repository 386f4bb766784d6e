package parquet

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"

	"sluice/columns"
	"sluice/localexport/record"
)

// words are the texts of lists.
type words [][]byte

func (w words) Len() int            { return len(w) }
func (w words) Text(i int32) []byte { return w[i] }

var labels = words{[]byte("plain"), []byte("with\x00zero"), []byte(""), []byte("日本"), []byte(`q"uo,te`)}

// model gives encoders random records, and keeps what is to be read back: a text for each
// cell, "∅" where there is no value.
type model struct {
	r      *rand.Rand
	file   columns.File
	shared record.Shared
	words  record.Words
}

const none = "∅"

func (m *model) text() string {
	return []string{"", "a", "line\r\nbreak", "zero\x00inside", "日本語", strings.Repeat("x", m.r.IntN(3000)), fmt.Sprint(m.r.Uint64())}[m.r.IntN(7)]
}

// cell gives one cell, and returns what is to be read.
func (m *model) cell(e record.Encoder, c columns.Column) string {
	if c.Nullable && m.r.IntN(4) == 0 {
		e.Null()
		return none
	}
	switch c.Type {
	case columns.TypeID:
		n := m.r.Int64() - m.r.Int64()
		e.Int(n)
		return fmt.Sprint(n)
	case columns.TypeNumber:
		n := m.r.Int32()
		e.Int(int64(n))
		return fmt.Sprint(n)
	case columns.TypeTime:
		s := m.r.Int64N(4e9) - 2e9
		e.Time(s, int32(m.r.IntN(1e9)))
		return fmt.Sprint(s * 1000)
	case columns.TypeList:
		n := m.r.IntN(4)
		e.BeginList(m.words, n)
		var list []string
		for range n {
			i := m.r.Int32N(int32(len(labels)))
			e.Item(i)
			list = append(list, strings.ReplaceAll(string(labels[i]), "\x00", record.Replacement))
		}
		e.EndList()
		return fmt.Sprintf("%q", list)
	}
	if c.Holds == columns.HoldsInstance {
		e.Shared(m.shared)
		return "https://wiki.example.com"
	}
	text := m.text()
	if m.r.IntN(3) == 0 {
		e.BeginText()
		half := len(text) / 2
		e.Look([]byte(text))
		e.Piece([]byte(text[:half]))
		e.Piece([]byte(text[half:]))
		e.EndText()
	} else {
		e.Text([]byte(text))
	}
	return strings.ReplaceAll(text, "\x00", record.Replacement)
}

// write writes n records with some that are given up, and returns what is to be read.
func write(t *testing.T, seed uint64, file columns.File, n int, o Options) (_ []byte, want [][]string) {
	t.Helper()
	f := New(o)
	m := &model{r: rand.New(rand.NewPCG(seed, 1)), file: file}
	f.Share(columns.HoldsFact, []byte("other"))
	m.shared = f.Share(columns.HoldsInstance, []byte("https://wiki.example.com"))
	m.words = f.Words(columns.HoldsLabel, labels)
	var b bytes.Buffer
	w, err := f.Writer(&b, file, nil)
	if err != nil {
		t.Fatal(err)
	}
	e := f.Encoder(file)
	e.Reuse(nil)
	take := func() {
		c := e.Take()
		if c == nil {
			return
		}
		again, err := w.Append(c)
		if err != nil {
			t.Fatal(err)
		}
		e.Reuse(again)
	}
	for range n {
		for m.r.IntN(5) == 0 { // a record that is given up
			mark := e.Mark()
			for _, c := range file.Columns[:m.r.IntN(len(file.Columns))] {
				m.cell(e, c)
			}
			e.Rewind(mark)
		}
		var row []string
		for _, c := range file.Columns {
			if c.Type == columns.TypeText && m.r.IntN(6) == 0 { // a cell that is given up
				mark := e.Mark()
				m.cell(e, c)
				e.Rewind(mark)
			}
			row = append(row, m.cell(e, c))
		}
		e.EndRecord()
		want = append(want, row)
		if e.Full() || m.r.IntN(50) == 0 {
			take()
		}
	}
	take()
	if err := w.End(); err != nil {
		t.Fatal(err)
	}
	if w.Bytes() != int64(b.Len()) {
		t.Errorf("%d bytes are counted, %d were written", w.Bytes(), b.Len())
	}
	return b.Bytes(), want
}

// read reads a file as write tells it.
func read(t *testing.T, b []byte) (*parquet.File, [][]string) {
	t.Helper()
	f, err := parquet.OpenFile(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var got [][]string
	for _, g := range f.RowGroups() {
		rows := g.Rows()
		buffer := make([]parquet.Row, 100)
		for {
			n, err := rows.ReadRows(buffer)
			for _, r := range buffer[:n] {
				got = append(got, texts(f, r))
			}
			if err != nil {
				break
			}
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return f, got
}

func texts(f *parquet.File, r parquet.Row) (row []string) {
	for i, values := range r.Range {
		path := f.Schema().Columns()[i]
		if len(path) > 1 { // a list
			var list []string
			for _, v := range values {
				if !v.IsNull() {
					list = append(list, v.String())
				}
			}
			row = append(row, fmt.Sprintf("%q", list))
			continue
		}
		if values[0].IsNull() {
			row = append(row, none)
		} else {
			row = append(row, values[0].String())
		}
	}
	return row
}

// TestReadBack writes random records of every file, and reads every cell back.
func TestReadBack(t *testing.T) {
	for _, file := range columns.Confluence {
		for seed := range uint64(4) {
			b, want := write(t, seed, file, 700, Options{Application: "sluice", Version: "1", Metadata: map[string]string{"sluice.job": "7"}})
			f, got := read(t, b)
			if len(got) != len(want) {
				t.Fatalf("%s: %d records, want %d", file.Name, len(got), len(want))
			}
			for i := range want {
				for j := range want[i] {
					if got[i][j] != want[i][j] {
						t.Fatalf("%s, seed %d, record %d, %s: %q, want %q", file.Name, seed, i, file.Columns[j].Name, got[i][j], want[i][j])
					}
				}
			}
			if job, _ := f.Lookup("sluice.job"); job != "7" {
				t.Errorf("sluice.job is %q", job)
			}
		}
	}
}

// TestSchema holds names, order and types.
func TestSchema(t *testing.T) {
	const want = `message pages {
	required int64 page_id (INT(64,true));
	required binary instance_url (STRING);
	required binary space_key (STRING);
	required binary page_url (STRING);
	required binary page_type (STRING);
	optional binary page_title (STRING);
	required binary page_status (STRING);
	optional binary page_content (STRING);
	optional int64 page_parent_id (INT(64,true));
	required group labels (LIST) {
		repeated group list {
			required binary element (STRING);
		}
	}
	optional int32 page_version (INT(32,true));
	optional binary creator_id (STRING);
	optional binary last_modifier_id (STRING);
	optional int64 created_date (TIMESTAMP(isAdjustedToUTC=true,unit=MILLIS));
	optional int64 updated_date (TIMESTAMP(isAdjustedToUTC=true,unit=MILLIS));
	optional binary last_update_description (STRING);
}`
	b, _ := write(t, 1, columns.Confluence[2], 1, Options{})
	if f, _ := read(t, b); f.Schema().String() != want {
		t.Errorf("%s\nwant %s", f.Schema(), want)
	}
}

// TestGroups: row groups are bounded by their bytes, whatever the length of records, and
// what is written of the bounds of long texts is short.
func TestGroups(t *testing.T) {
	file := columns.Confluence[2]
	f := New(Options{})
	base, words := f.Share(columns.HoldsInstance, []byte("https://x")), f.Words(columns.HoldsLabel, labels)
	var b bytes.Buffer
	w, err := f.Writer(&b, file, nil)
	if err != nil {
		t.Fatal(err)
	}
	e := f.Encoder(file)
	e.Reuse(nil)
	r := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 20_000)
	const records = 4500
	for i := range records {
		for j := range noise {
			noise[j] = byte(' ' + r.IntN(90))
		}
		for _, c := range file.Columns {
			switch {
			case c.Holds == columns.HoldsBody:
				e.Text(noise)
			case c.Holds == columns.HoldsInstance:
				e.Shared(base)
			case c.Type == columns.TypeText:
				e.Text(noise[:10])
			case c.Type == columns.TypeList:
				e.BeginList(words, 0)
				e.EndList()
			default:
				e.Int(int64(i))
			}
		}
		e.EndRecord()
		if e.Full() || i == records-1 {
			again, err := w.Append(e.Take())
			if err != nil {
				t.Fatal(err)
			}
			e.Reuse(again)
		}
	}
	if err := w.End(); err != nil {
		t.Fatal(err)
	}
	out, err := parquet.OpenFile(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(out.RowGroups()); n < 2 {
		t.Errorf("%d MB are %d row groups", b.Len()>>20, n)
	}
	for i, g := range out.Metadata().RowGroups {
		if g.TotalCompressedSize > groupSize*5/4 {
			t.Errorf("row group %d has %d bytes", i, g.TotalCompressedSize)
		}
		for _, c := range g.Columns {
			if s := c.MetaData.Statistics; len(s.MinValue) > boundSize || len(s.MaxValue) > boundSize {
				t.Errorf("%v: bounds of %d and %d bytes", c.MetaData.PathInSchema, len(s.MinValue), len(s.MaxValue))
			}
		}
	}
}

// TestBounds: a shortened bound is a text, and still a bound.
func TestBounds(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	runes := []rune("aZ~é\u07ff\u0800日\ud7ff\ue000\uffff😀\U0010ffff")
	for range 20_000 {
		var b []byte
		for range r.IntN(100) {
			b = append(b, string(runes[r.IntN(len(runes))])...)
		}
		low, high := lower(b), upper(b)
		if bytes.Compare(low, b) > 0 || bytes.Compare(high, b) < 0 || len(low) > boundSize || !utf8.Valid(low) || !utf8.Valid(high) {
			t.Fatalf("%q lies between %q and %q", b, low, high)
		}
		if len(high) > boundSize && !bytes.Equal(high, b) {
			t.Fatalf("the upper bound of %q has %d bytes", b, len(high))
		}
	}
}

// TestWrongCells: what does not fit its column ends the file, and says which.
func TestWrongCells(t *testing.T) {
	file := columns.File{Name: "things", Columns: []columns.Column{{Name: "id", Type: columns.TypeID}, {Name: "n", Type: columns.TypeNumber, Nullable: true}}}
	for name, give := range map[string]func(record.Encoder){
		"column n: 2147483648 is more":   func(e record.Encoder) { e.Int(1); e.Int(1 << 31); e.EndRecord() },
		"column id: a cell has no value": func(e record.Encoder) { e.Null(); e.Null(); e.EndRecord() },
		"a record of things has 1 cells": func(e record.Encoder) { e.Int(1); e.EndRecord() },
	} {
		f := New(Options{})
		w, err := f.Writer(&bytes.Buffer{}, file, nil)
		if err != nil {
			t.Fatal(err)
		}
		e := f.Encoder(file)
		e.Reuse(nil)
		give(e)
		if _, err := w.Append(e.Take()); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%v, want %s", err, name)
		}
	}
	if _, err := New(Options{}).Writer(&bytes.Buffer{}, file, &record.Position{Bytes: 9}); err == nil {
		t.Error("a file that was not finished is gone on with")
	}
}
