package filtertext

import (
	"fmt"
	"strings"

	"sluice/csvfile"
)

// Format writes a filter of a file whose columns have these names, as [Parse] reads it.
func Format(e csvfile.Expr, header []string) string {
	return format(e, header, csvfile.JoinOr)
}

// format writes an expression; within is the loosest join that may stand there without
// parentheses.
func format(e csvfile.Expr, header []string, within csvfile.Join) string {
	if e.Join == csvfile.JoinNone {
		c := e.Is
		c.Not = c.Not != e.Not
		return condition(c, header)
	}
	between := " and "
	if e.Join == csvfile.JoinOr {
		between = " or "
	}
	parts := make([]string, len(e.Of))
	for i, of := range e.Of {
		parts[i] = format(of, header, csvfile.JoinAnd)
	}
	text := strings.Join(parts, between)
	switch {
	case e.Not:
		return "not (" + text + ")"
	case e.Join == csvfile.JoinOr && within == csvfile.JoinAnd:
		return "(" + text + ")"
	}
	return text
}

// condition writes one condition.
func condition(c csvfile.Condition, header []string) string {
	name := nameOf(c.Column, header)
	not := ""
	if c.Not {
		not = "not "
	}
	switch c.Op {
	case csvfile.OpEmpty:
		return name + " is " + not + "empty"
	case csvfile.OpEquals:
		return name + either(c.Not, " != ", " = ") + textValue(c.Text) + noCase(c)
	case csvfile.OpContains:
		return name + " " + not + "contains " + plainValue(c.Text) + noCase(c)
	case csvfile.OpMatches:
		return name + either(c.Not, " !~ ", " ~ ") + plainValue(c.Text) + noCase(c)
	case csvfile.OpIn:
		return fmt.Sprintf("%s %sin (%s)%s", name, not, FormatValues(c.In), noCase(c))
	}
	return between(c, name, not)
}

// FormatValues writes the values of "in", with commas between them.
func FormatValues(in []csvfile.Value) string {
	values := make([]string, len(in))
	for i, v := range in {
		switch v.Kind {
		case csvfile.ValueText:
			values[i] = textValue(v.Text)
		case csvfile.ValueTime:
			values[i] = oneWord(v.Text)
		default:
			values[i] = strings.TrimSpace(v.Text)
		}
	}
	return strings.Join(values, ", ")
}

// between writes a condition with bounds.
func between(c csvfile.Condition, name, not string) string {
	lo, hi := bound(c, c.Min), bound(c, c.Max)
	switch {
	case lo == "" && hi == "" && c.Op == csvfile.OpText: // all that is there
		return name + " is " + either(c.Not, "", "not ") + "empty"
	case lo == "" && hi == "":
		return name + " is " + not + either(c.Op == csvfile.OpTime, "time", "number")
	case lo == "":
		return not + name + either(c.MaxOpen, " < ", " <= ") + hi
	case hi == "":
		return not + name + either(c.MinOpen, " > ", " >= ") + lo
	case c.MinOpen || c.MaxOpen:
		text := name + either(c.MinOpen, " > ", " >= ") + lo + " and " + name + either(c.MaxOpen, " < ", " <= ") + hi
		if c.Not {
			return "not (" + text + ")"
		}
		return text
	case lo == hi && c.Op != csvfile.OpText:
		return name + either(c.Not, " != ", " = ") + lo
	}
	return name + " " + not + "between " + lo + " and " + hi
}

// bound is a bound as it stands in a filter.
func bound(c csvfile.Condition, text string) string {
	switch {
	case text == "":
		return ""
	case c.Op == csvfile.OpTime:
		return oneWord(text)
	case c.Op == csvfile.OpNumber:
		return strings.TrimSpace(text)
	}
	return plainValue(text)
}

func either(first bool, yes, no string) string {
	if first {
		return yes
	}
	return no
}

func noCase(c csvfile.Condition) string { return either(c.IgnoreCase, " nocase", "") }

// textValue is a value that is to be compared as text.
func textValue(text string) string {
	if csvfile.KindOf(text) != csvfile.ValueText {
		return quote(text)
	}
	return plainValue(text)
}

// plainValue is a value where only text can stand.
func plainValue(text string) string {
	if bare(text) {
		return text
	}
	return quote(text)
}

// bare reports whether a text is one word that means nothing else.
func bare(text string) bool {
	return text != "" && wordLen(text) == len(text) && !reserved(token{kind: word, text: text}) && text[0] != '#'
}

// quote puts a text in quotes.
func quote(text string) string {
	q := `"`
	if strings.Contains(text, q) && !strings.Contains(text, "'") {
		q = "'"
	}
	return q + strings.ReplaceAll(text, q, q+q) + q
}
