package csvfile

import (
	"bytes"

	"sluice/csvfile/internal/match"
	"sluice/wording"
)

// Op is what a Condition asks of a cell.
type Op uint8

const (
	// OpEquals: the cell is Text.
	OpEquals Op = iota
	// OpContains: the cell contains Text.
	OpContains
	// OpMatches: the cell matches the regular expression Text, in Go's syntax (RE2).
	OpMatches
	// OpEmpty: the cell is empty, or the row has no such cell.
	OpEmpty
	// OpNumber: the cell is a number from Min to Max, both included; either may
	// be "" for no bound. Numbers are compared exactly, with all their digits.
	OpNumber
	// OpTime: the cell is a time from Min to Max, both included; either may be
	// "" for no bound. A bound that is only a date stands for the whole day. Times are
	// compared to the millisecond.
	OpTime
	// OpText: the cell is not empty, and stands, byte by byte, from Min to Max, both
	// included; either may be "" for no bound.
	OpText
	// OpIn: the cell is one of In.
	OpIn
)

// Condition is one test of a row's cell.
type Condition struct {
	Column   int // from 0
	Op       Op
	Text     string
	Min, Max string
	// MinOpen and MaxOpen say that a bound itself is not included.
	MinOpen, MaxOpen bool
	In               []Value
	IgnoreCase       bool // for OpEquals, OpContains, OpMatches and the texts of OpIn
	Not              bool // the condition must not hold
}

// Value is one of those that OpIn compares a cell with: as text, or, if it is said to be
// one, as a number or a time.
type Value struct {
	Text string
	Kind ValueKind
}

// ValueKind is what a value is compared as.
type ValueKind uint8

const (
	ValueText ValueKind = iota
	ValueNumber
	ValueTime
)

// maxValue is how many bytes a value may have that cells are compared with, other than
// by OpEquals and OpContains: less than is held of any cell.
const maxValue = 32 << 10

// test is a compiled condition.
type test struct {
	Condition
	holds func(cell []byte) bool
	// matcher is set where the test can also be made on a reader, and where a
	// search of raw bytes can rule rows out.
	matcher *match.Matcher
}

// compile checks a condition against a file with the given number of columns.
func (c Condition) compile(columns int, sample *match.Sample) (test, error) {
	t := test{Condition: c}
	if c.Column < 0 || c.Column >= columns {
		return t, wording.Errorf("there is no column %d: the file has %d columns", c.Column, columns)
	}
	var err error
	switch c.Op {
	case OpEmpty:
		t.holds = func(cell []byte) bool { return len(cell) == 0 }
	case OpEquals:
		if c.Text == "" {
			return t, wording.Errorf("there is no text to compare with; to find empty cells use the condition for that")
		}
		t.matcher, err = match.New(c.Text, plainMode(c.IgnoreCase), sample)
		text := []byte(c.Text)
		t.holds = func(cell []byte) bool { return bytes.Equal(cell, text) }
		if c.IgnoreCase {
			// Of the same size, a cell can only match as a whole; what counts
			// as the same letter is then the same as for OpContains.
			t.holds = func(cell []byte) bool { return bytes.EqualFold(cell, text) && t.matcher.Match(cell) }
		}
	case OpContains, OpMatches:
		mode, text := match.Regexp, c.Text
		switch {
		case c.Op == OpContains:
			mode = plainMode(c.IgnoreCase)
		case c.IgnoreCase:
			text = "(?i)" + text
		}
		if t.matcher, err = match.New(text, mode, sample); err == nil {
			t.holds = t.matcher.Match
		}
	case OpNumber:
		t.holds, err = numberBetween(c)
	case OpTime:
		t.holds, err = timeBetween(c)
	case OpText:
		t.holds, err = textBetween(c)
	case OpIn:
		t.holds, err = oneOf(c, sample)
	default:
		err = wording.Errorf("there is no condition of kind %d", c.Op)
	}
	return t, err
}

// WrongExpression says in plain words what is wrong with a regular expression; "" if
// nothing is.
func WrongExpression(text string) string { return match.Wrong(text) }

func plainMode(ignoreCase bool) match.Mode {
	if ignoreCase {
		return match.IgnoreCase
	}
	return match.Plain
}
