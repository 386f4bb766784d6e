package csvfile

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"sluice/csvfile/internal/match"
)

// Op is what a Condition asks of a cell.
type Op uint8

const (
	// OpEquals: the cell is Text.
	OpEquals Op = iota
	// OpContains: the cell contains Text.
	OpContains
	// OpMatches: the cell matches the regular expression Text.
	OpMatches
	// OpEmpty: the cell is empty, or the row has no such cell.
	OpEmpty
	// OpNumber: the cell is a number from Min to Max, both included; either may
	// be "" for no bound.
	OpNumber
	// OpTime: the cell is a time from Min to Max, both included; either may be
	// "" for no bound. A bound that is only a date stands for the whole day.
	OpTime
)

// Condition is one test of a row's cell. All conditions of a filter must hold.
type Condition struct {
	Column     int // from 0
	Op         Op
	Text       string
	Min, Max   string
	IgnoreCase bool // for OpEquals and OpContains
	Not        bool // the condition must not hold
}

// test is a compiled condition.
type test struct {
	Condition
	holds func(cell []byte) bool
	// matcher is set where the test can also be made on a reader, and where a
	// search of raw bytes can rule rows out.
	matcher *match.Matcher
}

// compile checks a condition against a file with the given number of columns.
func (c Condition) compile(columns int, frequency *[256]int) (test, error) {
	t := test{Condition: c}
	if c.Column < 0 || c.Column >= columns {
		return t, fmt.Errorf("there is no column %d: the file has %d columns", c.Column, columns)
	}
	var err error
	switch c.Op {
	case OpEmpty:
		t.holds = func(cell []byte) bool { return len(cell) == 0 }
	case OpEquals:
		if c.Text == "" {
			return t, fmt.Errorf("there is no text to compare with; to find empty cells use the condition for that")
		}
		t.matcher, err = match.New(c.Text, plainMode(c.IgnoreCase), frequency)
		text := []byte(c.Text)
		t.holds = func(cell []byte) bool { return bytes.Equal(cell, text) }
		if c.IgnoreCase {
			// Of the same size, a cell can only match as a whole; what counts
			// as the same letter is then the same as for OpContains.
			t.holds = func(cell []byte) bool { return bytes.EqualFold(cell, text) && t.matcher.Match(cell) }
		}
	case OpContains, OpMatches:
		mode := match.Regexp
		if c.Op == OpContains {
			mode = plainMode(c.IgnoreCase)
		}
		if t.matcher, err = match.New(c.Text, mode, frequency); err == nil {
			t.holds = t.matcher.Match
		}
	case OpNumber:
		t.holds, err = numberBetween(c.Min, c.Max)
	case OpTime:
		t.holds, err = timeBetween(c.Min, c.Max)
	default:
		err = fmt.Errorf("there is no condition of kind %d", c.Op)
	}
	return t, err
}

func plainMode(ignoreCase bool) match.Mode {
	if ignoreCase {
		return match.IgnoreCase
	}
	return match.Plain
}

func numberBetween(lo, hi string) (func([]byte) bool, error) {
	bounds := [2]float64{math.Inf(-1), math.Inf(1)}
	for i, s := range [2]string{lo, hi} {
		if s == "" {
			continue
		}
		v, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
		if err != nil {
			return nil, fmt.Errorf("%q is not a number", s)
		}
		bounds[i] = v
	}
	return func(cell []byte) bool {
		v, ok := parseNumber(cell)
		return ok && v >= bounds[0] && v <= bounds[1]
	}, nil
}

func timeBetween(lo, hi string) (func([]byte) bool, error) {
	bounds := [2]float64{math.Inf(-1), math.Inf(1)}
	for i, s := range [2]string{lo, hi} {
		if s == "" {
			continue
		}
		v, dateOnly, ok := parseTime([]byte(strings.TrimSpace(s)))
		if !ok {
			return nil, fmt.Errorf("%q is not a time; write it like 2026-01-31 or 2026-01-31T08:30:00Z", s)
		}
		if dateOnly && i == 1 {
			v = v.AddDate(0, 0, 1).Add(-time.Millisecond)
		}
		bounds[i] = float64(v.UnixMilli()) / 1000
	}
	return func(cell []byte) bool {
		v, ok := parseSeconds(cell)
		return ok && v >= bounds[0] && v <= bounds[1]
	}, nil
}

// filter is the compiled conditions of a view.
type filter struct {
	f     *File
	tests []test
	// needed is one of the tests that every matching row must pass, if there is
	// one by which raw bytes can be searched.
	needed *match.Matcher
	// only is the column that all tests look at, -1 if there are several.
	only int
}

// matches reports whether a record meets every condition.
func (fl *filter) matches(ctx context.Context, rec *rec, scratch *[]byte) (bool, error) {
	for i := range fl.tests {
		t := &fl.tests[i]
		cell, whole, _ := rec.wantedCell(t.Column, scratch)
		ok := t.holds(cell)
		if !whole {
			var err error
			if ok, err = fl.matchesGiant(ctx, t, rec); err != nil {
				return false, err
			}
		}
		if ok == t.Not {
			return false, nil
		}
	}
	return true, nil
}

// matchesGiant tests a cell of which only the start is at hand: it is longer
// than giantCellLimit, so neither empty nor a number nor a time.
func (fl *filter) matchesGiant(ctx context.Context, t *test, rec *rec) (bool, error) {
	if t.matcher == nil {
		return false, nil
	}
	if t.Op == OpEquals && rec.giant.Size(t.Column) != int64(len(t.Text)) {
		return false, nil
	}
	cell, err := fl.f.Cell(ctx, *rec.giant, t.Column)
	if err != nil {
		return false, err
	}
	return t.matcher.MatchReader(cell)
}
