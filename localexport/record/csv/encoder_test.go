package csv

import (
	"bytes"
	"encoding/csv"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sluice/columns"
	"sluice/localexport/record"
)

func TestFields(t *testing.T) {
	tests := []struct{ name, in, escaped, preserved string }{
		{"empty", "", "", ""},
		{"plain", "abc", "abc", "abc"},
		{"spaces are not quoted", " a ", " a ", " a "},
		{"what MySQL takes for no value", "NULL", `"NULL"`, `"NULL"`},
		{"what it does not", "null", "null", "null"},
		{"nor that", "NULLs", "NULLs", "NULLs"},
		{"comma", "a,b", `"a,b"`, `"a,b"`},
		{"quote", `a"b`, `"a""b"`, `"a""b"`},
		{"only quotes", `""`, `""""""`, `""""""`},
		{"line feed", "a\nb", `a\nb`, "\"a\nb\""},
		{"carriage return and line feed are one", "a\r\nb", `a\nb`, "\"a\r\nb\""},
		{"carriage return", "a\rb", `a\nb`, "\"a\rb\""},
		{"two line feeds", "a\n\nb", `a\n\nb`, "\"a\n\nb\""},
		{"line feed, carriage return", "a\n\rb", `a\n\nb`, "\"a\n\rb\""},
		{"two of two bytes", "\r\n\r\n", `\n\n`, "\"\r\n\r\n\""},
		{"backslash stays", `a\nb`, `a\nb`, `a\nb`},
		{"zero", "a\x00b", "a\uFFFDb", "a\uFFFDb"},
		{"zeros", "\x00\x00,", "\"\uFFFD\uFFFD,\"", "\"\uFFFD\uFFFD,\""},
		{"long with a zero", strings.Repeat("x", 300) + "\x00", strings.Repeat("x", 300) + "\uFFFD", strings.Repeat("x", 300) + "\uFFFD"},
		{"long", "<p class=\"x\">one,\r\ntwo\nthree\rfour</p>", `"<p class=""x"">one,\ntwo\nthree\nfour</p>"`,
			"\"<p class=\"\"x\"\">one,\r\ntwo\nthree\rfour</p>\""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, preserve := range []bool{false, true} {
				want := tt.escaped
				if preserve {
					want = tt.preserved
				}
				f := New(Options{PreserveLineBreaks: preserve})
				if got := string(f.AppendField(nil, []byte(tt.in))); got != want {
					t.Errorf("preserve=%v: %s, want %s", preserve, got, want)
				}
			}
		})
	}
}

func TestEscapeThatNeedsQuotes(t *testing.T) {
	f := New(Options{Escape: `,"`})
	if got, want := string(f.AppendField(nil, []byte("a\nb"))), `"a,""b"`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, want := string(f.AppendField(nil, []byte("ab"))), `ab`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// encoderOf returns an encoder that has a chunk.
func encoderOf(f *Format) *encoder {
	e := f.Encoder(columns.File{}).(*encoder)
	e.Reuse(nil)
	return e
}

// taken is the text of the chunk of an encoder.
func taken(e record.Encoder) string {
	b, _ := e.Take().([]byte)
	return string(b)
}

func TestRecords(t *testing.T) {
	f := New(Options{})
	raw := f.Share(columns.HoldsInstance, []byte(`sha"red`))
	e := encoderOf(f)
	e.Null()
	e.Int(-7)
	e.Text([]byte("x,y"))
	e.Shared(raw)
	e.Time(1_700_000_000, 999_000_000)
	e.EndRecord()
	begin := e.Mark()
	e.Text([]byte("gone"))
	middle := e.Mark()
	e.Text([]byte("gone, too"))
	e.Rewind(middle)
	e.Null()
	e.Rewind(begin)
	e.Text([]byte("second"))
	e.EndRecord()
	if got, want := taken(e), ",-7,\"x,y\",\"sha\"\"red\",2023-11-14T22:13:20Z\r\nsecond\r\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if e.Take() != nil {
		t.Error("there is a chunk of nothing")
	}
	e = encoderOf(New(Options{Milliseconds: true}))
	e.Time(1_700_000_000, 999_900_000)
	if got := taken(e); got != "2023-11-14T22:13:20.999Z" {
		t.Errorf("with milliseconds %s", got)
	}
}

// TestByteOrderMark: it begins the file, once, and counts.
func TestByteOrderMark(t *testing.T) {
	var b bytes.Buffer
	f := New(Options{ByteOrderMark: true})
	head := columns.File{Columns: []columns.Column{{Name: "a"}, {Name: "b"}}}
	w, err := f.Writer(&b, head, nil)
	if err != nil {
		t.Fatal(err)
	}
	if w.Bytes() != 3+5 {
		t.Errorf("%d bytes are counted", w.Bytes())
	}
	p, _, err := w.Keep()
	if err != nil {
		t.Fatal(err)
	}
	if w, err = f.Writer(&b, head, &p); err != nil || w.End() != nil {
		t.Fatal(err)
	}
	if b.String() != "\xef\xbb\xbfa,b\r\n" {
		t.Errorf("%q", b.String())
	}
}

// TestChunks: a chunk is full in time, and used again unless it has grown.
func TestChunks(t *testing.T) {
	e := encoderOf(New(Options{}))
	line := []byte(strings.Repeat("x", chunkSpare/2))
	var file bytes.Buffer
	w, err := newWriter(&file, false, columns.File{Columns: []columns.Column{{Name: "a"}, {Name: "b"}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for !e.Full() {
		e.Text(line)
		e.EndRecord()
	}
	first := e.Take().([]byte)
	if cap(first) != chunkSize+chunkSpare {
		t.Errorf("a chunk of %d bytes has grown to %d", len(first), cap(first))
	}
	again, err := w.Append(first)
	if err != nil || &again.([]byte)[0] != &first[0] {
		t.Errorf("the chunk is not used again: %v", err)
	}
	if again, err := w.Append(make([]byte, 1, chunkKeep+1)); again != nil || err != nil {
		t.Errorf("a chunk that has grown is used again: %v", err)
	}
	if _, err := w.Append("text"); err == nil {
		t.Error("the chunk of another format is written")
	}
	if err := w.End(); err != nil || w.Bytes() != int64(file.Len()) || file.Len() != len("a,b\r\n")+len(first)+1 {
		t.Errorf("%d bytes of %d, %v", w.Bytes(), file.Len(), err)
	}
}

// TestGoingOn: a file that is gone on with has one header.
func TestGoingOn(t *testing.T) {
	var file bytes.Buffer
	head := columns.File{Columns: []columns.Column{{Name: "a"}, {Name: "b"}}}
	var from *record.Position
	for _, line := range []string{"1,2\r\n", "3,4\r\n"} {
		w, err := newWriter(&file, false, head, from)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Append([]byte(line)); err != nil {
			t.Fatal(err)
		}
		p, ok, err := w.Keep()
		if err != nil || !ok || p.Bytes != int64(file.Len()) {
			t.Errorf("kept %+v, %v, %v of %d bytes", p, ok, err, file.Len())
		}
		from = &p
	}
	if got := file.String(); got != "a,b\r\n1,2\r\n3,4\r\n" {
		t.Errorf("%q", got)
	}
}

var lineBreak = regexp.MustCompile(`\r\n|\r|\n`)

// FuzzRecord reads what the encoder wrote back with encoding/csv, and compares
// it with what encoding/csv itself writes.
func FuzzRecord(f *testing.F) {
	for _, s := range []string{"", "a", `"`, ",", "\r\n", "\r", "\n\r", "a,\"b\"\r\nc", "grüße 😀", strings.Repeat("x", 40) + "\n"} {
		f.Add(s, "second", `\n`)
	}
	f.Add("a\nb", "", `","`)
	f.Add("a\x00b", strings.Repeat("x", 70)+"\x00\n\x00", "")
	f.Fuzz(func(t *testing.T, a, b, escape string) {
		escaping, preserving := encoderOf(New(Options{Escape: escape})), encoderOf(New(Options{PreserveLineBreaks: true, KeepNUL: true}))
		if escape == "" {
			escape = `\n`
		}
		write := func(e *encoder) string {
			e.Text([]byte(a))
			e.Text([]byte(b))
			e.Text([]byte("end")) // encoding/csv takes an empty line for no record
			e.EndRecord()
			return taken(e)
		}
		read := func(s string) []string {
			record, err := csv.NewReader(strings.NewReader(s)).ReadAll()
			if err != nil || len(record) != 1 {
				t.Fatalf("%q reads as %d records, %v", s, len(record), err)
			}
			return record[0]
		}
		// encoding/csv reads a carriage return with a line feed as a line feed.
		seen := func(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }
		// What stands for a line break is written as it is, a zero in the text is not.
		changed := func(s string) string {
			return seen(lineBreak.ReplaceAllLiteralString(strings.ReplaceAll(s, "\x00", "\uFFFD"), escape))
		}
		want := []string{changed(a), changed(b), "end"}
		if got := read(write(escaping)); !slices.Equal(got, want) {
			t.Errorf("escaped: %q, want %q", got, want)
		}
		var columns []int
		for i, s := range []string{a, b} {
			if strings.Contains(s, "\x00") {
				columns = append(columns, i)
			}
		}
		if got := escaping.TakeReplaced(); !slices.Equal(got, columns) {
			t.Errorf("U+0000 was replaced in the columns %v, want %v", got, columns)
		}
		want = []string{seen(a), seen(b), "end"}
		text := write(preserving)
		if preserving.Replaced() {
			t.Error("U+0000 was replaced although it is kept")
		}
		if got := read(text); !slices.Equal(got, want) {
			t.Errorf("preserved: %q, want %q", got, want)
		}
		var reference strings.Builder
		w := csv.NewWriter(&reference)
		if err := w.Write([]string{a, b, "end"}); err != nil {
			t.Fatal(err)
		}
		w.Flush()
		if len(text) > reference.Len()+1 { // the +1: our record ends with CRLF
			t.Errorf("%q is longer than %q", text, reference.String())
		}
	})
}

func TestPlain(t *testing.T) {
	for length := range 100 {
		b := []byte(strings.Repeat("\x8a", length))
		if !plain(b) {
			t.Fatalf("%d bytes that are not special are not plain", length)
		}
		for at := range b {
			for c := range 256 {
				b[at] = byte(c)
				if plain(b) == bytes.ContainsAny(b, "\",\r\n\x00") {
					t.Fatalf("byte %d of %d is %#x: plain=%v", at, length, c, plain(b))
				}
			}
			b[at] = 0x8a
		}
	}
}

func BenchmarkText(b *testing.B) {
	body := []byte(strings.Repeat("<p>Some \"words\" of a page, with commas and <a href=\"https://example.com/x\">links</a>.</p>\n", 40))
	for _, preserve := range []bool{false, true} {
		b.Run(map[bool]string{false: "escaped", true: "preserved"}[preserve], func(b *testing.B) {
			e := encoderOf(New(Options{PreserveLineBreaks: preserve}))
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			var buf []byte
			for b.Loop() {
				buf = e.appendField(buf[:0], body)
			}
		})
	}
}

// TestFieldsAreNotAllocated: cells that are appended one by one cost nothing else.
func TestFieldsAreNotAllocated(t *testing.T) {
	f := New(Options{})
	long := []byte(strings.Repeat("some \"text\", and\nmore ", 40))
	dst := make([]byte, 0, 4*len(long))
	if n := testing.AllocsPerRun(100, func() { dst = f.AppendField(dst[:0], long) }); n > 0 {
		t.Errorf("%v allocations for a field", n)
	}
}
