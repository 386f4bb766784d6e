package preview

import (
	"slices"
	"testing"

	"sluice/csvfile"
)

func TestProfileWords(t *testing.T) {
	value := func(p csvfile.Profile, r role, caption string) string {
		for _, f := range profileFacts(p, r) {
			if f.Caption == caption {
				return f.Value
			}
		}
		return "(no such line)"
	}
	number := csvfile.Profile{Type: csvfile.TypeInteger, Rows: 1000, Empty: 21, Distinct: 990, Min: "7", Max: "98305000", Mean: 12.345,
		Quantiles: []csvfile.Quantile{{Q: 0.5, Value: 1234}}}
	text := csvfile.Profile{Type: csvfile.TypeText, Rows: 1000, Distinct: 3, DistinctExact: true, MeanSize: 1700, MaxSize: 10_000}
	for _, c := range []struct {
		p             csvfile.Profile
		r             role
		caption, want string
	}{
		{number, roleNone, "Distinct (about)", "979"}, // no more than there are values
		{number, roleNone, "Empty", "2.1 %"},
		{number, roleNone, "Largest", "98,305,000"},
		{number, roleNone, "Mean", "12.35"},
		{number, roleNone, "Median (about)", "1,234"},
		{text, roleNone, "Distinct", "3"},
		{text, roleNone, "Empty", "none"},
		{text, roleNone, "Length, most", "10.0 kB"},
		{text, roleUser, "Length, most", "(no such line)"},
		{csvfile.Profile{Type: csvfile.TypeTime, Min: "2026-01-01", Rows: 1}, roleTime, "Earliest", "2026-01-01"},
	} {
		if got := value(c.p, c.r, c.caption); got != c.want {
			t.Errorf("%s of %s: %q, want %q", c.caption, c.p.Type, got, c.want)
		}
	}
	for v, want := range map[float64]string{0: "none", 1: "all", 0.0001: "< 0.1 %", 0.9999: "> 99.9 %", 0.5: "50.0 %"} {
		if got := share(v); got != want {
			t.Errorf("share(%v) = %q, want %q", v, got, want)
		}
	}
}

func TestProfileTop(t *testing.T) {
	p := csvfile.Profile{Rows: 1000, Top: []csvfile.ValueCount{{Value: "ff01", Count: 180}, {Value: "", Count: 90}, {Value: "x", Count: 4}}}
	top := profileTop(p, roleUser, 5, func(id string) string { return map[string]string{"ff01": "Ana Lima"}[id] })
	var got []string
	for _, v := range top {
		got = append(got, v.Name+" "+v.Percent)
	}
	if want := []string{"Ana Lima 18 %", "(empty) 9 %", "x < 1 %"}; !slices.Equal(got, want) {
		t.Errorf("top values %q, want %q", got, want)
	}
	if top[0].Share <= top[1].Share || top[0].Share > 1 {
		t.Errorf("bars of %v and %v", top[0].Share, top[1].Share)
	}
	unique := csvfile.Profile{Rows: 1000, Top: []csvfile.ValueCount{{Value: "a", Count: 1}}}
	if profileTop(unique, roleNone, 5, func(string) string { return "" }) != nil {
		t.Error("a column of unique values has top values")
	}
}

func TestProfileBins(t *testing.T) {
	p := csvfile.Profile{Type: csvfile.TypeTime, Distinct: 100}
	for i := range 48 {
		p.Histogram = append(p.Histogram, csvfile.Bin{From: float64(i) * 864_000, To: float64(i+1) * 864_000, Count: 2})
	}
	bins := profileBins(p, roleTime, 24)
	sum := 0.0
	for _, b := range bins {
		sum += b
	}
	if len(bins) != 24 || sum != 96 {
		t.Errorf("%d bins with %v values", len(bins), sum)
	}
	if from, to := profileEnds(p); from != "1970-01" || to != "1971-04" {
		t.Errorf("from %s to %s", from, to)
	}
	if profileBins(p, roleUser, 24) != nil {
		t.Error("ids of users have a histogram")
	}
}
