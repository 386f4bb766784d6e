package csv

import (
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"sluice/columns"
)

// texts are the texts of lists.
type texts []string

func (t texts) Len() int            { return len(t) }
func (t texts) Text(i int32) []byte { return []byte(t[i]) }

// cellOf is the encoded cell with all of the texts, or with the first of them.
func cellOf(o Options, all texts, n int) string {
	f := New(o)
	f.Words(columns.HoldsLabel, texts{"other"})
	w := f.Words(columns.HoldsLabel, all)
	e := encoderOf(f)
	e.BeginList(w, n)
	for i := range n {
		e.Item(int32(i))
	}
	e.EndList()
	return taken(e)
}

func TestLists(t *testing.T) {
	all := texts{"b", `q"`, "line\nbreak", "c,d", "\u2028", "<&>", "\xff"}
	for _, tt := range []struct {
		n            int
		json, commas string
	}{
		{0, `[]`, ``},
		{1, `"[""b""]"`, `b`},
		{2, `"[""b"", ""q\""""]"`, `"b,q"""`},
		{7, `"[""b"", ""q\"""", ""line\nbreak"", ""c,d"", ""\u2028"", ""<&>"", ""\ufffd""]"`, "\"b,q\"\",line\\nbreak,c,d,\u2028,<&>,\xff\""},
	} {
		if got := cellOf(Options{}, all, tt.n); got != tt.json {
			t.Errorf("%d texts are %s, want %s", tt.n, got, tt.json)
		}
		if got := cellOf(Options{Commas: true}, all, tt.n); got != tt.commas {
			t.Errorf("%d texts with commas are %s, want %s", tt.n, got, tt.commas)
		}
	}
	for text, want := range map[string]string{"a": "a", "a,b": `"a,b"`, `"`: `""""`} {
		if got := cellOf(Options{Commas: true}, texts{text}, 1); got != want {
			t.Errorf("%q alone is %s, want %s", text, got, want)
		}
	}
}

// FuzzList reads a list back, and compares it with the cell of its text.
func FuzzList(f *testing.F) {
	f.Add("a", "b\"\n", "\u2028,")
	f.Add("", "\x01", "😀")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		all := texts{a, b, c}
		cell := cellOf(Options{}, all, 3)
		rows, err := csv.NewReader(strings.NewReader(cell + ",end\r\n")).ReadAll()
		if err != nil || len(rows) != 1 || len(rows[0]) != 2 {
			t.Fatalf("%q reads as %q, %v", cell, rows, err)
		}
		var back []string
		if err := json.Unmarshal([]byte(rows[0][0]), &back); err != nil {
			t.Fatalf("%q: %v", cell, err)
		}
		for i := range all {
			if want := strings.ToValidUTF8(all[i], "\ufffd"); strings.Count(all[i], "\xff") == 0 && back[i] != want && strings.ToValidUTF8(all[i], "") == all[i] {
				t.Errorf("%q is read back as %q", all[i], back[i])
			}
		}
		if slices.ContainsFunc(all, func(s string) bool { return strings.Contains(s, "\x00") }) {
			return
		}
		for _, o := range []Options{{Commas: true}, {Commas: true, PreserveLineBreaks: true}} {
			want := string(New(o).AppendField(nil, []byte(strings.Join(all, ","))))
			if got := cellOf(o, all, 3); got != want && !strings.ContainsAny(a+b+c, "\r\n") {
				t.Errorf("with commas %q, want %q", got, want)
			}
		}
	})
}
