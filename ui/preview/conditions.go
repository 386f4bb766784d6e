package preview

import (
	"fmt"
	"strings"

	"sluice/csvfile"
	"sluice/ui/preview/celltext"
)

// choice is a kind of condition as people pick it.
type choice struct {
	words string
	op    csvfile.Op
	not   bool
}

// The choices for a condition. Ranges come once, as numbers or times by what the
// column holds.
var choices = []choice{
	{"is", csvfile.OpEquals, false},
	{"is not", csvfile.OpEquals, true},
	{"contains", csvfile.OpContains, false},
	{"does not contain", csvfile.OpContains, true},
	{"is empty", csvfile.OpEmpty, false},
	{"is not empty", csvfile.OpEmpty, true},
	{"is a number from … to …", csvfile.OpNumber, false},
	{"is a time from … to …", csvfile.OpTime, false},
	{"matches the expression", csvfile.OpMatches, false},
	{"does not match the expression", csvfile.OpMatches, true},
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
	name := fmt.Sprintf("column %d", c.Column+1)
	if c.Column >= 0 && c.Column < len(header) {
		name = header[c.Column]
	}
	switch c.Op {
	case csvfile.OpEmpty:
		return name + not(c.Not, " is empty", " is not empty")
	case csvfile.OpContains:
		return name + not(c.Not, " contains ", " does not contain ") + quoted(c.Text)
	case csvfile.OpMatches:
		return name + not(c.Not, " matches ", " does not match ") + quoted(c.Text)
	case csvfile.OpNumber, csvfile.OpTime:
		return name + rangeText(c)
	}
	return name + not(c.Not, " is ", " is not ") + quoted(c.Text)
}

func not(negated bool, plain, other string) string {
	if negated {
		return other
	}
	return plain
}

func rangeText(c csvfile.Condition) string {
	kind := " is a number"
	if c.Op == csvfile.OpTime {
		kind = " is a time"
	}
	switch {
	case c.Min != "" && c.Max != "":
		return " from " + c.Min + " to " + c.Max
	case c.Min != "":
		return " from " + c.Min
	case c.Max != "":
		return " up to " + c.Max
	}
	return kind
}

// quoted puts quotes around a text in which an end could not be seen.
func quoted(s string) string {
	s = celltext.OneLine(s, 60)
	if s == "" || strings.ContainsAny(s, " ,;") {
		return "“" + s + "”"
	}
	return s
}
