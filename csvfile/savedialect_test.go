package csvfile

import (
	"path/filepath"
	"strings"
	"testing"

	"sluice/csvfile/internal/block"
)

// awkward are cells that dialects get wrong.
const awkward = "a,b;c|d\te,\"semi;colon\",'single'\r\n\"line\nbreak\",\"say \"\"hi\"\"\",\"a\tb\"\r\n,,\r\n007,=1+1,\" spaced \"\r\nshort\r\n\r\n\U0001f642,é€,x\x00y,more,\"\"\r\n"

// TestSaveDialects: whatever the dialect, what was saved reads as what was shown.
func TestSaveDialects(t *testing.T) {
	content := "one,two,three\r\n" + strings.Repeat(awkward, 3*block.Size/len(awkward))
	f := openContent(t, content, WithReading(Reading{Delimiter: ",", Header: "yes"}))
	want := reference([]byte(content), ',')
	for name, c := range map[string]struct {
		opts SaveOptions
		read Reading
	}{
		"semicolons":    {SaveOptions{Delimiter: ';'}, Reading{Delimiter: ";"}},
		"tabs":          {SaveOptions{Delimiter: '\t', LineEnding: "LF"}, Reading{Delimiter: "tab"}},
		"all in quotes": {SaveOptions{QuoteAll: true, LineEnding: "LF"}, Reading{Delimiter: ","}},
		"single quotes": {SaveOptions{Quote: '\'', Delimiter: '|'}, Reading{Delimiter: "|", Quote: "'"}},
		"UTF-16":        {SaveOptions{Encoding: "utf-16le", BOM: true}, Reading{Delimiter: ","}},
		"UTF-8, marked": {SaveOptions{BOM: true, Delimiter: ':'}, Reading{Delimiter: ":"}},
		"separator":     {SaveOptions{Delimiter: 0x1f, Encoding: "gb18030"}, Reading{Delimiter: "0x1f", Encoding: "gb18030"}},
	} {
		t.Run(name, func(t *testing.T) {
			for kind, src := range map[string]Source{"bulk": f, "table": rowsOf(t, f)} {
				out := filepath.Join(t.TempDir(), "out.csv")
				p, err := SaveView(t.Context(), src, out, c.opts, nil)
				if err != nil {
					t.Fatal(err)
				}
				if p.Rows != int64(len(want)-1) || p.Replaced != 0 || p.Written != int64(len(readAll(t, out))) {
					t.Errorf("%s: %+v, want %d rows", kind, p, len(want)-1)
				}
				c.read.Header = "yes"
				back := openFile(t, out, WithReading(c.read))
				got, _, _ := collect(t, back, nil)
				equalRecords(t, kind, append([][]string{back.Header()}, got...), want)
			}
		})
	}
}

// rowsOf is the rows of a file as a table that is of no file.
func rowsOf(t *testing.T, f *File) Source {
	rows, _, _ := collect(t, f, nil)
	return namedTable{tableSource{rows}, f.Header()}
}

type namedTable struct {
	tableSource
	names []string
}

func (n namedTable) Header() []string { return n.names }

// TestSaveEncodingLacks: characters that an encoding does not have are counted.
func TestSaveEncodingLacks(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out.csv")
	f := openContent(t, "a,b\n\U0001f642,é→\n")
	p, err := SaveView(t.Context(), f, out, SaveOptions{Encoding: "windows-1252"}, nil)
	if got := readAll(t, out); err != nil || p.Replaced != 2 || got != "a,b\n?,\xe9?\n" {
		t.Errorf("%q, %+v, %v", got, p, err)
	}
}

// TestSaveRefusesDialects: a dialect that could not be read again is refused.
func TestSaveRefusesDialects(t *testing.T) {
	f := openContent(t, "a,b\n1,2\n")
	for says, o := range map[string]SaveOptions{
		"both between":        {Delimiter: '"'},
		"line break":          {Delimiter: '\n'},
		"ASCII":               {Quote: 0xe9},
		"no encoding":         {Encoding: "klingon"},
		"no byte order mark;": {Encoding: "koi8-r", BOM: true},
	} {
		if _, err := SaveView(t.Context(), f, filepath.Join(t.TempDir(), "x"), o, nil); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%+v: %v, want %q", o, err, says)
		}
	}
}

// TestSaveOneColumnUnquoted: an empty cell alone in its row is an empty line where
// nothing can stand around it.
func TestSaveOneColumnUnquoted(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out.csv")
	f := openContent(t, "a,b\n1,\n2,x\n", WithReading(Reading{Quote: "none", Delimiter: ","}))
	if _, err := SaveView(t.Context(), f, out, SaveOptions{Columns: []int{1}}, nil); err != nil {
		t.Fatal(err)
	}
	if got := readAll(t, out); got != "b\n\nx\n" {
		t.Errorf("saved %q", got)
	}
}
