package csvfile

import (
	"math"
	"slices"

	"sluice/csvfile/internal/sketch"
)

const (
	topValues     = 20
	histogramBins = 24
)

var profileQuantiles = []float64{0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99}

// profile sums up what was collected.
func (c *collector) profile(column int, name string) Profile {
	p := Profile{
		Column: column, Name: name,
		Rows: c.rows, Empty: c.empty, Missing: c.missing,
		Type: c.guess(), Types: map[ValueType]int64{},
		Distinct: c.distinct.Estimate(), TopSlack: c.top.Slack(),
		Min: string(c.least), Max: string(c.greatest),
		MinSize: c.minSize, MaxSize: c.maxSize,
	}
	for i, n := range c.byType {
		if n > 0 {
			p.Types[kindTypes[i]] = n
		}
	}
	if n := c.values(); n > 0 {
		p.MeanSize = c.sumSize / float64(n)
	}
	for _, v := range c.top.Values(topValues) {
		p.Top = append(p.Top, ValueCount{v.Text, v.Count})
	}
	all := c.top.Values(-1)
	if p.DistinctExact = p.TopSlack == 0; p.DistinctExact {
		p.Distinct = uint64(len(all))
	}
	switch p.Type {
	case TypeInteger, TypeDecimal:
		p.Min, p.Max = string(c.number.minAt), string(c.number.maxAt)
		n := c.byType[kindInteger] + c.byType[kindDecimal]
		p.Mean = c.sum / float64(n)
		c.distribution(&p, c.number, n, c.numbers, all, parseNumber)
	case TypeTime:
		p.Min, p.Max = string(c.moment.minAt), string(c.moment.maxAt)
		c.distribution(&p, c.moment, c.byType[kindTime], c.times, all, parseSeconds)
	case TypeText, TypeBoolean:
		sizes := extreme{any: true, min: float64(p.MinSize), max: float64(p.MaxSize)}
		c.distribution(&p, sizes, c.byType[kindText]+c.byType[kindBoolean], c.sizes, nil, nil)
	}
	return p
}

func (c *collector) values() (n int64) {
	for _, k := range c.byType {
		n += k
	}
	return n
}

// guess names the type that nearly all values have.
func (c *collector) guess() ValueType {
	n := float64(c.values())
	numbers := c.byType[kindInteger] + c.byType[kindDecimal]
	switch {
	case n == 0:
		return TypeEmpty
	case float64(c.byType[kindInteger]) >= typeShare*n && c.byType[kindDecimal] == 0:
		return TypeInteger
	case float64(numbers) >= typeShare*n:
		return TypeDecimal
	case float64(c.byType[kindTime]) >= typeShare*n:
		return TypeTime
	case float64(c.byType[kindBoolean]) >= typeShare*n:
		return TypeBoolean
	}
	return TypeText
}

// distribution fills in quantiles and histogram: exactly, when every value is
// known with its count, else from the digest.
func (c *collector) distribution(p *Profile, e extreme, n int64, d *sketch.Digest, all []sketch.Value, parse func([]byte) (float64, bool)) {
	if n == 0 {
		return
	}
	p.Histogram = bins(e.min, e.max)
	if p.DistinctExact && parse != nil {
		exactDistribution(p, n, all, parse)
		return
	}
	for _, q := range profileQuantiles {
		p.Quantiles = append(p.Quantiles, Quantile{q, min(max(d.Quantile(q), e.min), e.max)})
	}
	below := int64(0)
	for i := range p.Histogram {
		upTo := n
		if i+1 < len(p.Histogram) {
			upTo = max(int64(math.Round(d.CDF(p.Histogram[i].To)*float64(n))), below)
		}
		p.Histogram[i].Count = upTo - below
		below = upTo
	}
}

// bins cuts a range into bins of equal width, one if it is a single value.
func bins(lo, hi float64) []Bin {
	if !(hi > lo) {
		return []Bin{{From: lo, To: hi}}
	}
	out := make([]Bin, histogramBins)
	width := hi/histogramBins - lo/histogramBins
	for i := range out {
		out[i] = Bin{From: lo + float64(i)*width, To: lo + float64(i+1)*width}
	}
	out[len(out)-1].To = hi
	return out
}

func exactDistribution(p *Profile, n int64, all []sketch.Value, parse func([]byte) (float64, bool)) {
	type weighted struct {
		v float64
		n int64
	}
	var vs []weighted
	for _, a := range all {
		if v, ok := parse([]byte(a.Text)); ok {
			vs = append(vs, weighted{v, a.Count})
		}
	}
	slices.SortFunc(vs, func(a, b weighted) int {
		if a.v < b.v {
			return -1
		}
		return 1
	})
	q, seen, bin := 0, int64(0), 0
	for _, w := range vs {
		seen += w.n
		for q < len(profileQuantiles) && float64(seen) >= profileQuantiles[q]*float64(n) {
			p.Quantiles = append(p.Quantiles, Quantile{profileQuantiles[q], w.v})
			q++
		}
		for bin+1 < len(p.Histogram) && w.v >= p.Histogram[bin].To {
			bin++
		}
		p.Histogram[bin].Count += w.n
	}
}
