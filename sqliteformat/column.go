package sqliteformat

import (
	"slices"
	"strings"
)

// Affinity is how SQLite prefers to store the values of a column ("Datatypes" §3).
type Affinity uint8

// The affinities.
const (
	AffinityInteger Affinity = iota
	AffinityNumeric
	AffinityReal
	AffinityText
	AffinityNone // SQLite calls it BLOB: values stay as they come
)

// AffinityOf is the affinity of a declared type; strict says that the table is one
// whose declaration ends in STRICT, in which ANY changes no value.
func AffinityOf(declared string, strict bool) Affinity {
	d := Fold(declared)
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(d, w) })
	}
	switch {
	case has("int"):
		return AffinityInteger
	case has("char", "clob", "text"):
		return AffinityText
	case d == "" || has("blob") || strict && d == "any":
		return AffinityNone
	case has("real", "floa", "doub"):
		return AffinityReal
	}
	return AffinityNumeric
}

// Numeric reports whether SQLite stores text of digits as a number in such a
// column, so that its indexes are in the order of numbers.
func (a Affinity) Numeric() bool { return a <= AffinityReal }

// RowNumber returns which of the columns is the row number, so that it is stored
// nowhere else and rows are found by it: the only column of the primary key, declared
// as INTEGER and nothing else. It is -1 if there is none. types are those of the
// columns as declared, without quotes; key are the places of the primary key's.
//
// ownIndex says that the primary key has an index of its own: INTEGER PRIMARY KEY
// DESC behind a column has, by a mistake that SQLite keeps up ("CREATE TABLE" §5). A
// table WITHOUT ROWID has no row number; it is for the caller to know that.
func RowNumber(types []string, key []int, ownIndex bool) int {
	if len(key) != 1 || ownIndex || !SameName(types[key[0]], "INTEGER") {
		return -1
	}
	return key[0]
}

// RowNumberName is the name by which SQL reaches the row number of a table with these
// columns, of which the one at alias is the row number, if it is not -1. It is "" if
// the columns hide all of its names.
func RowNumberName(columns []string, alias int) string {
	for _, name := range []string{"rowid", "_rowid_", "oid"} {
		at := slices.IndexFunc(columns, func(c string) bool { return SameName(c, name) })
		if at < 0 || at == alias {
			return name
		}
	}
	return ""
}

// SameName reports whether SQLite takes two names for the same: in any case of ASCII
// letters, and of no others.
func SameName(a, b string) bool { return len(a) == len(b) && Fold(a) == Fold(b) }

// Fold writes ASCII letters small, and leaves all others as they are.
func Fold(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}
