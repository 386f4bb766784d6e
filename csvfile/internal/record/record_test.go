package record

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"sluice/csvfile/internal/block"
)

var comma = block.Syntax{Delimiter: ',', Quote: '"', Terminator: '\n'}

// collector is a Sink that keeps everything.
type collector struct {
	fields []string
	cur    []byte
}

func (c *collector) Data(p []byte) { c.cur = append(c.cur, p...) }
func (c *collector) EndField() {
	c.fields = append(c.fields, string(c.cur))
	c.cur = c.cur[:0]
}

func splitAll(b []byte, syn block.Syntax) (records [][]string) {
	for len(b) > 0 {
		fs, n, ok := Split(b, true, syn, nil)
		if !ok || n == 0 {
			panic("no progress")
		}
		var rec []string
		for _, f := range fs {
			rec = append(rec, string(f.Append(nil, b)))
		}
		records = append(records, rec)
		b = b[n:]
	}
	return records
}

func streamAll(b []byte, syn block.Syntax, step int) (records [][]string) {
	for len(b) > 0 {
		s, c, n, done := Stream{Syntax: syn}, collector{}, 0, false
		for !done && n < len(b) {
			var k int
			k, done = s.Feed(b[n:min(n+step, len(b))], &c)
			n += k
		}
		if !done {
			s.Finish(&c)
		}
		records = append(records, c.fields)
		b = b[n:]
	}
	return records
}

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     [][]string
	}{
		{"lf", "a,b\nc,d\n", [][]string{{"a", "b"}, {"c", "d"}}},
		{"crlf", "a,b\r\nc,d\r\n", [][]string{{"a", "b"}, {"c", "d"}}},
		{"no final newline", "a,b\nc,d", [][]string{{"a", "b"}, {"c", "d"}}},
		{"final carriage return", "a,b\r", [][]string{{"a", "b"}}},
		{"empty fields", ",\n,,\n", [][]string{{"", ""}, {"", "", ""}}},
		{"quoted", "\"a,b\",\"c\nd\"\n", [][]string{{"a,b", "c\nd"}}},
		{"doubled", "\"a\"\"b\",\"\"\"\"\n", [][]string{{`a"b`, `"`}}},
		{"empty quoted", "\"\",\"\"\n\"\"\n", [][]string{{"", ""}, {""}}},
		{"quoted crlf kept", "\"a\r\nb\"\r\n", [][]string{{"a\r\nb"}}},
		{"quoted carriage return kept", "\"a\r\"\n", [][]string{{"a\r"}}},
		{"blank lines", "a\n\n\r\nb\n", [][]string{{"a"}, nil, nil, {"b"}}},
		{"text behind quote", "\"a\"b\"c\",d\n", [][]string{{`ab"c"`, "d"}}},
		{"stray quote", "a\"b,c\"\"d\n", [][]string{{`a"b`, `c""d`}}},
		{"unclosed", "a,\"b\nc,d\n", [][]string{{"a", "b\nc,d\n"}}},
		{"lone carriage return", "a\rb,\rc\r,d\n", [][]string{{"a\rb", "\rc\r", "d"}}},
		{"two carriage returns", "a\r\r\n", [][]string{{"a\r"}}},
		{"nul", "a\x00,\x00\n", [][]string{{"a\x00", "\x00"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			equal(t, "Split", splitAll([]byte(c.in), comma), c.want)
			for step := 1; step < 5; step++ {
				equal(t, "Stream", streamAll([]byte(c.in), comma, step), c.want)
			}
		})
	}
}

func equal(t *testing.T, what string, got, want [][]string) {
	t.Helper()
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Fatalf("%s: got %q, want %q", what, got, want)
	}
}

// TestSplitNeedsMore: with the end of the file unknown, a cut record is never
// taken for a whole one.
func TestSplitNeedsMore(t *testing.T) {
	for _, rec := range []string{"a,b\n", "a,\"b\"\n", "a,\"b\"\"c\"\r\n", "\r\n", "\"\"\n"} {
		want, n, ok := Split([]byte(rec), false, comma, nil)
		if !ok || n != len(rec) {
			t.Fatalf("%q: n=%d ok=%v", rec, n, ok)
		}
		for cut := range len(rec) {
			if _, _, ok := Split([]byte(rec[:cut]), false, comma, nil); ok {
				t.Errorf("%q: record %q taken for whole", rec, rec[:cut])
			}
		}
		_ = want
	}
}

// columnsAgree compares Column with Split on every record.
func columnsAgree(t *testing.T, b []byte, syn block.Syntax) {
	t.Helper()
	for len(b) > 0 {
		fields, n, _ := Split(b, true, syn, nil)
		for col := range len(fields) + 2 {
			f, has, k, ok := Column(b, syn, col)
			if !ok {
				continue
			}
			if k != n || has != (col < len(fields)) || has && f != fields[col] {
				t.Fatalf("Column(%q, %d) = %v %v %d, want %v of %d", b, col, f, has, k, fields, n)
			}
		}
		b = b[n:]
	}
}

func agree(t *testing.T, b []byte, syn block.Syntax) {
	t.Helper()
	columnsAgree(t, b, syn)
	want := splitAll(b, syn)
	for _, step := range []int{1, 2, 3, 7, len(b)} {
		if step > 0 {
			equal(t, "Stream against Split", streamAll(b, syn, step), want)
		}
	}
	ends, _, _ := block.Count(b, syn.Terminator, block.Outside, syn)
	if len(b) > 0 && ends != len(want) && ends != len(want)-1 {
		t.Fatalf("%q: %d records end, %d records split", b, ends, len(want))
	}
}

func TestStreamAgreesWithSplit(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	const letters = `"",,` + "\n\r" + `ab`
	for i := range 40000 {
		b := make([]byte, rng.IntN(20))
		for j := range b {
			b[j] = letters[rng.IntN(len(letters))]
		}
		syn := comma
		if i%4 == 0 {
			syn.Terminator = '\r'
		}
		agree(t, b, syn)
	}
}

func TestColumnReadsPlainLines(t *testing.T) {
	f, has, n, ok := Column([]byte("a,bc,d\r\nx"), comma, 2)
	if !ok || !has || n != 8 || f != (Field{Start: 5, End: 6}) {
		t.Fatalf("%v %v %d %v", f, has, n, ok)
	}
}

// TestColumnOfManyColumns: wherever the delimiters stand in a line of any length, and
// whatever bytes are between them.
func TestColumnOfManyColumns(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	letters := []byte{',', ',', ',' ^ 0x80, ',' + 1, ',' - 1, 0, 0x7f, 0x80, 0xff, 'x'}
	for range 4000 {
		b := make([]byte, 1+rng.IntN(90))
		for j := range b {
			b[j] = letters[rng.IntN(len(letters))]
		}
		columnsAgree(t, append(b, '\n'), comma)
	}
}

func BenchmarkColumn(b *testing.B) {
	line := []byte("123456,2026-05-10T22:59:45Z,page_created,1bb1851c7d127e784282,4edf747f,confluence,90,true,report and\n")
	for _, col := range []int{0, 2, 6, 8} {
		b.Run(fmt.Sprint(col), func(b *testing.B) {
			b.SetBytes(int64(len(line)))
			for b.Loop() {
				Column(line, comma, col)
			}
		})
	}
}

func FuzzStreamAgreesWithSplit(f *testing.F) {
	f.Add([]byte("a,\"b\"\"\nc\"\r\n\r\nd"))
	f.Add([]byte("\"a\"b\"\r,\n\r"))
	f.Fuzz(func(t *testing.T, b []byte) { agree(t, b, comma) })
}

func BenchmarkSplit(b *testing.B) {
	data := bytes.Repeat([]byte("1234567,2026-01-02T03:04:05Z,page_viewed,00000000-aaaa,confluence,some text here,1\n"), 800)
	b.SetBytes(int64(len(data)))
	fields := make([]Field, 0, 16)
	for b.Loop() {
		for rest := data; len(rest) > 0; {
			_, n, _ := Split(rest, true, comma, fields)
			rest = rest[n:]
		}
	}
}
