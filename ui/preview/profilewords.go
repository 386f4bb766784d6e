package preview

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"sluice/csvfile"
	"sluice/ui/look"
	"sluice/ui/preview/celltext"
	"sluice/ui/texts"
)

// kindWord is what the pill on a column says: what its ids stand for, else its type.
func kindWord(p csvfile.Profile, r role) string {
	t := texts.T.Preview.Profile
	switch r {
	case roleUser:
		return t.User
	case roleSpace:
		return t.Space
	case roleContent:
		return t.Content
	}
	switch p.Type {
	case csvfile.TypeInteger, csvfile.TypeDecimal:
		return t.Number
	case csvfile.TypeBoolean:
		return t.Boolean
	case csvfile.TypeTime:
		return t.Time
	case csvfile.TypeEmpty:
		return t.NoValue
	}
	return t.Text
}

// profileFacts are the lines of figures about a column.
func profileFacts(p csvfile.Profile, r role) []look.Fact {
	t := texts.T.Preview.Profile
	about := func(caption string) string {
		if p.DistinctExact {
			return caption
		}
		return fmt.Sprintf(t.About, caption)
	}
	// An estimate may be a little more than there are values at all.
	n := min(int64(p.Distinct), p.Rows-p.Empty-p.Missing)
	facts := []look.Fact{
		{Caption: about(t.Distinct), Value: group(n)},
		{Caption: t.Empty, Value: share(p.EmptyShare())},
	}
	if r == roleUser || r == roleSpace {
		return facts
	}
	switch p.Type {
	case csvfile.TypeInteger, csvfile.TypeDecimal:
		facts = append(facts,
			look.Fact{Caption: t.Smallest, Value: figure(p.Min)},
			look.Fact{Caption: t.Largest, Value: figure(p.Max)},
			look.Fact{Caption: t.Mean, Value: round(p.Mean)})
		if m, ok := quantile(p, 0.5); ok {
			facts = append(facts, look.Fact{Caption: about(t.Median), Value: round(m)})
		}
	case csvfile.TypeTime:
		facts = append(facts,
			look.Fact{Caption: t.Earliest, Value: celltext.OneLine(p.Min, 24)},
			look.Fact{Caption: t.Latest, Value: celltext.OneLine(p.Max, 24)})
	case csvfile.TypeText:
		facts = append(facts,
			look.Fact{Caption: t.MeanLength, Value: size(int64(math.Round(p.MeanSize)))},
			look.Fact{Caption: t.MostLength, Value: size(p.MaxSize)})
	}
	return facts
}

func quantile(p csvfile.Profile, q float64) (float64, bool) {
	for _, x := range p.Quantiles {
		if x.Q == q {
			return x.Value, true
		}
	}
	return 0, false
}

// figure groups the thousands of a number as it stands in the file, if it is a
// plain whole one; ids of that length are numbers too.
func figure(s string) string {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return group(n)
	}
	return celltext.OneLine(s, 20)
}

// round writes a number with the digits that matter.
func round(v float64) string {
	switch {
	case math.Abs(v) >= 1e15 || v != 0 && math.Abs(v) < 1e-4:
		return texts.Decimal(strconv.FormatFloat(v, 'g', 4, 64))
	case math.Abs(v) >= 1000 || v == math.Trunc(v):
		return group(int64(math.Round(v)))
	}
	return texts.Decimal(strconv.FormatFloat(v, 'f', 2, 64))
}

// share writes a share in percent: what is little is never none.
func share(v float64) string {
	switch {
	case v <= 0:
		return texts.T.Preview.Profile.None
	case v >= 1:
		return texts.T.Preview.Profile.All
	case v < 0.001:
		return texts.Decimal("< 0.1 %")
	case v > 0.999:
		return texts.Decimal("> 99.9 %")
	}
	return texts.Decimal(fmt.Sprintf("%.1f %%", v*100))
}

// topValue is one of the most frequent values as it is drawn.
type topValue struct {
	Name    string
	Share   float64 // of the most frequent one's bar, nearly full
	Percent string
}

// profileTop are the most frequent values, at most n. Where nearly every value is
// its own there is nothing to show, nor where the values are whole pages.
func profileTop(p csvfile.Profile, r role, n int, nameOf func(string) string) []topValue {
	if r == roleContent || p.Rows == 0 || len(p.Top) == 0 || p.Top[0].Count <= 1 || float64(p.Top[0].Count)/float64(p.Rows) < 0.002 {
		return nil
	}
	var out []topValue
	for _, v := range p.Top[:min(n, len(p.Top))] {
		name := nameOf(v.Value)
		if name == "" {
			name = celltext.OneLine(v.Value, 40)
		}
		if v.Value == "" {
			name = texts.T.Preview.Profile.EmptyValue
		}
		s := float64(v.Count) / float64(p.Rows)
		pct := fmt.Sprintf("%.0f %%", s*100)
		if s < 0.01 {
			pct = "< 1 %"
		}
		out = append(out, topValue{Name: name, Share: 0.92 * float64(v.Count) / float64(p.Top[0].Count), Percent: pct})
	}
	return out
}

// profileBins are the heights of the histogram, at most n; none for a column of
// few different values, which the top values show better.
func profileBins(p csvfile.Profile, r role, n int) []float64 {
	if r == roleUser || r == roleSpace || len(p.Histogram) == 0 || p.Distinct < 6 || p.Type == csvfile.TypeBoolean {
		return nil
	}
	out := make([]float64, min(n, len(p.Histogram)))
	for i, b := range p.Histogram {
		out[i*len(out)/len(p.Histogram)] += float64(b.Count)
	}
	return out
}

// profileEnds are the words at both ends of the histogram.
func profileEnds(p csvfile.Profile) (from, to string) {
	if len(p.Histogram) == 0 {
		return "", ""
	}
	lo, hi := p.Histogram[0].From, p.Histogram[len(p.Histogram)-1].To
	switch p.Type {
	case csvfile.TypeTime:
		a, b := time.Unix(int64(lo), 0).UTC(), time.Unix(int64(hi), 0).UTC()
		layout := "2006-01"
		if b.Sub(a) < 90*24*time.Hour {
			layout = time.DateOnly
		}
		return a.Format(layout), b.Format(layout)
	case csvfile.TypeText:
		return size(int64(lo)), fmt.Sprintf(texts.T.Preview.Profile.Long, size(int64(hi)))
	}
	return round(lo), round(hi)
}
