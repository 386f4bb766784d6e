package groupby

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestParseSum(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0", "-0": "0", "7": "7", "+7": "7", "-7": "-7", "1.50": "1.5", ".5": "0.5", "5.": "5", "-.25": "-0.25", " 3\t": "3",
		"1e3": "1000", "1.5E-3": "0.0015", "12e+2": "1200", "9007199254740993": "9007199254740993",
		"123456789012345678901234567890.12": "123456789012345678901234567890.12", "-99999999999999999999": "-99999999999999999999",
		"0.000000000000000000000000000001": "0.000000000000000000000000000001", "1e30": "1" + strings.Repeat("0", 30),
		"000000000000000000000000007": "7", "9223372036854775807": "9223372036854775807",
		"": "", " ": "", "-": "", ".": "", "e5": "", "1e": "", "1e+": "", "1.2.3": "", "0x10": "", "1_000": "", "Inf": "", "NaN": "", "1,5": "", "1 2": "", "1e401": "", "1e-401": "", "--1": "",
		strings.Repeat("1", 65): "",
	} {
		s, ok := ParseSum([]byte(text))
		if ok != (want != "") || ok && s.String() != want {
			t.Errorf("%q is %v, %v, want %q", text, s, ok, want)
		}
	}
}

// TestSumIsExact: sums, means and comparisons are those of fractions of any size.
func TestSumIsExact(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 3))
	for range 300 {
		var sum, half Sum
		want, n := new(big.Rat), int64(1+rng.IntN(50))
		for range n {
			text := fmt.Sprintf("%d.%d", rng.Int64()>>rng.IntN(63), rng.IntN(1000))
			if rng.IntN(3) == 0 {
				text = fmt.Sprintf("-%d%de-%d", rng.Uint64(), rng.Uint64()>>rng.IntN(64), rng.IntN(20))
			}
			s, ok := ParseSum([]byte(text))
			v, _ := new(big.Rat).SetString(text)
			if !ok {
				t.Fatalf("%q is no number", text)
			}
			if rng.IntN(2) == 0 {
				sum.Add(s)
			} else {
				half.Add(s)
			}
			if c, w := s.Compare(sum), v.Cmp(rat(t, sum)); c != w {
				t.Fatalf("%v against %v: %d, want %d", s, sum, c, w)
			}
			want.Add(want, v)
		}
		again, rest := readSum(append(half.append(nil), 'x'))
		sum.Add(again)
		if len(rest) != 1 || rat(t, sum).Cmp(want) != 0 {
			t.Fatalf("the sum is %v, want %v", sum, want)
		}
		mean, _ := new(big.Rat).SetString(sum.Mean(n))
		off := new(big.Rat).Sub(mean, new(big.Rat).Quo(want, big.NewRat(n, 1)))
		if off.Abs(off).Cmp(big.NewRat(1, 2_000_000)) > 0 {
			t.Fatalf("the mean is %v, want %v / %d", sum.Mean(n), want, n)
		}
	}
}

func rat(t *testing.T, s Sum) *big.Rat {
	t.Helper()
	r, ok := new(big.Rat).SetString(s.String())
	if !ok {
		t.Fatalf("%q", s.String())
	}
	return r
}

func TestMeanIsRounded(t *testing.T) {
	for _, c := range []struct {
		sum  string
		n    int64
		want string
	}{{"1", 3, "0.333333"}, {"2", 3, "0.666667"}, {"-2", 3, "-0.666667"}, {"-1", 2, "-0.5"}, {"0", 7, "0"}, {"0.01", 8, "0.00125"}, {"10", 2, "5"}, {"-1e-9", 1, "-0.000000001"}} {
		s, _ := ParseSum([]byte(c.sum))
		if got := s.Mean(c.n); got != c.want {
			t.Errorf("%s / %d is %s, want %s", c.sum, c.n, got, c.want)
		}
	}
}

// FuzzParseSum: what is read as a number has the value that a fraction of that text has.
func FuzzParseSum(f *testing.F) {
	for _, s := range []string{"1", "-1.5", "1e5", ".5", "5.", "1e-400", "123456789012345678901", " 2 "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, ok := ParseSum([]byte(text))
		if !ok {
			return
		}
		want, wok := new(big.Rat).SetString(strings.TrimSpace(text))
		if !wok || rat(t, s).Cmp(want) != 0 {
			t.Errorf("%q is %v, want %v", text, s, want)
		}
	})
}

// TestSumLeavesItsPart: what is added stays as it is, also where it is too large for a word.
func TestSumLeavesItsPart(t *testing.T) {
	large, _ := ParseSum([]byte("123456789012345678901234567890"))
	small, _ := ParseSum([]byte("0.001"))
	var sum Sum
	for range 3 {
		sum.Add(large)
		sum.Add(small)
	}
	if sum.String() != "370370367037037036703703703670.003" || large.String() != "123456789012345678901234567890" || small.String() != "0.001" {
		t.Errorf("%v of %v and %v", sum, large, small)
	}
}
