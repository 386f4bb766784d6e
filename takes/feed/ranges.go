package feed

import (
	"bytes"
	"context"
	"strconv"
)

const (
	// RangeBits is how many bits of a key tell its place within its range.
	RangeBits = 13
	// RangeSize is how many keys are in a range.
	RangeSize = 1 << RangeBits
)

// RangeOf is the number of the range that a key is in: RangeOf(key)*RangeSize is the
// first key of it.
func RangeOf(key int64) int64 { return key >> RangeBits }

// Sums are those of some rows of a range, by which it is told from another state of
// the same range.
type Sums struct {
	Rows int64
	// Check is the sum of the numbers of their versions, each times the place of its
	// key in the range, counted from 1; the last 32 bits of it.
	Check uint32
}

// Add adds a row.
func (s *Sums) Add(key int64, version []byte) {
	s.Rows++
	s.Check += uint32(key&(RangeSize-1)+1) * number(version)
}

// Drop takes a row away that was added.
func (s *Sums) Drop(key int64, version []byte) {
	s.Rows--
	s.Check -= uint32(key&(RangeSize-1)+1) * number(version)
}

// Join adds the rows of other sums.
func (s *Sums) Join(o Sums) {
	s.Rows += o.Rows
	s.Check += o.Check
}

// number is that of a version, "number" or "number.length".
func number(version []byte) uint32 {
	first, second, both := bytes.Cut(version, []byte("."))
	n := uint32(parse(first))
	if both {
		n -= uint32(parse(second))
	}
	return n
}

// parse is a whole number; what is none counts 0.
func parse(b []byte) int64 {
	n, err := strconv.ParseInt(string(b), 10, 64) // the string does not escape
	if err != nil {
		return 0
	}
	return n
}

// Range is a range of the keys of a table of a Versioned source.
type Range struct {
	Number int64
	Sums           // of the rows that the source had in the state of before
	Fresh  []int64 // keys of the others: they may have come, or changed, since
}

// Versioned is a source that knows which of its rows came since the state of before.
type Versioned interface {
	Parts
	// Ranges calls take for each range of keys of a table that has rows, in any order.
	// The table has a Check.
	Ranges(ctx context.Context, q Query, take func(Range) error) error
}
