package csvfile

import (
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestCompareExact: numbers compare as those of unlimited precision do, and have the same
// key if they are the same.
func TestCompareExact(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 5))
	random := func() string {
		var b strings.Builder
		b.WriteString([]string{"", "-", "+"}[rng.IntN(3)])
		for range rng.IntN(4) {
			b.WriteByte("019"[rng.IntN(3)])
		}
		if rng.IntN(3) == 0 {
			b.WriteString("9007199254740993")
		}
		b.WriteByte("019"[rng.IntN(3)])
		if rng.IntN(2) == 0 {
			b.WriteByte('.')
			for range rng.IntN(4) {
				b.WriteByte("019"[rng.IntN(3)])
			}
		}
		if rng.IntN(3) == 0 {
			b.WriteString([]string{"e2", "E-3", "e+1", "e0"}[rng.IntN(4)])
		}
		return b.String()
	}
	rat := func(s string) *big.Rat {
		r, ok := new(big.Rat).SetString(strings.TrimPrefix(s, "+"))
		if !ok {
			t.Fatalf("%q", s)
		}
		return r
	}
	for range 20_000 {
		a, b := random(), random()
		want := rat(a).Cmp(rat(b))
		got := compareExact([]byte(a), []byte(b))
		x, ok := parseExact([]byte(a))
		y, also := parseExact([]byte(b))
		if got > 0 != (want > 0) || got < 0 != (want < 0) || !ok || !also {
			t.Fatalf("%s to %s is %d, want %d", a, b, got, want)
		}
		if same := string(x.appendKey(nil)) == string(y.appendKey(nil)); same != (want == 0) {
			t.Fatalf("%s and %s: keys are the same: %v", a, b, same)
		}
		if d := y.compare(x.f, []byte(a)); d > 0 != (want > 0) || d < 0 != (want < 0) {
			t.Fatalf("%s to the bound %s is %d, want %d", a, b, d, want)
		}
	}
}

// TestExactBounds: digits beyond those of a float64 count.
func TestExactBounds(t *testing.T) {
	f := openContent(t, "n,x\n9007199254740992,\n9007199254740993,\n9007199254740993.0,\n12345678901234567890123,\n12345678901234567890124,\n-9007199254740993,\n")
	for _, c := range []struct {
		c    Condition
		want int64
	}{
		{Condition{Min: "9007199254740993"}, 4},
		{Condition{Min: "9007199254740993", MinOpen: true}, 2},
		{Condition{Min: "9007199254740993", Max: "9007199254740993"}, 2},
		{Condition{Max: "9007199254740992"}, 2},
		{Condition{Min: "12345678901234567890123", MinOpen: true}, 1},
		{Condition{Max: "-9007199254740992", MaxOpen: true}, 1},
	} {
		c.c.Op = OpNumber
		if n, _ := filtered(t, f, c.c).Total(); n != c.want {
			t.Errorf("%+v: %d rows, want %d", c.c, n, c.want)
		}
	}
	if p, err := ProfileColumn(t.Context(), f, 0, nil); err != nil || p.Max != "12345678901234567890124" || p.Min != "-9007199254740993" {
		t.Errorf("from %s to %s, %v", p.Min, p.Max, err)
	}
}
