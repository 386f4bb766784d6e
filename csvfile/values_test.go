package csvfile

import (
	"math/rand/v2"
	"testing"
	"time"
)

func TestParseNumber(t *testing.T) {
	for in, want := range map[string]float64{
		"0": 0, "-5": -5, "+7": 7, " 12 ": 12, "1.5": 1.5, ".5": 0.5, "-1e3": -1000, "1E-2": 0.01,
		"123456789012345678": 123456789012345678, "12345678901234567890": 12345678901234567890,
	} {
		if got, ok := parseNumber([]byte(in)); !ok || got != want {
			t.Errorf("parseNumber(%q) = %v, %v, want %v", in, got, ok, want)
		}
	}
	for _, in := range []string{"", " ", "-", "+", "abc", "1a", "0x10", "Inf", "NaN", "1_000", "1,5", "--1", "1e", "e5", "1.2.3", "2026-01-01"} {
		if got, ok := parseNumber([]byte(in)); ok {
			t.Errorf("parseNumber(%q) = %v", in, got)
		}
	}
}

// TestParseSeconds compares the fast way with the standard library, over all
// months and the odd years.
func TestParseSeconds(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for range 20000 {
		want := time.Unix(rng.Int64N(300_000_000_000)-62_000_000_000, 0).UTC()
		s := want.Format("2006-01-02T15:04:05Z")
		if got, ok := parseSeconds([]byte(s)); !ok || got != float64(want.Unix()) {
			t.Fatalf("%s is %v, %v, want %v", s, got, ok, want.Unix())
		}
	}
	for _, s := range []string{
		"2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-32T00:00:00Z", "2026-01-00T00:00:00Z",
		"2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:60Z", "2026-01-0xT00:00:00Z", "2026-01-01T00:00:00X",
		"2026-01-01x", "not a time at all", "",
	} {
		if got, ok := parseSeconds([]byte(s)); ok {
			t.Errorf("%s is %v", s, got)
		}
	}
	for s, want := range map[string]float64{
		"2024-02-29T00:00:00Z": 1709164800, "1970-01-01": 0, "1970-01-02 00:00:01": 86401, "1970-01-01T02:00:00+0200": 0, "1970-01-01T00:00:00.250Z": 0.25,
	} {
		if got, ok := parseSeconds([]byte(s)); !ok || got != want {
			t.Errorf("%s is %v, %v, want %v", s, got, ok, want)
		}
	}
}
