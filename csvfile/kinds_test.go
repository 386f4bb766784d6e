package csvfile

import (
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
)

// encoded is a text in Windows-1252.
func encoded(t *testing.T, text string) string {
	t.Helper()
	out, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func asUTF32(s string) string {
	var b []byte
	for _, r := range s {
		b = binary.LittleEndian.AppendUint32(b, uint32(r))
	}
	return string(b)
}

// wideTable is a table of tabs whose header alone is larger than the first sample.
func wideTable(columns int) (text string, header []string) {
	var values []string
	for i := range columns {
		header = append(header, fmt.Sprintf("sample_%d", i))
		values = append(values, fmt.Sprint(i%7))
	}
	return strings.Join(header, "\t") + "\n" + strings.Join(values, "\t") + "\n", header
}

// kind is a way in which files are written, and how such a file is to be read.
type kind struct {
	name, file, content string
	reading             Reading
	header              []string
	rows                [][]string // the first of them
	total               int64      // 0: as many as rows
	dialect             Dialect
	says                []FindingKind
}

// comma is how most files are read.
var comma = Dialect{Encoding: "utf-8", Delimiter: ",", Quote: `"`, Escape: "doubled", Header: true}

func (d Dialect) with(change func(*Dialect)) Dialect {
	change(&d)
	return d
}

func delimited(by string) Dialect { return comma.with(func(d *Dialect) { d.Delimiter = by }) }

func skipping(n int) Dialect { return comma.with(func(d *Dialect) { d.Skipped = n }) }

func inEncoding(name string, guessed bool) Dialect {
	return comma.with(func(d *Dialect) { d.Encoding, d.Guessed = name, guessed })
}

func kindsOfEncoding(t *testing.T) []kind {
	idName, people := []string{"id", "name"}, [][]string{{"1", "Zoë"}, {"2", "日本"}}
	text := "id,name\r\n1,Zoë\r\n2,日本\r\n"
	japaneseText, err := japanese.ShiftJIS.NewEncoder().String("処理区分,件数\r\n1,2\r\n")
	if err != nil {
		t.Fatal(err)
	}
	cities := encoded(t, "id;city;price\r\n1;Köln;1,50 €\r\n2;Málaga;2,75 €\r\n")
	semicolon := func(d *Dialect) { d.Delimiter = ";" }
	return []kind{
		{name: "UTF-16 with a mark", content: "\xff\xfe" + asUTF16(text)[2:], header: idName, rows: people, dialect: inEncoding("utf-16le", false), says: []FindingKind{EncodingTold}},
		{name: "UTF-16 without", content: asUTF16(text)[2:], header: idName, rows: people, dialect: inEncoding("utf-16le", true), says: []FindingKind{EncodingGuessed}},
		{name: "UTF-32 with a mark", content: asUTF32("\ufeff" + text), header: idName, rows: people, dialect: inEncoding("utf-32le", false), says: []FindingKind{EncodingTold}},
		{name: "UTF-32 without", content: asUTF32(text), header: idName, rows: people, dialect: inEncoding("utf-32le", true), says: []FindingKind{EncodingGuessed}},
		{name: "Windows-1252", content: cities, header: []string{"id", "city", "price"}, rows: [][]string{{"1", "Köln", "1,50 €"}, {"2", "Málaga", "2,75 €"}},
			dialect: inEncoding("windows-1252", true).with(semicolon), says: []FindingKind{EncodingGuessed}},
		{name: "Windows-1252 by name", content: cities, reading: Reading{Encoding: "cp1252"}, header: []string{"id", "city", "price"}, rows: [][]string{{"1", "Köln", "1,50 €"}, {"2", "Málaga", "2,75 €"}},
			dialect: inEncoding("windows-1252", false).with(semicolon)},
		{name: "Shift-JIS by name", content: japaneseText, reading: Reading{Encoding: "shift_jis"}, header: []string{"処理区分", "件数"}, rows: [][]string{{"1", "2"}}, dialect: inEncoding("shift_jis", false)},
		{name: "one odd byte late", content: "id,name\n1,Zoë\n" + strings.Repeat("2,x\n", 40000) + "3,K\xf6ln\n", header: idName, rows: [][]string{{"1", "Zoë"}}, total: 40002, dialect: comma, says: []FindingKind{InvalidUTF8}},
		{name: "two marks", content: "\ufeff\ufeffid,name\n1,x\n", header: idName, rows: [][]string{{"1", "x"}}, dialect: comma, says: []FindingKind{MarkTwice}},
		{name: "two marks in UTF-16", content: asUTF16("\ufeffid,name\n1,x\n"), header: idName, rows: [][]string{{"1", "x"}}, dialect: inEncoding("utf-16le", false), says: []FindingKind{EncodingTold, MarkTwice}},
	}
}

func kindsOfDelimiter() []kind {
	abc, numbers := []string{"a", "b", "c"}, [][]string{{"1", "2", "3"}, {"4", "5", "6"}}
	table := func(d string) string { return strings.ReplaceAll("a|b|c\n1|2|3\n4|5|6\n", "|", d) }
	var out []kind
	for _, d := range []string{",", ";", "\t", "|", "^", "~", ":", " ", "\x01", "\x1f"} {
		out = append(out, kind{name: fmt.Sprintf("%q", d), content: table(d), header: abc, rows: numbers, dialect: delimited(d)})
	}
	wide, columns := wideTable(8000)
	big := strings.Repeat("a,b ", 20000)
	return append(out,
		kind{name: "decimal commas", content: "Land;Umsatz;Quote\nDE;1.234,50;0,75\nFR;2.000,00;0,50\n", header: []string{"Land", "Umsatz", "Quote"}, rows: [][]string{{"DE", "1.234,50", "0,75"}, {"FR", "2.000,00", "0,50"}}, dialect: delimited(";")},
		kind{name: "decimal commas alone", content: "1,5;2,5;3,5\n4,5;5,5;6,5\n", header: []string{"Column 1", "Column 2", "Column 3"}, rows: [][]string{{"1,5", "2,5", "3,5"}}, total: 2, dialect: delimited(";").with(func(d *Dialect) { d.Header = false })},
		kind{name: "the name breaks a tie", file: "a.tsv", content: "a\tb,c\n1\t2,x\n3\t4,y\n", header: []string{"a", "b,c"}, rows: [][]string{{"1", "2,x"}}, total: 2, dialect: delimited("\t")},
		kind{name: "the name breaks another", file: "a.psv", content: "a,b|c,d\n1,2|x,y\n3,4|z,w\n", header: []string{"a,b", "c,d"}, rows: [][]string{{"1,2", "x,y"}}, total: 2, dialect: delimited("|")},
		kind{name: "sep= in capitals", content: "SEP=;\r\nid;name\r\n1;x\r\n", header: []string{"id", "name"}, rows: [][]string{{"1", "x"}}, dialect: delimited(";").with(func(d *Dialect) { d.Skipped = 1 }), says: []FindingKind{SkippedLines}},
		kind{name: "sep= in quotes", content: "\"sep=^\"\nid^name\n1^x\n", header: []string{"id", "name"}, rows: [][]string{{"1", "x"}}, dialect: delimited("^").with(func(d *Dialect) { d.Skipped = 1 }), says: []FindingKind{SkippedLines}},
		kind{name: "a header larger than the sample", file: "a.tsv", content: wide, header: columns, total: 1, dialect: delimited("\t")},
		kind{name: "a first row larger than the sample", content: "id;name\n1;\"" + big + "\"\n2;x\n", header: []string{"id", "name"}, rows: [][]string{{"1", big}, {"2", "x"}}, dialect: delimited(";")},
		kind{name: "two pipes", content: "id||name||n\n1||a|b||2\n2||\"c||d\"||\n", header: []string{"id", "name", "n"}, rows: [][]string{{"1", "a|b", "2"}, {"2", "c||d", ""}}, reading: Reading{Delimiter: "||"}, dialect: delimited("||")},
		kind{name: "two pipes, guessed", content: "id||name||n\n1||a||2\n2||\"c||d\"||\n", header: []string{"id", "name", "n"}, rows: [][]string{{"1", "a", "2"}, {"2", "c||d", ""}}, dialect: delimited("||"), says: []FindingKind{DoubledDelimiter}},
		kind{name: "by name", content: "a,b^c\n1,2^3\n", reading: Reading{Delimiter: "caret"}, header: []string{"a,b", "c"}, rows: [][]string{{"1,2", "3"}}, dialect: delimited("^"), says: nil},
		kind{name: "by number", content: "a,b\x02c\n1,2\x023\n", reading: Reading{Delimiter: "0x02"}, header: []string{"a,b", "c"}, rows: [][]string{{"1,2", "3"}}, dialect: delimited("\x02")},
	)
}

func kindsOfQuote() []kind {
	quotedBy := func(q, escape string) Dialect { return comma.with(func(d *Dialect) { d.Quote, d.Escape = q, escape }) }
	tabs := func(d *Dialect) { d.Delimiter = "\t" }
	var open strings.Builder
	open.WriteString("1\t\"5 inch\t2\n")
	for i := range 6000 {
		fmt.Fprintf(&open, "%d\tplain text\t%d\n", i+2, i)
	}
	return []kind{
		{name: "backslashes", content: "id,text,n\n1,\"He said \\\"hi, you\\\"\",5\n2,\"a \\\"b\\\" c\",6\n", header: []string{"id", "text", "n"}, rows: [][]string{{"1", `He said "hi, you"`, "5"}, {"2", `a "b" c`, "6"}}, dialect: quotedBy(`"`, "backslash"), says: []FindingKind{Escapes}},
		{name: "paths that end in backslashes", content: "id,path\n1,\"C:\\a, b\\\"\n2,\"D:\\\"\n", header: []string{"id", "path"}, rows: [][]string{{"1", `C:\a, b\`}, {"2", `D:\`}}, dialect: comma},
		{name: "single quotes", content: "id,name\n1,'a, b'\n2,'c, d'\n", header: []string{"id", "name"}, rows: [][]string{{"1", "a, b"}, {"2", "c, d"}}, dialect: quotedBy("'", "doubled"), says: []FindingKind{SingleQuotes}},
		{name: "apostrophes", content: "id,name\n1,'tis\n2,it's\n3,'twas, so\n", header: []string{"id", "name"}, rows: [][]string{{"1", "'tis"}, {"2", "it's"}, {"3", "'twas", " so"}}, dialect: comma, says: []FindingKind{RaggedRow}},
		{name: "a quote that opens in the first row", file: "a.tsv", content: open.String(), header: []string{"Column 1", "Column 2", "Column 3"}, rows: [][]string{{"1", `"5 inch`, "2"}, {"2", "plain text", "0"}}, total: 6001,
			dialect: Dialect{Encoding: "utf-8", Delimiter: "\t", Escape: "none"}, says: []FindingKind{QuotingOff}},
		{name: "the same in a large file", file: "a.tsv", content: open.String() + strings.Repeat("3\tlong plain text\t7\n", 300_000), header: []string{"Column 1", "Column 2", "Column 3"}, total: 306_001,
			dialect: Dialect{Encoding: "utf-8", Delimiter: "\t", Escape: "none"}, says: []FindingKind{QuotingOff}},
		{name: "a quote below the header in a large file", content: "id,size,note\n1,\"5 inch,2\n" + strings.Repeat("3,long plain text,7\n", 120_000), header: []string{"id", "size", "note"}, rows: [][]string{{"1", `"5 inch`, "2"}}, total: 120_001,
			dialect: Dialect{Encoding: "utf-8", Delimiter: ",", Escape: "none", Header: true}, says: []FindingKind{QuotingOff}},
		{name: "a large cell of lines below the header", content: "id,size,note\n1,\"" + strings.Repeat("5 inch, or so\n", 120_000) + "\",2\n", header: []string{"id", "size", "note"}, total: 1, dialect: comma},
		{name: "a quote that opens later", content: "id,name\n1,\"open\n2,b\n3,c\n", header: []string{"id", "name"}, rows: [][]string{{"1", "open\n2,b\n3,c\n"}}, dialect: comma, says: []FindingKind{UnclosedQuote}},
		{name: "quotes as text", content: "id,name\n1,\"open\n2,b\n3,c\n", reading: Reading{Quote: None}, header: []string{"id", "name"}, rows: [][]string{{"1", `"open`}, {"2", "b"}, {"3", "c"}}, dialect: quotedBy("", "none")},
		{name: "inches among tabs", file: "a.tsv", content: "id\tsize\tnote\n1\t5\" pipe\tok\n2\tx\tok\n", header: []string{"id", "size", "note"}, rows: [][]string{{"1", `5" pipe`, "ok"}, {"2", "x", "ok"}}, dialect: comma.with(tabs), says: []FindingKind{StrayQuote}},
	}
}

func kindsOfLine() []kind {
	idName := []string{"id", "name"}
	one, two := [][]string{{"1", "x"}}, [][]string{{"1", "x"}, {"2", "y"}}
	return []kind{
		{name: "CR with LF in quotes", content: "id,note\r1,\"two\nlines\"\r2,y\r", header: []string{"id", "note"}, rows: [][]string{{"1", "two\nlines"}, {"2", "y"}}, dialect: comma},
		{name: "CRCRLF", content: "id,name\r\r\n1,x\r\r\n2,y\r\r\n", header: idName, rows: two, dialect: comma, says: []FindingKind{OddEnds}},
		{name: "ends of all kinds", content: "id,name\r\n1,x\r2,y\n", header: idName, rows: two, dialect: comma, says: []FindingKind{OddEnds}},
		{name: "a CR in a cell", content: "id,name\n1,a\rb\n2,y\n", header: idName, rows: [][]string{{"1", "a\rb"}, {"2", "y"}}, dialect: comma, says: []FindingKind{OddEnds}},
		{name: "comments", content: "# exported 2024-01-01\n# by tool\nid,name\n1,x\n# end\n2,y\n", header: idName, rows: two, dialect: skipping(2), says: []FindingKind{SkippedLines, Comments}},
		{name: "a header that begins as a comment", content: "#id\tname\n1\tx\n2\ty\n", header: []string{"#id", "name"}, rows: two, dialect: delimited("\t")},
		{name: "comments by choice", content: "id,name\n;1,z\n1,x\n", reading: Reading{Comment: ";"}, header: idName, rows: one, dialect: comma, says: []FindingKind{Comments}},
		{name: "no comments by choice", content: "# a,b\nid,name\n1,x\n", reading: Reading{Comment: None}, header: []string{"# a", "b"}, rows: [][]string{{"id", "name"}, {"1", "x"}}, dialect: comma, says: []FindingKind{HeaderGuessed}},
		{name: "a preamble", content: "Report,Q1\nCreated,2024-01-01\n\nid,name,qty,price\n1,x,2,3\n2,y,4,5\n", header: []string{"id", "name", "qty", "price"}, rows: [][]string{{"1", "x", "2", "3"}, {"2", "y", "4", "5"}}, dialect: skipping(3), says: []FindingKind{SkippedLines}},
		{name: "a title", content: "Sales of March\nid,name\n1,x\n2,y\n", header: idName, rows: two, dialect: skipping(1), says: []FindingKind{SkippedLines}},
		{name: "a title above semicolons and decimal commas", content: "Cities\n\nid;city;price\n1;Bonn;1,50 €\n2;Rome;2,75 €;new\n", header: []string{"id", "city", "price"}, rows: [][]string{{"1", "Bonn", "1,50 €"}, {"2", "Rome", "2,75 €", "new"}},
			dialect: delimited(";").with(func(d *Dialect) { d.Skipped = 2 }), says: []FindingKind{SkippedLines, RaggedRow}},
		{name: "lines by choice", content: "a,b\nid,name\n1,x\n", reading: Reading{HeaderRow: 2}, header: idName, rows: one, dialect: skipping(1)},
		{name: "skipped by choice", content: "a,b,c\nd\nid,name\n1,x\n", reading: Reading{Skip: ptr(2)}, header: idName, rows: one, dialect: skipping(2)},
		{name: "nothing skipped by choice", content: "\nid,name\n1,x\n", reading: Reading{Skip: ptr(0), Header: "no"}, header: nil, rows: [][]string{nil, {"id", "name"}, {"1", "x"}}, dialect: comma.with(func(d *Dialect) { d.Header = false }), says: []FindingKind{RaggedRow, BlankRow}},
		{name: "leading empty lines", content: "\n\nid,name\n1,x\n2,y\n", header: idName, rows: two, dialect: skipping(2), says: []FindingKind{SkippedLines}},
		{name: "delimiters at the end of rows", content: "id,name\n1,x,\n2,y,\n", header: idName, rows: [][]string{{"1", "x", ""}, {"2", "y", ""}}, dialect: comma, says: []FindingKind{RaggedRow}},
		{name: "ragged", content: "a,b,c\n1,2\n1,2,3,4,5\n1\n1,2,3\n", header: []string{"a", "b", "c"}, rows: [][]string{{"1", "2"}, {"1", "2", "3", "4", "5"}, {"1"}, {"1", "2", "3"}}, dialect: comma, says: []FindingKind{RaggedRow}},
	}
}

func kindsOfHeader() []kind {
	bare := comma.with(func(d *Dialect) { d.Header = false })
	return []kind{
		{name: "all text", content: "Anna,Berlin,x\nBen,Paris,y\nCara,Rome,z\n", header: []string{"Anna", "Berlin", "x"}, rows: [][]string{{"Ben", "Paris", "y"}, {"Cara", "Rome", "z"}}, dialect: comma, says: []FindingKind{HeaderGuessed}},
		{name: "all text, no header by choice", content: "Anna,Berlin\nBen,Paris\n", reading: Reading{Header: "no"}, header: []string{"Column 1", "Column 2"}, rows: [][]string{{"Anna", "Berlin"}, {"Ben", "Paris"}}, dialect: bare},
		{name: "years", content: "country,2001,2002,2003\nDE,1.5,2.5,3.5\nFR,1,2,3\n", header: []string{"country", "2001", "2002", "2003"}, rows: [][]string{{"DE", "1.5", "2.5", "3.5"}, {"FR", "1", "2", "3"}}, dialect: comma},
		{name: "dates", content: "region,2024-01-01,2024-02-01\nN,5,6\nS,7,8\n", header: []string{"region", "2024-01-01", "2024-02-01"}, rows: [][]string{{"N", "5", "6"}, {"S", "7", "8"}}, dialect: comma},
		{name: "numbers and names below numbers and names", content: "1,Anna\n2,Ben\n3,Cara\n", header: []string{"Column 1", "Column 2"}, rows: [][]string{{"1", "Anna"}, {"2", "Ben"}, {"3", "Cara"}}, dialect: bare},
		{name: "one line of values", content: "5,2024-01-01,x\n", header: []string{"Column 1", "Column 2", "Column 3"}, rows: [][]string{{"5", "2024-01-01", "x"}}, dialect: bare, says: []FindingKind{HeaderGuessed}},
		{name: "a web page", content: "<!DOCTYPE html>\n<html><body>Login required</body></html>\n", header: []string{"<!DOCTYPE html>"}, rows: [][]string{{"<html><body>Login required</body></html>"}}, dialect: comma, says: []FindingKind{WebPage}},
		{name: "JSON", content: "{\"error\": \"no\",\n\"code\": 401}\n", total: 1, dialect: comma, says: []FindingKind{JSONText, RaggedRow, StrayQuote}},
	}
}

func ptr(n int) *int { return &n }

// TestKinds reads files of all the kinds that people report of, and holds what is found,
// how it is read and what is said.
func TestKinds(t *testing.T) {
	for _, k := range slices.Concat(kindsOfEncoding(t), kindsOfDelimiter(), kindsOfQuote(), kindsOfLine(), kindsOfHeader()) {
		t.Run(k.name, func(t *testing.T) { k.test(t) })
	}
}

func (k kind) test(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	if k.file != "" {
		path = filepath.Join(filepath.Dir(path), k.file)
	}
	if err := os.WriteFile(path, []byte(k.content), 0o600); err != nil {
		t.Fatal(err)
	}
	f := openFile(t, path, WithReading(k.reading), WithCacheDir(t.TempDir()), WithCellLimit(1<<20))
	i := checked(t, f)
	if k.header != nil && !slices.Equal(f.Header(), k.header) {
		t.Errorf("header %.200q, want %.200q", f.Header(), k.header)
	}
	if k.dialect != f.Dialect() {
		t.Errorf("read as %+v, want %+v", f.Dialect(), k.dialect)
	}
	if n, _ := f.Total(); n != max(k.total, int64(len(k.rows))) {
		t.Errorf("%d rows, want %d", n, max(k.total, int64(len(k.rows))))
	}
	rows, err := f.Rows(context.Background(), 0, len(k.rows))
	if err != nil {
		t.Fatal(err)
	}
	for j, want := range k.rows {
		if j < len(rows) && !slices.Equal(rows[j].Fields, want) {
			t.Errorf("row %d is %.200q, want %.200q", j+1, rows[j].Fields, want)
		}
	}
	var said []FindingKind
	for _, fi := range i.Findings {
		if said = append(said, fi.Kind); fi.Text() == "" || strings.Contains(fi.Text(), "%!") {
			t.Errorf("%s is said as %q", fi.Kind, fi.Text())
		}
	}
	slices.Sort(said)
	if slices.Sort(k.says); !reflect.DeepEqual(said, k.says) {
		t.Errorf("said %v, want %v: %v", said, k.says, i.Findings)
	}
}

// TestFoundInDecodedText: what is found and filtered is the text, not the bytes on disk.
func TestFoundInDecodedText(t *testing.T) {
	for name, content := range map[string]string{
		"UTF-16": asUTF16("id,city\n1,Köln\n2,Bonn\n"), "Windows-1252": encoded(t, "id,city\n1,Köln\n2,Bonn\n"),
		"single quotes": "id,city\n1,'Köln'\n2,'Bo, nn'\n", "escapes": "id,city\n1,\"K\\\"öln\"\n2,\"Köl, \\\"\"\n",
	} {
		f := openContent(t, content, WithCacheDir(t.TempDir()))
		hits := 0
		for hit, err := range f.Find(t.Context(), Query{Text: "öln", Column: 1}) {
			if err != nil || hit.Row != 0 {
				t.Errorf("%s: %v, %v", name, hit, err)
			}
			hits++
		}
		if hits != 1 {
			t.Errorf("%s: %d hits", name, hits)
		}
		v, err := f.Filter(t.Context(), []Condition{{Column: 1, Op: OpContains, Text: "KÖ", IgnoreCase: true}})
		if err != nil {
			t.Fatal(err)
		}
		<-v.Done()
		if n, _ := v.Total(); n != 1 {
			t.Errorf("%s: %d rows are left", name, n)
		}
		v.Close()
	}
}

// TestNoTextIsRefused: bytes of other kinds of files are not taken for letters of some
// encoding.
func TestNoTextIsRefused(t *testing.T) {
	for content, want := range map[string]string{
		"\x28\xb5\x2f\xfd\xff\xffXa\x00\x00id,name\n1,x\n\x1f.": "zstd",
		"\xfd7zXZ\x00\x00\x04\xe6\xd6\xb4F\x02":                 "xz", "PK\x03\x04\xf6\xe4": "zip", "%PDF-1.4\n\xe2\xe3\xcf\xd3": "PDF",
	} {
		if _, err := Open(t.Context(), writeFile(t, content)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", content, err, want)
		}
	}
}

// TestReadingRefused: what cannot be is refused in one sentence.
func TestReadingRefused(t *testing.T) {
	for want, r := range map[string]Reading{
		"there is no encoding":    {Encoding: "utf-9"},
		"cannot be the delimiter": {Delimiter: "abc"},
		"a line end":              {Quote: "\n"},
		"both the delimiter":      {Delimiter: ",", Quote: ","},
		"counted from 1":          {HeaderRow: -1},
		"cannot be skipped":       {Skip: ptr(-1)},
		"leave one of the two":    {HeaderRow: 2, Skip: ptr(1)},
		"there is to be none":     {HeaderRow: 2, Header: "no"},
		"say yes or no":           {Header: "maybe"},
		"cannot be the escape":    {Escape: "twice"},
	} {
		if err := r.Check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q", r, err, want)
		}
		if _, err := Open(t.Context(), writeFile(t, "a,b\n"), WithReading(r)); err == nil {
			t.Errorf("%+v opens a file", r)
		}
	}
}
