package csvfile

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

func profileOf(t *testing.T, src Source, column int) Profile {
	t.Helper()
	p, err := ProfileColumn(context.Background(), src, column, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestProfileSmallIsExact(t *testing.T) {
	f := openContent(t, "n,word,when,flag,mixed,blank\n"+
		"3,b,2026-01-01T00:00:00Z,true,1,\n"+
		"1,a,2026-01-03T00:00:00Z,false,x,\n"+
		"2,b,2026-01-02T00:00:00Z,TRUE,2026-01-01,\n"+
		"10,\"c\"\"c\",2026-01-02T00:00:00Z,false,,\n"+
		"4\n\n")
	n := profileOf(t, f, 0)
	if n.Type != TypeInteger || n.Rows != 6 || n.Empty != 0 || n.Missing != 1 || n.Min != "1" || n.Max != "10" || n.Mean != 4 || n.Distinct != 5 || !n.DistinctExact {
		t.Errorf("numbers: %+v", n)
	}
	if q := n.Quantiles[3]; q.Q != 0.5 || q.Value != 3 {
		t.Errorf("median of numbers: %+v", n.Quantiles)
	}
	if h := n.Histogram; len(h) != histogramBins || h[0].Count != 1 || h[0].From != 1 || h[23].Count != 1 || h[23].To != 10 {
		t.Errorf("histogram of numbers: %+v", h)
	}
	w := profileOf(t, f, 1)
	if w.Type != TypeText || w.Missing != 2 || w.Distinct != 3 || w.Min != "a" || w.Max != `c"c` || w.MinSize != 1 || w.MaxSize != 3 || w.MeanSize != 1.5 {
		t.Errorf("words: %+v", w)
	}
	if !slices.Equal(w.Top, []ValueCount{{"b", 2}, {"a", 1}, {`c"c`, 1}}) || w.TopSlack != 0 {
		t.Errorf("top words: %v", w.Top)
	}
	when := profileOf(t, f, 2)
	if when.Type != TypeTime || when.Min != "2026-01-01T00:00:00Z" || when.Max != "2026-01-03T00:00:00Z" || when.Quantiles[3].Value != float64(time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC).Unix()) {
		t.Errorf("times: %+v", when)
	}
	if flag := profileOf(t, f, 3); flag.Type != TypeBoolean || flag.Types[TypeBoolean] != 4 {
		t.Errorf("flags: %+v", flag)
	}
	if mixed := profileOf(t, f, 4); mixed.Type != TypeText || mixed.Empty != 1 || mixed.Types[TypeInteger] != 1 || mixed.Types[TypeTime] != 1 || mixed.Types[TypeText] != 1 {
		t.Errorf("mixed: %+v", mixed)
	}
	if blank := profileOf(t, f, 5); blank.Type != TypeEmpty || blank.EmptyShare() != 1 || len(blank.Histogram) != 0 {
		t.Errorf("blank: %+v", blank)
	}
}

func TestProfileLarge(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	var b strings.Builder
	b.WriteString("id,v,word\n")
	const n = 60_000
	words := 0
	for i := range n {
		word := fmt.Sprint("w", rng.IntN(1<<30))
		if i%4 == 0 {
			word = "frequent"
			words++
		}
		fmt.Fprintf(&b, "%d,%.4f,%s\n", i, rng.NormFloat64()*10+50, word)
	}
	f := openContent(t, b.String(), WithWorkers(3))
	id := profileOf(t, f, 0)
	if id.Type != TypeInteger || id.Rows != n || id.DistinctExact || math.Abs(float64(id.Distinct)-n) > 0.03*n || id.Min != "0" || id.Max != fmt.Sprint(n-1) || id.Mean != (n-1)/2. {
		t.Errorf("ids: %+v", id)
	}
	total := int64(0)
	for _, bin := range id.Histogram {
		total += bin.Count
		if math.Abs(float64(bin.Count)-n/histogramBins) > 0.2*n/histogramBins { // how close depends on which worker read what
			t.Errorf("bin of ids: %+v", bin)
		}
	}
	if total != n {
		t.Errorf("histogram counts %d values", total)
	}
	v := profileOf(t, f, 1)
	if v.Type != TypeDecimal || math.Abs(v.Mean-50) > 0.3 || math.Abs(v.Quantiles[3].Value-50) > 0.3 || math.Abs(v.Quantiles[5].Value-66.45) > 0.6 {
		t.Errorf("values: mean %v, quantiles %v", v.Mean, v.Quantiles)
	}
	w := profileOf(t, f, 2)
	if top := w.Top[0]; top.Value != "frequent" || top.Count > int64(words) || top.Count+w.TopSlack < int64(words) {
		t.Errorf("top word: %+v, slack %d, truly %d", top, w.TopSlack, words)
	}
	view := filtered(t, f, Condition{Column: 2, Text: "frequent"})
	if p := profileOf(t, view, 2); p.Rows != int64(words) || p.Distinct != 1 || len(p.Top) != 1 {
		t.Errorf("profile of a view: %+v", p)
	}
}

func TestProfileRefusesAndStops(t *testing.T) {
	f := openContent(t, makeCSV("quoted", 3<<20, 1))
	if _, err := ProfileColumn(context.Background(), f, 3, nil); err == nil {
		t.Error("column 3 of 3 is accepted")
	}
	ctx, cancel := context.WithCancel(context.Background())
	if _, err := ProfileColumn(ctx, f, 0, func(Progress) { cancel() }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled profile: %v", err)
	}
}
