package csvenc

import (
	"bytes"
	"encoding/csv"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

func TestFields(t *testing.T) {
	tests := []struct{ name, in, escaped, preserved string }{
		{"empty", "", "", ""},
		{"plain", "abc", "abc", "abc"},
		{"spaces are not quoted", " a ", " a ", " a "},
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
				e := New(Options{PreserveLineBreaks: preserve})
				if got := string(e.AppendField(nil, []byte(tt.in))); got != want {
					t.Errorf("preserve=%v: %s, want %s", preserve, got, want)
				}
			}
		})
	}
}

func TestEscapeThatNeedsQuotes(t *testing.T) {
	e := New(Options{Escape: `,"`})
	if got, want := string(e.AppendField(nil, []byte("a\nb"))), `"a,""b"`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, want := string(e.AppendField(nil, []byte("ab"))), `ab`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestRecords(t *testing.T) {
	var e Encoder
	e.Empty()
	e.Int(-7)
	e.Text([]byte("x,y"))
	e.EncodedString("raw")
	e.EndRecord()
	n := e.Len()
	e.Text([]byte("gone"))
	e.Truncate(n)
	e.Text([]byte("second"))
	e.EndRecord()
	if got, want := string(e.Take(nil)), ",-7,\"x,y\",raw\r\nsecond\r\n"; got != want {
		t.Errorf("%q, want %q", got, want)
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
		escaping, preserving := New(Options{Escape: escape}), New(Options{PreserveLineBreaks: true, KeepNUL: true})
		if escape == "" {
			escape = `\n`
		}
		write := func(e *Encoder) string {
			e.Text([]byte(a))
			e.Text([]byte(b))
			e.EncodedString("end") // encoding/csv takes an empty line for no record
			e.EndRecord()
			return string(e.Take(nil))
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
		if got := read(write(&escaping)); !slices.Equal(got, want) {
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
		text := write(&preserving)
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

func TestCut(t *testing.T) {
	tests := []struct {
		name, in     string
		limit        int
		units, runes string
	}{
		{"shorter", "abc", 5, "abc", "abc"},
		{"exact", "abcde", 5, "abcde", "abcde"},
		{"ascii", "abcdefghijklmnop", 10, "abcdefghij", "abcdefghij"},
		{"two bytes each", "ääääää", 4, "ääää", "ääää"},
		{"pair fits", "abc😀x", 5, "abc😀", "abc😀x"},
		{"pair would be split", "abcd😀x", 5, "abcd", "abcd😀"},
		{"pair first", "😀😀", 1, "", "😀"},
		{"invalid", "ab\xffcd", 3, "ab\xff", "ab\xff"},
		{"zero", "abc", 0, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := string(CutUTF16([]byte(tt.in), tt.limit)); got != tt.units {
				t.Errorf("UTF-16: %q, want %q", got, tt.units)
			}
			if got := string(CutCodePoints([]byte(tt.in), tt.limit)); got != tt.runes {
				t.Errorf("code points: %q, want %q", got, tt.runes)
			}
		})
	}
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

// FuzzCut compares with the conversion to UTF-16 of the standard library.
func FuzzCut(f *testing.F) {
	f.Add("abcdefgh😀ijklmnop", 9)
	f.Add("ä€😀", 2)
	f.Fuzz(func(t *testing.T, s string, limit int) {
		if !utf8.ValidString(s) || limit < 0 || limit > 1000 {
			t.Skip()
		}
		got := CutUTF16([]byte(s), limit)
		units := utf16.Encode([]rune(s))
		want := units[:min(limit, len(units))]
		if n := len(want); n > 0 && n < len(units) && utf16.IsSurrogate(rune(want[n-1])) && utf16.DecodeRune(rune(want[n-1]), rune(units[n])) != utf8.RuneError {
			want = want[:n-1]
		}
		if string(got) != string(utf16.Decode(want)) {
			t.Errorf("CutUTF16(%q, %d) = %q, want %q", s, limit, got, string(utf16.Decode(want)))
		}
	})
}

func BenchmarkText(b *testing.B) {
	body := []byte(strings.Repeat("<p>Some \"words\" of a page, with commas and <a href=\"https://example.com/x\">links</a>.</p>\n", 40))
	for _, preserve := range []bool{false, true} {
		b.Run(map[bool]string{false: "escaped", true: "preserved"}[preserve], func(b *testing.B) {
			e := New(Options{PreserveLineBreaks: preserve})
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			var buf []byte
			for b.Loop() {
				buf = e.AppendField(buf[:0], body)
			}
		})
	}
}
