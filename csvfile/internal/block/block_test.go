package block

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
)

var comma = Syntax{Delimiter: ',', Quote: quote, Terminator: '\n'}

// reference is the state machine one byte at a time, written to be obviously
// right rather than fast. stray reports a quote in a
// field, or text behind a closing quote.
func reference(b []byte, prev byte, st State, syn Syntax) (records, last int, end State, stray bool) {
	last = -1
	for i, c := range b {
		q := c == syn.Quote && syn.Quote != 0
		switch {
		case q && st == Inside:
			st = Closed
		case q && st == Closed:
			st = Inside
		case q && (prev == syn.Delimiter || prev == syn.Terminator):
			st = Inside
		case q:
			stray = true
		case st == Inside:
		default:
			if st == Closed && c != syn.Delimiter && c != syn.Terminator && c != '\r' {
				stray = true
			}
			st = Outside
			if c == syn.Terminator {
				records, last = records+1, i+1
			}
		}
		prev = c
	}
	return records, last, st, stray
}

// stateBefore keeps start states possible: Closed only behind a quote.
func possible(st State, prev byte, syn Syntax) bool {
	return st != Closed || prev == syn.Quote && prev != 0
}

func check(t *testing.T, b []byte, prev byte, syn Syntax) {
	t.Helper()
	strict, foreign := Scan(b, prev, syn), ScanForeign(b, prev, syn)
	if words := scan(b, prev, syn, false); words != strict {
		t.Fatalf("Scan(%q, %q) = %+v without vector instructions, %+v with", b, prev, words, strict)
	}
	for st := Outside; st < numStates; st++ {
		if !possible(st, prev, syn) {
			continue
		}
		n, last, end, stray := reference(b, prev, st, syn)
		if gn, gl, ge := Count(b, prev, st, syn); gn != n || gl != last || ge != end {
			t.Fatalf("Count(%q, %q, %d) = %d %d %d, want %d %d %d", b, prev, st, gn, gl, ge, n, last, end)
		}
		if foreign.Records[st] != uint32(n) || foreign.End[st] != end {
			t.Fatalf("ScanForeign(%q, %q)[%d] = %d %d, want %d %d", b, prev, st, foreign.Records[st], foreign.End[st], n, end)
		}
		for k := 1; k <= n+1 && len(b) <= 64; k++ { // the reference is slow

			if got, want := Nth(b, prev, st, syn, k), nthReference(b, prev, st, syn, k); got != want {
				t.Fatalf("Nth(%q, %q, %d, %d) = %d, want %d", b, prev, st, k, got, want)
			}
		}
		ends, end2 := Ends(nil, 100, b, prev, st, syn)
		if len(ends) != n || end2 != end || n > 0 && ends[n-1] != int64(100+last) {
			t.Fatalf("Ends(%q, %q, %d) = %d %d, want %d ends, the last %d, state %d", b, prev, st, ends, end2, n, 100+last, end)
		}
		if stray && !strict.Stray[st] {
			t.Fatalf("Scan(%q, %q)[%d] does not see the stray quote", b, prev, st)
		}
		if !strict.Stray[st] && (strict.Records[st] != uint32(n) || strict.End[st] != end) {
			t.Fatalf("Scan(%q, %q)[%d] = %d %d, want %d %d", b, prev, st, strict.Records[st], strict.End[st], n, end)
		}
		if !stray && strict.Stray[st] {
			t.Fatalf("Scan(%q, %q)[%d] sees a stray quote where there is none", b, prev, st)
		}
	}
}

// nthReference is Nth by the reference.
func nthReference(b []byte, prev byte, st State, syn Syntax, k int) int {
	for i := range b {
		if n, last, _, _ := reference(b[:i+1], prev, st, syn); n == k && last == i+1 {
			return last
		}
	}
	return -1
}

func TestScanAgainstReference(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	const letters = `"",,` + "\n\r" + `ab`
	for i := range 60000 {
		b := make([]byte, 1+rng.IntN(24))
		for j := range b {
			b[j] = letters[rng.IntN(len(letters))]
		}
		prev := letters[rng.IntN(len(letters))]
		syn := comma
		switch i % 5 {
		case 0:
			syn = Syntax{Delimiter: ';', Quote: quote, Terminator: '\r'}
		case 1:
			syn.Quote = 'a'
		case 2:
			syn.Quote = 0
		}
		check(t, b, prev, syn)
	}
}

func TestScanLongSegments(t *testing.T) {
	line := append(bytes.Repeat([]byte("x,yyyyyyyyyyy,zz\n"), 40), `"a""b`...)
	for cut := range 200 {
		check(t, line[cut:], 'y', comma)
	}
}

// TestScanLong: text long enough for what scans 64 bytes at a time, against the
// reference: without order, regular, and regular with one quote put in. Among it
// are bytes that differ from structural ones in the high or the lowest bit only.
func TestScanLong(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	pick := func(pieces []string) string { return pieces[rng.IntN(len(pieces))] }
	text := []string{"", "a", "bcd", "#-\v", "\xa2", "\x8a", "\xac", "longer text without anything in it", strings.Repeat("long ", 30)}
	data := append([]string{"\"\"", ",", "\n", "\r\n"}, text...)
	mixed := append([]string{"\"", ",\"", "\",", "\"\n", "\xac\""}, data...)
	for i := range 4000 {
		var b []byte
		for n := 64 + rng.IntN(600); len(b) < n; {
			switch {
			case i%4 == 0:
				b = append(b, pick(mixed)...)
				continue
			case rng.IntN(2) == 0:
				b = append(b, pick(text)...)
			default:
				b = append(b, quote)
				for range rng.IntN(6) {
					b = append(b, pick(data)...)
				}
				b = append(b, quote)
			}
			b = append(b, pick([]string{",", ",", "\n", "\r\n"})...)
		}
		if i%4 == 1 {
			b[rng.IntN(len(b))] = quote
		}
		cut := rng.IntN(len(b) - 1)
		if i%2 == 0 {
			cut = 0
		}
		prev := byte('\n')
		if cut > 0 {
			prev = b[cut-1]
		}
		check(t, b[cut:], prev, comma)
		check(t, b[cut:], prev, Syntax{Delimiter: ',', Quote: quote, Terminator: '\r'})
		check(t, b[cut:], prev, Syntax{Delimiter: 0xac, Quote: quote, Terminator: '\n'})
		check(t, b[cut:], prev, Syntax{Delimiter: ',', Quote: 'b', Terminator: '\n'})
		check(t, b[cut:], prev, Syntax{Delimiter: ',', Terminator: '\n'})
	}
}

func FuzzScan(f *testing.F) {
	f.Add([]byte("a,b\n\"x\ny\",\"\"\n"), byte('\n'))
	f.Add([]byte("a\"b,\"c\"d\"\n"), byte('"'))
	f.Add(bytes.Repeat([]byte("1,\"a \"\"title\"\"\r\nof two lines\",\"x\"\r\n"), 6), byte('\n'))
	f.Add(append(bytes.Repeat([]byte("12,\"日本\"\n"), 6), bytes.Repeat([]byte("no quotes here, "), 9)...), byte('"'))
	f.Fuzz(func(t *testing.T, b []byte, prev byte) {
		if len(b) == 0 {
			return // blocks are never empty
		}
		if len(b) > 300 {
			b = b[:300]
		}
		check(t, b, prev, comma)
		check(t, b, prev, Syntax{Delimiter: ',', Quote: 'a', Terminator: '\n'})
		check(t, b, prev, Syntax{Delimiter: ',', Terminator: '\n'})
	})
}

func BenchmarkScan(b *testing.B) {
	plain := bytes.Repeat([]byte("1234567,2026-01-02T03:04:05Z,page_viewed,00000000-aaaa,confluence,some text here,1\n"), Size/82)
	quoted := bytes.Repeat([]byte("1234567,\"some title\",\"a body with\na break and \"\"quotes\"\" in it\",\"x\",\"y\",5\n"), Size/78)
	sparse := bytes.Repeat([]byte("1234567,2026-01-02T03:04:05Z,\"one, two\",00000000-aaaa,confluence,some text here and some more,and more,1\n"), Size/106)
	for _, c := range []struct {
		name string
		data []byte
	}{{"plain", plain}, {"quoted", quoted}, {"sparse", sparse}} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.data)))
			for b.Loop() {
				Scan(c.data, '\n', comma)
			}
		})
		b.Run(c.name+"/foreign", func(b *testing.B) {
			b.SetBytes(int64(len(c.data)))
			for b.Loop() {
				ScanForeign(c.data, '\n', comma)
			}
		})
	}
}
