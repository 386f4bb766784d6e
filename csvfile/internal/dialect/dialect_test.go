package dialect

import (
	"bytes"
	"io"
	"math/rand/v2"
	"reflect"
	"testing"
	"testing/iotest"

	"sluice/csvfile/internal/record"
)

// plainRecords are the records of a text that a Reader has written.
func plainRecords(t *testing.T, text []byte, form Form) (out [][]string) {
	t.Helper()
	for len(text) > 0 {
		fields, n, ok := record.Split(text, true, form.Syntax(), nil)
		if !ok || n == 0 {
			t.Fatalf("no record in %q", text)
		}
		var rec []string
		for _, f := range fields {
			rec = append(rec, string(f.Append(nil, text)))
		}
		out, text = append(out, rec), text[n:]
	}
	return out
}

var backslash = Form{Delimiter: ',', Quote: '"', Escape: '\\', Comment: '#'}

func TestReader(t *testing.T) {
	mixed, many := Form{Delimiter: ',', Quote: '"', Ends: Mixed}, Form{Delimiter: ',', Quote: '"', Ends: CRCRLF}
	pipes := Form{Delimiter: '|', Doubled: true, Quote: '"'}
	for _, c := range []struct {
		form Form
		in   string
		want [][]string
		odd  Odd
	}{
		{backslash, "", nil, Odd{}},
		{backslash, "a,b\n1,2", [][]string{{"a", "b"}, {"1", "2"}}, Odd{Records: 2}},
		{backslash, "\"a\\\"b\",c\\,d\n\\\n,\\\\\n", [][]string{{`a"b`, "c,d"}, {"\n", `\`}}, Odd{Records: 2}},
		{backslash, "\"a\"\"b\",\"\"\n", [][]string{{`a"b`, ""}}, Odd{Records: 1}},
		{backslash, "# x,\"\na,\n#\n\n\r\n,\n", [][]string{{"a", ""}, nil, nil, {"", ""}}, Odd{Records: 4, Comments: 2}},
		{backslash, "a\rb,\"c\r\"\r\nd\r\r\n", [][]string{{"a\rb", "c\r"}, {"d\r"}}, Odd{Records: 2}},
		{backslash, "a,\"b\"c\n\"d\"\"e", [][]string{{"a", "bc"}, {"d\"e"}}, Odd{Records: 2, Strays: 1, Unclosed: true, UnclosedAt: 7}},
		{backslash, "a\\", [][]string{{`a\`}}, Odd{Records: 1}},
		{mixed, "a\rb\r\nc\n\r\r\n\"d\r\n\re\"", [][]string{{"a"}, {"b"}, {"c"}, nil, nil, {"d\r\n\re"}}, Odd{Records: 6, UnclosedAt: 10}},
		{pipes, "a||b|c||\n|||\"x|y\"||\"z\"||\n||\n\n|", [][]string{{"a", "b|c", ""}, {"", "|\"x|y\"", "z", ""}, {"", ""}, nil, {"|"}}, Odd{Records: 5, UnclosedAt: 23}},
		{pipes, "\"a\"|\"b\"||c|\r\nd|\re", [][]string{{"a|\"b\"", "c|"}, {"d|\re"}}, Odd{Records: 2, Strays: 1}},
		{many, "a\r\r\nb\r\n\"c\r\r\n\"\rd\r\r\r\n", [][]string{{"a"}, {"b"}, {"c\r\r\n\rd"}}, Odd{Records: 3, Strays: 1, StrayRecord: 2, UnclosedAt: 7}},
	} {
		for _, src := range []io.Reader{bytes.NewReader([]byte(c.in)), iotest.OneByteReader(bytes.NewReader([]byte(c.in)))} {
			r := NewReader(src, c.form, 0)
			out, err := io.ReadAll(r)
			odd := r.Found()
			if !odd.Unclosed {
				odd.UnclosedAt, c.odd.UnclosedAt = 0, 0
			}
			if got := plainRecords(t, out, c.form); err != nil || !reflect.DeepEqual(got, c.want) || odd != c.odd {
				t.Errorf("%q gives %q %+v, want %q %+v, %v", c.in, got, odd, c.want, c.odd, err)
			}
		}
	}
}

// TestReaderAgreesWithScanner: a text that the scanner reads as it is has the same
// records when it is written anew.
func TestReaderAgreesWithScanner(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	const letters = "\"\",,\n\rab"
	for range 20_000 {
		text := make([]byte, rng.IntN(24))
		for i := range text {
			text[i] = letters[rng.IntN(len(letters))]
		}
		agree(t, text, ',', '"')
		agree(t, text, 'b', 'a')
	}
}

func agree(t *testing.T, text []byte, delimiter, quote byte) {
	t.Helper()
	plain := Form{Delimiter: delimiter, Quote: quote}
	anew := plain
	anew.Comment = 0xff // which makes it no plain form, and does not occur
	if bytes.IndexByte(text, 0xff) >= 0 {
		return
	}
	out, _ := Recast(text, anew, true)
	if got, want := plainRecords(t, out, anew), plainRecords(t, text, plain); !reflect.DeepEqual(got, want) {
		t.Fatalf("%q written anew is %q, with records %q, want %q", text, out, got, want)
	}
}

func FuzzReader(f *testing.F) {
	f.Add([]byte("a,\"b\\\"\"\n#x\r\r\n'c',\r"), byte('\\'), byte('#'), byte(3))
	f.Fuzz(func(t *testing.T, text []byte, escape, comment, ends byte) {
		agree(t, text, ',', '"')
		form := Form{Delimiter: ',', Quote: '\'', Escape: escape, Comment: comment, Ends: Ends(ends % 4)}
		whole, odd := Recast(text, form, true)
		r := NewReader(iotest.OneByteReader(bytes.NewReader(text)), form, 0)
		pieces, err := io.ReadAll(r)
		if err != nil || !bytes.Equal(whole, pieces) || odd != r.Found() {
			t.Fatalf("%q is %q in pieces, %q whole, %v", text, pieces, whole, err)
		}
		if form.Plain() {
			return
		}
		if n := int64(len(plainRecords(t, whole, form))); n != odd.Records {
			t.Fatalf("%q: %d records in %q, %d were written", text, n, whole, odd.Records)
		}
	})
}

// FuzzOf holds that a guess is always one by which the text can be read, and that what
// is given is heeded.
func FuzzOf(f *testing.F) {
	for _, text := range []string{"", "sep=;\n", "a,b\n1,2\n", "# c\n#a\tb\n1\t2\n", "T\n\na;b\n1,5;2\n", "'a','b, c'\r\r\n", "\"a\\\"\",b\rc", "\"open\n1^2\n"} {
		f.Add([]byte(text), true, byte(0))
	}
	f.Fuzz(func(t *testing.T, text []byte, whole bool, delimiter byte) {
		g := Given{Last: true}
		if delimiter != 0 && delimiter != '\n' && delimiter != '\r' && delimiter != '"' && delimiter != '\'' {
			g.Delimiter = Byte{true, delimiter}
		}
		r := Of(text, whole, g)
		if r.Start < 0 || r.Start > len(text) || r.Skipped < 0 || r.Skipped < r.Comments+r.Blank {
			t.Fatalf("%q: %+v", text, r)
		}
		if g.Delimiter.Given && r.Delimiter != delimiter {
			t.Fatalf("%q: the delimiter is %q, not %q", text, r.Delimiter, delimiter)
		}
		if r.Delimiter == r.Quote && r.Quote != 0 || r.Delimiter == '\n' {
			t.Fatalf("%q: %+v", text, r)
		}
		rest, form := text[r.Start:], r.Form
		if !form.Plain() {
			rest, _ = Recast(rest, form, true)
		}
		plainRecords(t, rest, form)
	})
}
