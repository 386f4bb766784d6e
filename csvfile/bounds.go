package csvfile

import (
	"bytes"
	"math"
	"strings"
	"time"

	"sluice/csvfile/internal/match"
	"sluice/figures"
	"sluice/wording"
)

// holding is what a condition asks of a cell.
type holding = func(cell []byte) bool

func numberBetween(c Condition) (holding, error) {
	lo, hi := exactNumber{f: math.Inf(-1), i: math.MinInt64, whole: true}, exactNumber{f: math.Inf(1), i: math.MaxInt64, whole: true}
	for _, b := range []struct {
		to   *exactNumber
		text string
	}{{&lo, c.Min}, {&hi, c.Max}} {
		if b.text == "" {
			continue
		}
		n, ok := parseExact([]byte(b.text))
		if !ok {
			return nil, wording.Errorf("%q is not a number", b.text)
		}
		*b.to = n
	}
	above, below := 0, 0 // what a comparison must at least, and at most, give
	if c.MinOpen {
		above = 1
	}
	if c.MaxOpen {
		below = -1
	}
	// Most bounds and cells are whole numbers: then these are the least and the greatest
	// that pass.
	whole, least, greatest := lo.whole && hi.whole, lo.i+int64(above), hi.i+int64(below)
	return func(cell []byte) bool {
		if whole && len(cell) > 0 {
			if i, ok := parseInt(cell); ok {
				return i >= least && i <= greatest
			}
		}
		cell = bytes.TrimSpace(cell)
		v, ok := parseNumber(cell)
		return ok && lo.compare(v, cell) >= above && hi.compare(v, cell) <= below
	}, nil
}

func timeBetween(c Condition) (holding, error) {
	lo, hi := math.Inf(-1), math.Inf(1)
	minOpen, maxOpen := c.MinOpen, c.MaxOpen
	for i, s := range [2]string{c.Min, c.Max} {
		if s == "" {
			continue
		}
		v, dateOnly, ok := parseTime([]byte(strings.TrimSpace(s)))
		if !ok {
			return nil, wording.Errorf("%q is not a time; write it like 2026-01-31 or 2026-01-31T08:30:00Z", s)
		}
		// After a day is from its end on, and up to a day is before its end.
		if dateOnly && (i == 0) == c.open(i) {
			v = v.AddDate(0, 0, 1)
			minOpen, maxOpen = minOpen && i != 0, maxOpen || i == 1
		}
		if i == 0 {
			lo = seconds(v)
		} else {
			hi = seconds(v)
		}
	}
	return func(cell []byte) bool {
		v, ok := parseSeconds(cell)
		return ok && (v > lo || v == lo && !minOpen) && (v < hi || v == hi && !maxOpen)
	}, nil
}

// open reports whether bound 0, the lower, or 1, the upper, is not included.
func (c Condition) open(bound int) bool {
	if bound == 0 {
		return c.MinOpen
	}
	return c.MaxOpen
}

func seconds(t time.Time) float64 { return float64(t.UnixMilli()) / 1000 }

func textBetween(c Condition) (holding, error) {
	if err := short(c.Min, c.Max); err != nil {
		return nil, err
	}
	lo, hi := []byte(c.Min), []byte(c.Max)
	return func(cell []byte) bool {
		if len(cell) == 0 {
			return false
		}
		if d := bytes.Compare(cell, lo); d < 0 || d == 0 && c.MinOpen {
			return false
		}
		d := -1
		if len(hi) > 0 {
			d = bytes.Compare(cell, hi)
		}
		return d < 0 || d == 0 && !c.MaxOpen
	}, nil
}

// short refuses values that are too long to compare every cell with.
func short(values ...string) error {
	for _, v := range values {
		if len(v) > maxValue {
			return wording.Errorf("a value of %s is too long to compare with: %s is the most", figures.Size(int64(len(v))), figures.Size(maxValue))
		}
	}
	return nil
}

// oneOf is the test of OpIn.
func oneOf(c Condition, sample *match.Sample) (holding, error) {
	texts, numbers := map[string]bool{}, map[string]bool{}
	var others []holding
	for _, v := range c.In {
		if err := short(v.Text); err != nil {
			return nil, err
		}
		var t test
		var err error
		switch {
		case v.Kind == ValueNumber:
			n, ok := parseExact([]byte(v.Text))
			if !ok {
				return nil, wording.Errorf("%q is not a number", v.Text)
			}
			numbers[string(n.appendKey(nil))] = true
			continue
		case v.Kind == ValueTime:
			t, err = Condition{Op: OpTime, Min: v.Text, Max: v.Text}.compile(1, sample)
		case c.IgnoreCase && v.Text != "":
			t, err = Condition{Op: OpEquals, Text: v.Text, IgnoreCase: true}.compile(1, sample)
		default:
			texts[v.Text] = true
			continue
		}
		if err != nil {
			return nil, err
		}
		others = append(others, t.holds)
	}
	if len(c.In) == 0 {
		return nil, wording.Errorf("there is no value to compare with")
	}
	return func(cell []byte) bool {
		if texts[string(cell)] || len(numbers) > 0 && hasNumber(numbers, cell) {
			return true
		}
		for _, holds := range others {
			if holds(cell) {
				return true
			}
		}
		return false
	}, nil
}

// hasNumber reports whether a cell is one of some numbers, by their keys.
func hasNumber(numbers map[string]bool, cell []byte) bool {
	n, ok := parseExact(cell)
	if !ok {
		return false
	}
	var buf [96]byte
	return numbers[string(n.appendKey(buf[:0]))]
}
