package changes

import (
	"bytes"
	"cmp"
	"math"
	"strconv"
	"strings"
	"testing"
)

// TestParseNumber: only the shortest form of a number is one, since another would be
// another text in the other file.
func TestParseNumber(t *testing.T) {
	for text, want := range map[string]int64{"0": 0, "7": 7, "-1": -1, "9223372036854775807": math.MaxInt64, "-9223372036854775808": math.MinInt64} {
		if n, ok := parseNumber([]byte(text)); !ok || n != want || strconv.FormatInt(n, 10) != text {
			t.Errorf("%s is %d, %v", text, n, ok)
		}
	}
	for _, text := range []string{"", "-", "-0", "00", "01", "+1", " 1", "1 ", "1.0", "1e3", "9223372036854775808", "-9223372036854775809", "99999999999999999999", "0x1", "１"} {
		if n, ok := parseNumber([]byte(text)); ok {
			t.Errorf("%q is %d", text, n)
		}
	}
}

// FuzzKey: the bytes of a composed key have the order of its columns, and only equal
// columns give equal bytes.
func FuzzKey(f *testing.F) {
	f.Add("a", int64(1), "b", int64(2))
	f.Add("a\x00", int64(-1), "a", int64(1))
	f.Add("a\x00\xff", int64(math.MinInt64), "a\x00", int64(math.MaxInt64))
	f.Add("", int64(0), "\x00", int64(0))
	f.Fuzz(func(t *testing.T, a string, an int64, b string, bn int64) {
		compose := func(text string, n int64) []byte {
			key, ok := appendPart(nil, []byte(text), byBytes)
			if !ok {
				t.Fatalf("%q is refused", text)
			}
			if key, ok = appendPart(key, strconv.AppendInt(nil, n, 10), byNumber); !ok {
				t.Fatalf("%d is refused", n)
			}
			return key
		}
		want := cmp.Or(strings.Compare(a, b), cmp.Compare(an, bn))
		if got := bytes.Compare(compose(a, an), compose(b, bn)); got != want {
			t.Errorf("%q, %d is to %q, %d as %d, want %d", a, an, b, bn, got, want)
		}
	})
}
