package snapshot

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"

	"sluice/localexport/sqlread"
	"sluice/localexport/wallclock"
)

// Row is a row of a table, as SQLite or the file reader gives it. Columns are
// counted from 0; bytes are valid until the next row.
type Row interface {
	Kind(i int) sqlread.Kind
	IsNull(i int) bool
	Int(i int) int64
	Float(i int) float64
	Bytes(i int) []byte
}

// ValueError says which value of the snapshot is not what its column holds.
type ValueError struct {
	Path, Table, Column string
	Row                 string // which row, such as "contentid 98305"
	Value               string
	Want                string // what it is not, such as "is no number"
}

func (e *ValueError) Error() string {
	return fmt.Sprintf("%s: table %s, column %s, row with %s: %s %s: repair the snapshot or convert the database again",
		e.Path, e.Table, e.Column, e.Row, strconv.Quote(shorten(e.Value)), e.Want)
}

// shorten cuts a value for a message.
func shorten(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	cut := most
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}

// IDState says what an id column holds.
type IDState int

// The states of an id.
const (
	IDPresent IDState = iota
	IDNull            // null or an empty text
	IDBad             // no whole number
)

// exactFloat is the largest magnitude up to which every whole number has a
// float of its own.
const exactFloat = 1 << 53

// ID reads an id in any form that converters leave: an integer, a real with a
// whole value below 2^53, or text of digits (spec/snapshots.md §6).
func ID(s Row, column int) (int64, IDState) {
	switch s.Kind(column) {
	case sqlread.Integer:
		return s.Int(column), IDPresent
	case sqlread.Null:
		return 0, IDNull
	case sqlread.Real:
		return wholeFloat(s.Float(column))
	}
	return parseID(s.Bytes(column))
}

func wholeFloat(f float64) (int64, IDState) {
	if f != math.Trunc(f) || math.Abs(f) >= exactFloat {
		return 0, IDBad
	}
	return int64(f), IDPresent
}

func parseID(b []byte) (int64, IDState) {
	b = bytes.TrimSpace(b)
	if len(b) == 0 {
		return 0, IDNull
	}
	if n, ok := parseInt(b); ok {
		return n, IDPresent
	}
	if f, err := strconv.ParseFloat(string(b), 64); err == nil {
		return wholeFloat(f)
	}
	return 0, IDBad
}

// parseInt is strconv.ParseInt for bytes, without allocation.
func parseInt(b []byte) (int64, bool) {
	negative := b[0] == '-'
	if negative {
		b = b[1:]
	}
	if len(b) == 0 || len(b) > 19 {
		return 0, false
	}
	var n uint64
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + uint64(c-'0')
	}
	if n > math.MaxInt64 {
		return 0, false
	}
	if negative {
		return -int64(n), true
	}
	return int64(n), true
}

// Time reads a time of a column without zone. present is false for a null, an
// empty value and a date of zeros; err is wallclock.ErrNoTime for a value that is
// no time.
func Time(s Row, column int) (r wallclock.Reading, present bool, err error) {
	switch s.Kind(column) {
	case sqlread.Null:
		return r, false, nil
	case sqlread.Integer:
		return wallclock.FromEpoch(s.Int(column)), true, nil
	case sqlread.Real:
		r, err = wallclock.FromFloat(s.Float(column))
		return r, true, err
	}
	b := s.Bytes(column)
	if len(b) == 0 {
		return r, false, nil
	}
	if r, err = wallclock.Parse(b); err == wallclock.ErrZeros {
		return r, false, nil
	}
	return r, true, err
}

// Flag reads a truth value in any form that converters leave
// (spec/snapshots.md §6).
func Flag(s Row, column int) bool {
	switch s.Kind(column) {
	case sqlread.Null:
		return false
	case sqlread.Integer, sqlread.Real:
		return s.Float(column) != 0
	}
	switch string(bytes.ToLower(bytes.TrimSpace(s.Bytes(column)))) {
	case "1", "t", "true", "y", "yes", "1.0":
		return true
	}
	return false
}
