package chart

import (
	"fmt"
	"math"
	"strings"

	"sluice/ui/texts"
)

// namedInWords is how many bars are named in words.
const namedInWords = 5

// Words say what is drawn, for those who do not see it, and what is not.
func (m Model) Words() string {
	t := texts.T.Preview.Groups
	parts := []string{m.drawn()}
	if !m.Lines && m.Others > 0 {
		parts = append(parts, t.MoreGroups.Of(m.Others))
	}
	if m.Lines && m.Others > 0 {
		parts = append(parts, fmt.Sprintf(t.FirstGroups, texts.Count(MostRows)))
	}
	if m.OtherSeries > 0 {
		parts = append(parts, t.MoreLines.Of(m.OtherSeries))
	}
	if m.NoTime > 0 {
		parts = append(parts, t.NoTime.Of(m.NoTime))
	}
	return strings.Join(parts, " ")
}

func (m Model) drawn() string {
	t := texts.T.Preview.Groups
	if !m.Lines {
		var list []string
		for i, l := range m.Labels[:min(len(m.Labels), namedInWords)] {
			list = append(list, fmt.Sprintf(t.Named, l, m.exactly(0, i)))
		}
		return fmt.Sprintf(t.Bars, m.Value, m.By, strings.Join(list, "; "))
	}
	first, last := m.Labels[0], m.Labels[len(m.Labels)-1]
	if len(m.Series) == 1 {
		lo, hi := m.ends(0)
		if lo < 0 {
			return fmt.Sprintf(t.Empty, m.Value, m.By)
		}
		return fmt.Sprintf(t.Line, m.Value, m.By, first, last, m.exactly(0, lo), m.Labels[lo], m.exactly(0, hi), m.Labels[hi])
	}
	var list []string
	for s, one := range m.Series {
		if _, hi := m.ends(s); hi >= 0 {
			list = append(list, fmt.Sprintf(t.AtMost, one.Name, m.exactly(s, hi), m.Labels[hi]))
		}
	}
	return fmt.Sprintf(t.Lines, m.Value, m.By, first, last, strings.Join(list, "; "))
}

// ends are the spans of the least and of the greatest value, -1 if there is none.
func (m Model) ends(series int) (lo, hi int) {
	lo, hi = -1, -1
	values := m.Series[series].Values
	for i, v := range values {
		if math.IsNaN(v) {
			continue
		}
		if lo < 0 || v < values[lo] {
			lo = i
		}
		if hi < 0 || v > values[hi] {
			hi = i
		}
	}
	return lo, hi
}

// exactly is a value in words.
func (m Model) exactly(series, i int) string {
	v := m.Series[series].Values[i]
	if !math.IsNaN(v) && v == math.Trunc(v) && math.Abs(v) < 1<<53 {
		return texts.Count(int64(v))
	}
	return m.valueText(series, i)
}
