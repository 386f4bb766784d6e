package recordtest

import (
	"fmt"
	"strings"
	"testing"

	"sluice/columns"
	"sluice/localexport/record"
	"sluice/localexport/record/csv"
)

// complaints collects what a check reports.
type complaints struct {
	testing.TB
	all []string
}

func (c *complaints) Error(args ...any) { c.all = append(c.all, fmt.Sprint(args...)) }

type texts []string

func (t texts) Len() int            { return len(t) }
func (t texts) Text(i int32) []byte { return []byte(t[i]) }

var file = columns.File{Name: "things", Columns: []columns.Column{
	{Name: "id", Type: columns.TypeID, Key: true},
	{Name: "where", Type: columns.TypeText, Holds: columns.HoldsSpaceKey},
	{Name: "body", Type: columns.TypeText, Nullable: true, Limit: 3},
	{Name: "labels", Type: columns.TypeList, Holds: columns.HoldsLabel},
	{Name: "at", Type: columns.TypeTime, Nullable: true},
}}

// TestCheck: each way in which a record does not fit its columns is told, and one
// that fits is not.
func TestCheck(t *testing.T) {
	var e record.Encoder
	var key, title record.Shared
	var words record.Words
	list := func(n int, items ...int32) {
		e.BeginList(words, n)
		for _, i := range items {
			e.Item(i)
		}
		e.EndList()
	}
	start := func() { e.Int(1); e.Shared(key) }
	for want, cells := range map[string]func(){
		"":               func() { start(); e.Text([]byte("abc")); list(2, 0, 1); e.Time(0, 5) },
		"has 6 cells":    func() { start(); e.Null(); list(0); e.Null(); e.Null() },
		"has 2 cells":    func() { start() },
		"given a number": func() { start(); e.Int(2); list(0); e.Null() },
		"given a text":   func() { e.Text(nil); e.Shared(key); e.Null(); list(0); e.Null() },
		"given a list":   func() { start(); list(0); list(0); e.Null() },
		"given a time":   func() { start(); e.Time(0, 0); list(0); e.Null() },
		"has no value":   func() { e.Null(); e.Shared(key); e.Null(); list(0); e.Null() },
		"more than 3":    func() { start(); e.Text([]byte("abcd")); list(0); e.Null() },
		"told to hold":   func() { e.Int(1); e.Shared(title); e.Null(); list(0); e.Null() },
		"comes behind":   func() { start(); e.Null(); list(2, 1, 0); e.Null() },
		"too soon":       func() { start(); e.Null(); list(2, 1); e.Null() },
		"were looked at": func() {
			start()
			e.BeginText()
			e.Look([]byte("ab"))
			e.Piece([]byte("a"))
			e.EndText()
			list(0)
			e.Null()
		},
		"nanoseconds": func() { start(); e.Null(); list(0); e.Time(0, -1) },
	} {
		found := &complaints{TB: t}
		f := Check(found, csv.New(csv.Options{}))
		key = f.Share(columns.HoldsSpaceKey, []byte("ENG"))
		title = f.Share(columns.HoldsTitle, []byte("Home"))
		words = f.Words(columns.HoldsLabel, texts{"a", "b"})
		e = f.Encoder(file)
		e.Reuse(nil)
		e.Int(7)
		mark := e.Mark()
		e.Shared(title)
		e.Rewind(mark)
		e.Rewind(record.Mark{})
		found.all, f.said = nil, map[string]bool{}
		cells()
		e.EndRecord()
		text := strings.Join(found.all, "\n")
		if want == "" && text != "" || !strings.Contains(text, want) {
			t.Errorf("%q, want %q", text, want)
		}
	}
}
