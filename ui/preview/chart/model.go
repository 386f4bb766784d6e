package chart

import (
	"math"
	"strconv"

	"sluice/csvfile"
	"sluice/ui/texts"
)

const (
	// MostBars is how many groups are drawn as bars, and mostSeries how many lines there are.
	MostBars   = 20
	mostSeries = 5
	// MostSpans is how many days, months or years a line has.
	MostSpans = 4000
	// MostRows is how many groups are looked at for a drawing.
	MostRows = 20_000
)

// Table is the groups to be drawn.
type Table struct {
	By     csvfile.Grouping
	Header []string
	Rows   [][]string // the first groups, in their order
	Count  int64      // of all groups
	Empty  string     // what an empty key is called
}

// Model is what is drawn.
type Model struct {
	Lines  bool     // else bars
	Value  string   // what the values are: "count"
	By     string   // what the groups are: "space"
	Labels []string // of the bars, or of the spans from the first to the last
	Series []Series // of bars one
	Scale  Scale
	// Others is how many groups are not drawn, and Series those that are no lines.
	Others, OtherSeries int64
	// NoTime are groups without a time, which a line has no place for.
	NoTime int64
}

// Series is a line, or all bars.
type Series struct {
	Name   string
	Values []float64 // NaN where there is none
	Rows   []int     // the groups that they are of, -1 for none
	total  float64
}

// Scale is the axis of the values.
type Scale struct {
	From, To float64
	Ticks    []Tick
}

// Tick is a mark of the axis.
type Tick struct {
	At   float64
	Text string
}

// Build decides what is drawn of a table; ok is false if nothing that was asked is a number.
func Build(t Table) (m Model, ok bool) {
	value := t.valueColumn()
	if value < 0 || len(t.Rows) == 0 {
		return m, false
	}
	m.Value = t.Header[value]
	if at := t.timeKey(); at >= 0 {
		m.By = t.Header[at]
		m.lines(t, at, value)
	} else {
		m.bars(t, value)
	}
	lo, hi := m.extent()
	m.Scale = scaleOf(lo, hi)
	return m, len(m.Labels) > 0
}

// valueColumn is the first column behind the keys that has numbers, -1 without one.
func (t Table) valueColumn() int {
	for c := len(t.By.Keys); c < len(t.Header); c++ {
		for _, row := range t.Rows {
			if _, ok := number(row, c); ok {
				return c
			}
		}
	}
	return -1
}

func number(row []string, c int) (float64, bool) {
	if c >= len(row) {
		return 0, false
	}
	v, err := strconv.ParseFloat(row[c], 64)
	return v, err == nil && !math.IsInf(v, 0) && !math.IsNaN(v)
}

// timeKey is the place of the first key that is a span of time, -1 without one.
func (t Table) timeKey() int {
	for i, k := range t.By.Keys {
		if k.Bucket != csvfile.BucketNone {
			return i
		}
	}
	return -1
}

// name is what a group is called by its keys but one.
func (t Table) name(row []string, but int) string {
	name := ""
	for i := range t.By.Keys {
		if i == but {
			continue
		}
		key := row[i]
		if key == "" {
			key = t.Empty
		}
		if name != "" {
			name += " · "
		}
		name += key
	}
	return name
}

func (m *Model) bars(t Table, value int) {
	m.By = t.name(t.Header, -1)
	var s Series
	for i, row := range t.Rows {
		if len(m.Labels) == MostBars {
			break
		}
		v, ok := number(row, value)
		if !ok {
			v = math.NaN()
		}
		m.Labels = append(m.Labels, t.name(row, -1))
		s.Values, s.Rows = append(s.Values, v), append(s.Rows, i)
	}
	m.Series = []Series{s}
	m.Others = t.Count - int64(len(m.Labels))
}

// extent is the least and the greatest value that is drawn.
func (m *Model) extent() (lo, hi float64) {
	for _, s := range m.Series {
		for _, v := range s.Values {
			if !math.IsNaN(v) {
				lo, hi = min(lo, v), max(hi, v)
			}
		}
	}
	return lo, hi
}

// scaleOf is an axis from 0, or from below it, with marks at round numbers.
func scaleOf(lo, hi float64) Scale {
	if hi == lo {
		hi = lo + 1
	}
	step := math.Pow(10, math.Floor(math.Log10((hi-lo)/4)))
	for _, k := range []float64{1, 2, 5, 10} {
		if (hi-lo)/(k*step) <= 5 {
			step *= k
			break
		}
	}
	s := Scale{From: math.Floor(lo/step) * step, To: math.Ceil(hi/step) * step}
	for i := math.Round(s.From / step); i <= math.Round(s.To/step); i++ {
		s.Ticks = append(s.Ticks, Tick{i * step, Short(i * step)})
	}
	return s
}

// Share is where a value stands on the scale, from 0 to 1.
func (s Scale) Share(v float64) float64 {
	return max(0, min(1, (v-s.From)/(s.To-s.From)))
}

// Short writes a number for an axis: "1.5 M".
func Short(v float64) string {
	for _, u := range []struct {
		from float64
		name string
	}{{1e12, " T"}, {1e9, " G"}, {1e6, " M"}, {1e4, " k"}} {
		if math.Abs(v) >= u.from {
			unit := u.from
			if u.name == " k" {
				unit = 1e3
			}
			return texts.Decimal(strconv.FormatFloat(math.Round(v/unit*100)/100, 'f', -1, 64)) + u.name
		}
	}
	if v == math.Trunc(v) {
		return texts.Count(int64(v))
	}
	return texts.Decimal(strconv.FormatFloat(v, 'g', 4, 64))
}
