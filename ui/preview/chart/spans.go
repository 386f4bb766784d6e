package chart

import (
	"math"
	"slices"
	"sort"
	"time"

	"sluice/csvfile"
)

var layouts = map[csvfile.Bucket]string{csvfile.BucketDay: time.DateOnly, csvfile.BucketMonth: "2006-01", csvfile.BucketYear: "2006"}

// next is the span behind one.
func next(b csvfile.Bucket, t time.Time) time.Time {
	switch b {
	case csvfile.BucketDay:
		return t.AddDate(0, 0, 1)
	case csvfile.BucketMonth:
		return t.AddDate(0, 1, 0)
	}
	return t.AddDate(1, 0, 0)
}

// spans are all spans from the first to the last that a group has; those without a group
// are there, too, for a line must not pass over them. Of more than MostSpans there are
// only those of groups.
func spans(b csvfile.Bucket, labels []string) []string {
	slices.Sort(labels)
	labels = slices.Compact(labels)
	if len(labels) == 0 {
		return nil
	}
	last := labels[len(labels)-1]
	at, err := time.Parse(layouts[b], labels[0])
	if err != nil {
		return labels
	}
	var out []string
	for label := labels[0]; label <= last; label = at.Format(layouts[b]) {
		if len(out) == MostSpans {
			return labels
		}
		out = append(out, label)
		at = next(b, at)
	}
	return out
}

// lines makes a line of the spans of the key at a place, for each of the other keys.
func (m *Model) lines(t Table, at, value int) {
	m.Lines = true
	bucket := t.By.Keys[at].Bucket
	var labels []string
	for _, row := range t.Rows {
		if isSpan(row[at]) {
			labels = append(labels, row[at])
		} else {
			m.NoTime++
		}
	}
	m.Labels = spans(bucket, labels)
	byName := map[string]*Series{}
	var all []*Series
	for i, row := range t.Rows {
		v, ok := number(row, value)
		if !isSpan(row[at]) || !ok {
			continue
		}
		name := t.name(row, at)
		s := byName[name]
		if s == nil {
			s = newSeries(name, len(m.Labels), gap(t.By.Aggregates[value-len(t.By.Keys)].Op))
			byName[name] = s
			all = append(all, s)
		}
		k := sort.SearchStrings(m.Labels, row[at])
		s.Values[k], s.Rows[k] = v, i
		s.total += math.Abs(v)
	}
	slices.SortStableFunc(all, func(a, b *Series) int {
		switch {
		case a.total > b.total:
			return -1
		case a.total < b.total:
			return 1
		}
		return 0
	})
	for _, s := range all[:min(len(all), mostSeries)] {
		m.Series = append(m.Series, *s)
	}
	m.OtherSeries = int64(len(all) - len(m.Series))
	m.Others = t.Count - int64(len(t.Rows))
}

// isSpan reports whether a key is a span, and not empty or no time.
func isSpan(key string) bool { return key != "" && key != csvfile.NoTime }

// gap is the value of a span without a group: what is counted or added up is 0 there, and
// anything else is not known.
func gap(op csvfile.AggregateOp) float64 {
	switch op {
	case csvfile.AggregateCount, csvfile.AggregateDistinct, csvfile.AggregateSum:
		return 0
	}
	return math.NaN()
}

func newSeries(name string, n int, gap float64) *Series {
	s := &Series{Name: name, Values: make([]float64, n), Rows: make([]int, n)}
	for i := range n {
		s.Values[i], s.Rows[i] = gap, -1
	}
	return s
}
