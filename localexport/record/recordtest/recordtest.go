// Package recordtest holds what readers give to encoders against the columns of the
// file: as many cells as there are columns, of their types, and none without a value
// where there must be one. It is for tests.
//
//	r, err := export(ctx, recordtest.Check(t, csv.New(csv.Options{})), …)
package recordtest

import (
	"fmt"
	"io"
	"slices"
	"sync"
	"testing"
	"unicode/utf8"

	"sluice/columns"
	"sluice/localexport/record"
)

// Check returns a format that writes as f does, and reports to t what does not
// fit the columns.
func Check(t testing.TB, f record.Format) *Format {
	return &Format{t: t, inner: f, said: map[string]bool{}, records: map[string]int64{}}
}

// Format is a format that checks.
type Format struct {
	// Unlimited says that texts may be longer than the limits of their columns.
	Unlimited bool

	t      testing.TB
	inner  record.Format
	shared []string
	holds  []columns.Holds // of shared
	words  []record.Texts
	lists  []columns.Holds // of words

	mu      sync.Mutex
	said    map[string]bool
	records map[string]int64
}

var (
	_ record.Format  = (*Format)(nil)
	_ record.Encoder = (*encoder)(nil)
)

// Records is how many records of a file were encoded.
func (f *Format) Records(file string) int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.records[file]
}

// complain says something once.
func (f *Format) complain(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.said[text] {
		f.said[text] = true
		f.t.Error(text)
	}
}

// Share implements record.Format.
func (f *Format) Share(holds columns.Holds, text []byte) record.Shared {
	f.shared, f.holds = append(f.shared, string(text)), append(f.holds, holds)
	return f.inner.Share(holds, text)
}

// Words implements record.Format.
func (f *Format) Words(holds columns.Holds, texts record.Texts) record.Words {
	f.words, f.lists = append(f.words, texts), append(f.lists, holds)
	return f.inner.Words(holds, texts)
}

// Encoder implements record.Format.
func (f *Format) Encoder(file columns.File) record.Encoder {
	return &encoder{Encoder: f.inner.Encoder(file), f: f, file: file}
}

// Writer implements record.Format.
func (f *Format) Writer(w io.Writer, file columns.File, from *record.Position) (record.Writer, error) {
	return f.inner.Writer(w, file, from)
}

// encoder checks on the way to another.
type encoder struct {
	record.Encoder
	f     *Format
	file  columns.File
	cells int

	looked, came int64 // bytes of a text in pieces
	words        record.Words
	items        int // that are still to come
	last         int32
}

// next begins a cell of one of the types.
func (e *encoder) next(what string, types ...columns.Type) columns.Column {
	e.cells++
	if e.cells > len(e.file.Columns) {
		e.f.complain("%s: a record has %d cells, for %d columns", e.file.Name, e.cells, len(e.file.Columns))
		return columns.Column{}
	}
	c := e.file.Columns[e.cells-1]
	if !slices.Contains(types, c.Type) {
		e.f.complain("%s.%s, a column of type %s, is given %s", e.file.Name, c.Name, c.Type, what)
	}
	return c
}

// text checks the text of a cell.
func (e *encoder) text(c columns.Column, text []byte) {
	if c.Limit > 0 && !e.f.Unlimited && utf8.RuneCount(text) > c.Limit {
		e.f.complain("%s.%s has a text of %d characters, more than %d", e.file.Name, c.Name, utf8.RuneCount(text), c.Limit)
	}
}

func (e *encoder) Null() {
	all := []columns.Type{columns.TypeID, columns.TypeText, columns.TypeTime, columns.TypeNumber, columns.TypeList}
	if c := e.next("nothing", all...); !c.Nullable {
		e.f.complain("%s.%s has no value", e.file.Name, c.Name)
	}
	e.Encoder.Null()
}

func (e *encoder) Int(n int64) {
	e.next("a number", columns.TypeID, columns.TypeNumber)
	e.Encoder.Int(n)
}

func (e *encoder) Time(unix int64, nanos int32) {
	c := e.next("a time", columns.TypeTime)
	if nanos < 0 || nanos > 999_999_999 {
		e.f.complain("%s.%s has a time with %d nanoseconds", e.file.Name, c.Name, nanos)
	}
	e.Encoder.Time(unix, nanos)
}

func (e *encoder) Text(b []byte) {
	e.text(e.next("a text", columns.TypeText), b)
	e.Encoder.Text(b)
}

func (e *encoder) Shared(s record.Shared) {
	c := e.next("a shared text", columns.TypeText)
	if holds := e.f.holds[s]; holds != c.Holds {
		e.f.complain("%s.%s, which holds %q, is given a shared text that was told to hold %q", e.file.Name, c.Name, c.Holds, holds)
	}
	e.text(c, []byte(e.f.shared[s]))
	e.Encoder.Shared(s)
}

func (e *encoder) BeginText() {
	e.next("a long text", columns.TypeText)
	e.looked, e.came = 0, 0
	e.Encoder.BeginText()
}

func (e *encoder) Look(b []byte) {
	e.looked += int64(len(b))
	e.Encoder.Look(b)
}

func (e *encoder) Piece(b []byte) {
	e.came += int64(len(b))
	e.Encoder.Piece(b)
}

func (e *encoder) EndText() {
	if e.looked != e.came {
		e.f.complain("%s: %d bytes of a text were looked at, %d came", e.file.Name, e.looked, e.came)
	}
	e.Encoder.EndText()
}

func (e *encoder) BeginList(w record.Words, n int) {
	c := e.next("a list", columns.TypeList)
	if holds := e.f.lists[w]; holds != c.Holds {
		e.f.complain("%s.%s, which holds %q, is given words that were told to hold %q", e.file.Name, c.Name, c.Holds, holds)
	}
	e.words, e.items, e.last = w, n, -1
	e.Encoder.BeginList(w, n)
}

func (e *encoder) Item(i int32) {
	if int(i) >= e.f.words[e.words].Len() || i <= e.last {
		e.f.complain("%s: word %d comes behind %d, of %d", e.file.Name, i, e.last, e.f.words[e.words].Len())
	}
	e.items, e.last = e.items-1, i
	e.Encoder.Item(i)
}

func (e *encoder) EndList() {
	if e.items != 0 {
		e.f.complain("%s: a list ends %d texts too soon", e.file.Name, e.items)
	}
	e.Encoder.EndList()
}

func (e *encoder) Mark() record.Mark {
	m := e.Encoder.Mark()
	if m.Cells != e.cells {
		e.f.complain("%s: a mark behind %d cells tells %d", e.file.Name, e.cells, m.Cells)
	}
	return m
}

func (e *encoder) Rewind(m record.Mark) {
	e.cells = m.Cells
	e.Encoder.Rewind(m)
}

func (e *encoder) EndRecord() {
	if e.cells != len(e.file.Columns) {
		e.f.complain("%s: a record has %d cells, for %d columns", e.file.Name, e.cells, len(e.file.Columns))
	}
	e.cells = 0
	e.f.mu.Lock()
	e.f.records[e.file.Name]++
	e.f.mu.Unlock()
	e.Encoder.EndRecord()
}
