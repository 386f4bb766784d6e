package several

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"sluice/columns"
	"sluice/localexport/record"
	"sluice/localexport/record/csv"
)

type texts []string

func (t texts) Len() int            { return len(t) }
func (t texts) Text(i int32) []byte { return []byte(t[i]) }

var file = columns.File{Name: "things", Columns: []columns.Column{
	{Name: "id", Type: columns.TypeID, Key: true}, {Name: "text", Type: columns.TypeText, Nullable: true}, {Name: "at", Type: columns.TypeTime},
	{Name: "base", Type: columns.TypeText}, {Name: "labels", Type: columns.TypeList}}}

// write writes records, some of which are given up, with an encoder of f.
func write(t *testing.T, f record.Format, w record.Writer, base record.Shared, words record.Words) {
	t.Helper()
	e := f.Encoder(file)
	e.Reuse(nil)
	for i := range 3000 {
		begin := e.Mark()
		e.Int(int64(i))
		if i%7 == 3 {
			e.Rewind(begin)
			e.Int(int64(i))
		}
		at := e.Mark()
		e.BeginText()
		long := []byte(strings.Repeat("x", i))
		e.Look(long)
		e.Piece(long)
		e.EndText()
		if i%5 == 1 {
			e.Rewind(at)
			e.Text([]byte(fmt.Sprintf("%d,\x00", i)))
		}
		e.Time(int64(i), 0)
		e.Shared(base)
		e.BeginList(words, 2)
		e.Item(1)
		e.Item(0)
		e.EndList()
		if i%11 == 2 {
			e.Rewind(begin)
			e.Int(int64(-i))
			e.Null()
			e.Time(0, 0)
			e.Shared(base)
			e.BeginList(words, 0)
			e.EndList()
		}
		e.EndRecord()
		if e.Full() {
			again, err := w.Append(e.Take())
			if err != nil {
				t.Fatal(err)
			}
			e.Reuse(again)
		}
	}
	if !e.Replaced() || len(e.TakeReplaced()) == 0 || e.Replaced() {
		t.Error("what was replaced is not told, or twice")
	}
	if c := e.Take(); c != nil {
		if _, err := w.Append(c); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.End(); err != nil {
		t.Fatal(err)
	}
}

func prepare(f record.Format) (record.Shared, record.Words) {
	f.Share(columns.HoldsFact, []byte("other"))
	return f.Share(columns.HoldsInstance, []byte("https://x")), f.Words(columns.HoldsLabel, texts{"a", "b,"})
}

// TestEachAsAlone: each format gives the bytes that it gives alone.
func TestEachAsAlone(t *testing.T) {
	options := []csv.Options{{}, {PreserveLineBreaks: true, Commas: true, Milliseconds: true}}
	var want []string
	for _, o := range options {
		f := csv.New(o)
		base, words := prepare(f)
		var b bytes.Buffer
		w, err := f.Writer(&b, file, nil)
		if err != nil {
			t.Fatal(err)
		}
		write(t, f, w, base, words)
		want = append(want, b.String())
	}
	f := New(csv.New(options[0]), csv.New(options[1]))
	base, words := prepare(f)
	var got [2]bytes.Buffer
	w, err := f.Writer(Destinations{&got[0], &got[1]}, file, nil)
	if err != nil {
		t.Fatal(err)
	}
	write(t, f, w, base, words)
	for i := range want {
		if got[i].String() != want[i] {
			t.Errorf("format %d: other bytes than alone", i)
		}
	}
	if n := int64(got[0].Len() + got[1].Len()); w.Bytes() != n {
		t.Errorf("%d bytes are counted, %d were written", w.Bytes(), n)
	}
}

func TestRefused(t *testing.T) {
	f := New(csv.New(csv.Options{}), csv.New(csv.Options{}))
	if _, err := f.Writer(&bytes.Buffer{}, file, nil); err == nil {
		t.Error("one destination will do for two formats")
	}
	if _, err := f.Writer(Destinations{&bytes.Buffer{}, &bytes.Buffer{}}, file, &record.Position{Bytes: 1}); err == nil {
		t.Error("a file that was not finished is gone on with")
	}
	if _, err := (Destinations{}).Write([]byte("x")); err == nil {
		t.Error("bytes go nowhere")
	}
}
