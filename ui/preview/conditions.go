package preview

import (
	"fmt"
	"strings"

	"sluice/csvfile"
	"sluice/csvfile/filtertext"
	"sluice/ui/preview/celltext"
	"sluice/ui/texts"
)

// choice is a kind of condition as people pick it.
type choice struct {
	words func(texts.PreviewFilter) string
	op    csvfile.Op
	not   bool
}

// The choices for a condition. Ranges come once, as numbers or times by what the
// column holds.
var choices = []choice{
	{func(t texts.PreviewFilter) string { return t.Is }, csvfile.OpEquals, false},
	{func(t texts.PreviewFilter) string { return t.IsNot }, csvfile.OpEquals, true},
	{func(t texts.PreviewFilter) string { return t.Contains }, csvfile.OpContains, false},
	{func(t texts.PreviewFilter) string { return t.ContainsNot }, csvfile.OpContains, true},
	{func(t texts.PreviewFilter) string { return t.OneOf }, csvfile.OpIn, false},
	{func(t texts.PreviewFilter) string { return t.OneOfNot }, csvfile.OpIn, true},
	{func(t texts.PreviewFilter) string { return t.Empty }, csvfile.OpEmpty, false},
	{func(t texts.PreviewFilter) string { return t.NotEmpty }, csvfile.OpEmpty, true},
	{func(t texts.PreviewFilter) string { return t.NumberFromTo }, csvfile.OpNumber, false},
	{func(t texts.PreviewFilter) string { return t.TimeFromTo }, csvfile.OpTime, false},
	{func(t texts.PreviewFilter) string { return t.MatchesPattern }, csvfile.OpMatches, false},
	{func(t texts.PreviewFilter) string { return t.MatchesPatternNot }, csvfile.OpMatches, true},
}

// choiceOf is the place among the choices of what a condition is.
func choiceOf(c csvfile.Condition) int {
	for i, k := range choices {
		if k.op == c.Op && k.not == c.Not {
			return i
		}
	}
	return 0
}

// editable reports whether the editor has fields for what an expression asks.
func editable(e csvfile.Expr) bool {
	c := e.Is
	return e.Join == csvfile.JoinNone && !e.Not && c.Op != csvfile.OpText && !c.MinOpen && !c.MaxOpen &&
		(c.Op != csvfile.OpMatches || !c.IgnoreCase) &&
		(!c.Not || c.Op != csvfile.OpNumber && c.Op != csvfile.OpTime)
}

// termText says a term on its chip: in words if the editor has fields for it, else as it
// is typed.
func termText(e csvfile.Expr, header []string) string {
	if editable(e) {
		return conditionText(e.Is, header)
	}
	return celltext.OneLine(filtertext.Format(e, header), longestToken)
}

// suggested is the place of the choice that fits what a column holds.
func suggested(sample []string) int {
	numbers, times, n := 0, 0, 0
	for _, s := range sample {
		if s == "" {
			continue
		}
		n++
		if isNumber(s) {
			numbers++
		}
		if _, ok := parseTime(s); ok {
			times++
		}
	}
	want := csvfile.OpEquals
	switch {
	case n > 0 && times == n:
		want = csvfile.OpTime
	case n > 0 && numbers == n:
		want = csvfile.OpNumber
	}
	return choiceOf(csvfile.Condition{Op: want})
}

// conditionText says a condition in words, as on its chip.
func conditionText(c csvfile.Condition, header []string) string {
	t := texts.T.Preview.Says
	name := fmt.Sprintf(t.Column, c.Column+1)
	if c.Column >= 0 && c.Column < len(header) {
		name = header[c.Column]
	}
	switch c.Op {
	case csvfile.OpEmpty:
		return fmt.Sprintf(not(c.Not, t.Empty, t.NotEmpty), name)
	case csvfile.OpIn:
		return fmt.Sprintf(not(c.Not, t.OneOf, t.OneOfNot), name, celltext.OneLine(filtertext.FormatValues(c.In), 60))
	case csvfile.OpContains:
		return fmt.Sprintf(not(c.Not, t.Contains, t.ContainsNot), name, quoted(c.Text))
	case csvfile.OpMatches:
		return fmt.Sprintf(not(c.Not, t.Matches, t.MatchesNot), name, quoted(c.Text))
	case csvfile.OpNumber, csvfile.OpTime:
		return rangeText(name, c)
	}
	return fmt.Sprintf(not(c.Not, t.Is, t.IsNot), name, quoted(c.Text))
}

// not is what a condition says by itself, or the other way round.
func not(negated bool, plain, other string) string {
	if negated {
		return other
	}
	return plain
}

func rangeText(name string, c csvfile.Condition) string {
	t := texts.T.Preview.Says
	switch {
	case c.Min != "" && c.Min == c.Max:
		return fmt.Sprintf(t.Is, name, c.Min)
	case c.Min != "" && c.Max != "":
		return fmt.Sprintf(t.FromTo, name, c.Min, c.Max)
	case c.Min != "":
		return fmt.Sprintf(t.From, name, c.Min)
	case c.Max != "":
		return fmt.Sprintf(t.UpTo, name, c.Max)
	}
	return fmt.Sprintf(not(c.Op == csvfile.OpTime, t.Number, t.Time), name)
}

// quoted puts quotes around a text in which an end could not be seen.
func quoted(s string) string {
	s = celltext.OneLine(s, 60)
	if s == "" || strings.ContainsAny(s, " ,;") {
		return fmt.Sprintf(texts.T.Preview.Says.Quoted, s)
	}
	return s
}
