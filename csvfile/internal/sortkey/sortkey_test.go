package sortkey

import (
	"bytes"
	"math/big"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// numbers are in their order; those in one line are the same number.
var numbers = [][]string{
	{"-1e1125899906842624"}, {"-1e400", "-10e399"}, {"-123456789012345678901234567890"}, {"-100", "-1e2", "-100.000"}, {"-99.5"}, {"-12"}, {"-1.01"}, {"-1"}, {"-0.5", "-.5", "-5e-1"}, {"-1e-400"},
	{"0", "-0", "+0.0", "00", ".0", "0e99", "0."},
	{"1e-1125899906842624"}, {"1e-400", "0.1e-399"}, {"1e-63"}, {"1e-62"}, {"0.001"}, {"0.01", ".01"}, {"0.10", "0.1", ".1"}, {"0.101"}, {"1", "+1", " 1 ", "\t1", "1.", "001", "1e0", "1\u00a0"}, {"1.5"}, {"2"}, {"9"}, {"10", "1e1"}, {"11"}, {"12"}, {"99"}, {"100"}, {"101"}, {"120"}, {"123"}, {"1230"},
	{"9007199254740992"}, {"9007199254740993"}, {"9007199254740993.5"}, {"9007199254740994"}, {"123456789012345678901234567890"}, {"1e61"}, {"1e62"}, {"1e63"}, {"1e400"}, {"2e400"},
}

func number(t testing.TB, s string) []byte {
	t.Helper()
	key, ok := AppendNumber([]byte("x"), []byte(s))
	if !ok {
		t.Fatalf("%q is no number", s)
	}
	return key[1:]
}

func TestNumbers(t *testing.T) {
	var before []byte
	for _, line := range numbers {
		key := number(t, line[0])
		if bytes.Compare(before, key) >= 0 {
			t.Errorf("%s does not come behind the one before: %x, %x", line[0], before, key)
		}
		if len(before) > 0 && bytes.HasPrefix(key, before) {
			t.Errorf("the key of %s begins with the one before: %x, %x", line[0], before, key)
		}
		for _, same := range line[1:] {
			if !bytes.Equal(number(t, same), key) {
				t.Errorf("%s and %s: %x and %x", line[0], same, key, number(t, same))
			}
		}
		before = key
	}
	for _, s := range []string{"", " ", ".", "-", "+.", "e5", "1e", "1e+", "1.2.3", "1,5", "0x10", "Inf", "NaN", "1_000", "--1", "1 2", "1e99999999999999999999", "١"} {
		if _, ok := AppendNumber(nil, []byte(s)); ok {
			t.Errorf("%q is a number", s)
		}
	}
}

// FuzzNumbers holds the order of keys against that of exact fractions.
func FuzzNumbers(f *testing.F) {
	for i, line := range numbers {
		f.Add(line[0], numbers[(i*7+3)%len(numbers)][0])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		x, xok := exactly(a)
		y, yok := exactly(b)
		kx, ok := AppendNumber(nil, []byte(a))
		ky, _ := AppendNumber(nil, []byte(b))
		if xok && !ok {
			t.Fatalf("%q is no number", a)
		}
		if !xok || !yok {
			return
		}
		if got, want := bytes.Compare(kx, ky), x.Cmp(y); got != want {
			t.Fatalf("%q to %q: %d, want %d (%x, %x)", a, b, got, want, kx, ky)
		}
		if !bytes.Equal(kx, ky) && bytes.HasPrefix(ky, kx) {
			t.Fatalf("the key of %q begins with that of %q: %x, %x", b, a, ky, kx)
		}
	})
}

// exactly reads what a float can be read from, exactly, if it is of some size.
func exactly(s string) (*big.Rat, bool) {
	s = strings.TrimSpace(s)
	if strings.ContainsAny(s, "xXpP_iInN/") {
		return nil, false
	}
	if v, err := strconv.ParseFloat(s, 64); err != nil || v != 0 && (v < 1e-300 && v > -1e-300) || len(s) > 200 {
		return nil, false
	}
	if _, e, ok := strings.Cut(strings.ToLower(s), "e"); ok {
		if n, err := strconv.Atoi(e); err != nil || n > 1000 || n < -1000 {
			return nil, false
		}
	}
	return new(big.Rat).SetString(s)
}

// FuzzTimes holds the order of keys against that of instants.
func FuzzTimes(f *testing.F) {
	f.Add(int64(0), 0, int64(-1), 999_999_999)
	f.Add(int64(-62_135_596_800), 0, int64(253_402_300_799), 1)
	f.Add(int64(5), 0, int64(5), 1)
	f.Fuzz(func(t *testing.T, s int64, n int, s2 int64, n2 int) {
		const most = 1 << 45
		s, s2, n, n2 = s%most, s2%most, max(n, 0)%1e9, max(n2, 0)%1e9
		want := time.Unix(s, int64(n)).Compare(time.Unix(s2, int64(n2)))
		if got := bytes.Compare(AppendTime(nil, s, n), AppendTime(nil, s2, n2)); got != want {
			t.Errorf("%d.%d to %d.%d: %d, want %d", s, n, s2, n2, got, want)
		}
	})
}

// FuzzText holds the order of texts, within keys of two columns, against the collator's.
func FuzzText(f *testing.F) {
	run := strings.Repeat("a", 70)
	for _, pair := range [][2]string{
		{"Pages", "pages"}, {"a\x00b", "a-b"}, {"co-op", "coop"}, {"ä", "a"}, {"\xff", "é\xe9"}, {"ｱ", "ア"}, {"x²", "x2"}, {"\u0301", "a\u0301"},
		{run, run + "a"}, {run + "A", run + "a"}, {run + "Aa", run + "A"}, {run[:60] + "á", run[:61]}, {run[:60] + "ább", run[:59] + "ábbb"}, {"A" + run, "A" + run[:65]}, {"漢字", "漢"}, {"🙂", "🙃"},
	} {
		f.Add(pair[0], pair[1])
	}
	own := newCollation()
	c := collate.New(language.Und)
	f.Fuzz(func(t *testing.T, a, b string) {
		if a == "" || b == "" {
			return
		}
		key := func(s string, desc bool) []byte {
			e := NewEncoder([]Column{{Kind: Text, Desc: desc}, {Kind: Bytes}}, 1<<20, nil)
			k, _ := e.Append(nil, 0, []byte(s), false)
			k, _ = e.Append(k, 1, []byte("same"), false)
			return k
		}
		var bufA, bufB collate.Buffer
		want := bytes.Compare(c.KeyFromString(&bufA, a), c.KeyFromString(&bufB, b))
		ka, kb := key(a, false), key(b, false)
		if got := bytes.Compare(ka, kb); got != want {
			t.Errorf("%q to %q: %d, want %d", a, b, got, want)
		}
		if want != 0 && bytes.HasPrefix(kb, ka) {
			t.Errorf("the key of %q begins with that of %q", b, a)
		}
		if got := bytes.Compare(key(a, true), key(b, true)); got != -want {
			t.Errorf("%q to %q, downwards: %d, want %d", a, b, got, -want)
		}
		if plain, long := own.append(nil, []byte(a)), shorten(nil, c.KeyFromString(&bufA, a)); !bytes.Equal(plain, long) {
			t.Errorf("%q is %x, from the collator's key %x", a, plain, long)
		}
	})
}

// FuzzBytes holds the order of keys of two columns against that of the texts, with a
// limit that cuts some.
func FuzzBytes(f *testing.F) {
	f.Add("a", "b", "a\x00", "b", false)
	f.Add("", "\x01", "\x00", "\x01\x00", true)
	f.Add("0123456789", "x", "0123456", "y", true)
	f.Fuzz(func(t *testing.T, a1, a2, b1, b2 string, desc bool) {
		const limit = 8
		e := NewEncoder([]Column{{Kind: Bytes, Desc: desc}, {Kind: Bytes}}, limit, nil)
		key := func(s1, s2 string) []byte {
			k, class := e.Append(nil, 0, []byte(s1), false)
			if class != LongOf {
				k, _ = e.Append(k, 1, []byte(s2), false)
			}
			return k
		}
		ka, kb := key(a1, a2), key(b1, b2)
		if !bytes.Equal(ka, kb) && bytes.HasPrefix(kb, ka) {
			t.Fatalf("%x begins with %x", kb, ka)
		}
		if len(a1) > limit && len(b1) > limit && a1[:limit] == b1[:limit] {
			if !bytes.Equal(ka, kb) {
				t.Errorf("%q and %q are not told apart by their start: %x, %x", a1, b1, ka, kb)
			}
			return
		}
		want := compareTexts(a1, b1, desc)
		if want == 0 && len(a2) <= limit && len(b2) <= limit {
			want = compareTexts(a2, b2, false)
		} else if want == 0 {
			return
		}
		if got := bytes.Compare(ka, kb); got != want {
			t.Errorf("(%q, %q) to (%q, %q): %d, want %d", a1, a2, b1, b2, got, want)
		}
	})
}

// compareTexts is the order of two cells: empty ones are last either way.
func compareTexts(a, b string, desc bool) int {
	switch {
	case a == b:
		return 0
	case a == "":
		return 1
	case b == "":
		return -1
	case desc:
		return strings.Compare(b, a)
	}
	return strings.Compare(a, b)
}

func TestClasses(t *testing.T) {
	instant := func(cell []byte) (int64, int, bool) {
		v, err := time.Parse(time.RFC3339Nano, string(cell))
		return v.Unix(), v.Nanosecond(), err == nil
	}
	for _, c := range []struct {
		kind  Kind
		cell  string
		more  bool
		class Class
	}{
		{Number, "12", false, Value}, {Number, "12", true, Other}, {Number, "x", false, Other}, {Number, "", false, Empty},
		{Time, "2026-01-01T00:00:00Z", false, Value}, {Time, "2026", false, Other}, {Time, "", false, Empty},
		{Text, "a", false, Value}, {Text, "aaaaaaaaaaaaa", false, LongOf}, {Text, "a", true, LongOf}, {Bytes, "", false, Empty}, {Text, "äääääää", false, LongOf},
	} {
		for _, desc := range []bool{false, true} {
			e := NewEncoder([]Column{{c.kind, desc}}, 10, instant)
			key, class := e.Append(nil, 0, []byte(c.cell), c.more)
			if class != c.class || key[0] != byte(min(class, Empty)) && class != LongOf {
				t.Errorf("%q as %d: %d, key %x, want %d", c.cell, c.kind, class, key, c.class)
			}
		}
	}
}
