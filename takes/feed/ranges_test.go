package feed

import (
	"math"
	"testing"
)

// TestRanges: every key is in the range that begins at or below it, also below zero.
func TestRanges(t *testing.T) {
	for key, want := range map[int64]int64{0: 0, RangeSize - 1: 0, RangeSize: 1, -1: -1, -RangeSize: -1, -RangeSize - 1: -2, math.MaxInt64: math.MaxInt64 / RangeSize, math.MinInt64: math.MinInt64 / RangeSize} {
		if got := RangeOf(key); got != want || got*RangeSize > key {
			t.Errorf("key %d is in the range %d, want %d", key, got, want)
		}
	}
}

// TestSumsTellStatesApart: they are the same whatever the order of the rows, and others
// when a row comes, goes, changes, or two swap their versions.
func TestSumsTellStatesApart(t *testing.T) {
	type row struct {
		key     int64
		version string
	}
	sums := func(rows ...row) (s Sums) {
		for _, r := range rows {
			s.Add(r.key, []byte(r.version))
		}
		return s
	}
	first := sums(row{1, "900.5"}, row{2, "900.7"}, row{RangeSize + 3, "4294967295.1"})
	if got := sums(row{RangeSize + 3, "4294967295.1"}, row{2, "900.7"}, row{1, "900.5"}); got != first {
		t.Errorf("in another order: %v, not %v", got, first)
	}
	for name, other := range map[string]Sums{
		"a row more":         sums(row{1, "900.5"}, row{2, "900.7"}, row{RangeSize + 3, "4294967295.1"}, row{9, "0"}),
		"a row less":         sums(row{1, "900.5"}, row{2, "900.7"}),
		"another length":     sums(row{1, "900.6"}, row{2, "900.7"}, row{RangeSize + 3, "4294967295.1"}),
		"another version":    sums(row{1, "901.5"}, row{2, "900.7"}, row{RangeSize + 3, "4294967295.1"}),
		"versions that swap": sums(row{1, "900.7"}, row{2, "900.5"}, row{RangeSize + 3, "4294967295.1"}),
		"another key":        sums(row{4, "900.5"}, row{2, "900.7"}, row{RangeSize + 3, "4294967295.1"}),
	} {
		if other == first {
			t.Errorf("%s: the sums are the same", name)
		}
	}
	s := first
	s.Add(77, []byte("12.-1"))
	s.Drop(77, []byte("12.-1"))
	if s != first {
		t.Errorf("after a row came and went: %v, not %v", s, first)
	}
	joined := sums(row{1, "900.5"})
	joined.Join(sums(row{2, "900.7"}, row{RangeSize + 3, "4294967295.1"}))
	if joined != first {
		t.Errorf("of two parts: %v, not %v", joined, first)
	}
}

// TestNumbersOfVersions: the number less the length, in 32 bits; what is none counts 0.
func TestNumbersOfVersions(t *testing.T) {
	for version, want := range map[string]uint32{"": 0, "7": 7, "7.2": 5, "7.-1": 8, "0.1": math.MaxUint32, "4294967296": 0, "x.3": math.MaxUint32 - 2, "99999999999999999999": 0} {
		if got := number([]byte(version)); got != want {
			t.Errorf("%q counts %d, want %d", version, got, want)
		}
	}
}

func TestSafetyIsSaid(t *testing.T) {
	for want, s := range map[string]Safety{
		"without TLS": {}, "TLS 1.3, the certificate not checked": {TLS: "TLS 1.3"}, "TLS 1.2, the certificate checked": {TLS: "TLS 1.2", Checked: CheckedName},
		"TLS 1.3, the certificate of a trusted authority, the name not checked": {TLS: "TLS 1.3", Checked: CheckedAuthority},
	} {
		if got := s.String(); got != want {
			t.Errorf("%+v: %q", s, got)
		}
	}
	if a, b := (Table{Name: "content"}).String(), (Table{Schema: "public", Name: "content"}).String(); a != "content" || b != "public.content" {
		t.Errorf("tables are said as %q and %q", a, b)
	}
}
