// Package oracle tells what the export of a snapshot has to hold, without any of
// the exporter's code: every table is read once, from its first row to its last,
// by plain SELECT statements that use no index, and joined by hand.
//
// It is slow, keeps everything in memory, and knows the default rules only: whole
// bodies, line breaks as they are, and a from date before all data.
package oracle

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Truth is what SQLite reads from a snapshot.
type Truth struct {
	Files map[string]File // by "users", "spaces", …
	// Doubts say what SQLite itself cannot read, or what is no value of its column
	// although a record needs it: an export must not pass over it in silence.
	Doubts []string
}

// File is the records of one file, by their keys.
type File struct {
	Key     string   // the column that is the key
	Columns []string // that are known, the key among them
	Records []Record // in the order of the file
}

// Record has a text for each of the columns.
type Record []string

// Equal reports whether two cells hold the same, however an encoder writes line
// breaks, zeros and what is no text.
func Equal(a, b string) bool { return a == b || plain(a) == plain(b) }

const replacement = "\ufffd"

var breaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", replacement)

// plain writes one replacement for any run of what cannot be written.
func plain(s string) string {
	s = breaks.Replace(strings.ToValidUTF8(s, replacement))
	for strings.Contains(s, replacement+replacement) {
		s = strings.ReplaceAll(s, replacement+replacement, replacement)
	}
	return s
}

// Compare tells the first difference between records that were written and those
// that should have been; nothing if they agree.
func (f File) Compare(header []string, written [][]string) string {
	at := make([]int, len(f.Columns))
	for i, column := range f.Columns {
		if at[i] = slices.Index(header, column); at[i] < 0 {
			return fmt.Sprintf("there is no column %s", column)
		}
	}
	key := slices.Index(f.Columns, f.Key)
	want, got := sortedBy(f.Records, key), make([]Record, len(written))
	for i, w := range written {
		for _, column := range at {
			got[i] = append(got[i], w[column])
		}
	}
	got = sortedBy(got, key)
	for i := range max(len(want), len(got)) {
		switch {
		case i >= len(got) || i < len(want) && plain(want[i][key]) < plain(got[i][key]):
			return fmt.Sprintf("%s %q is missing (%d records, want %d)", f.Key, want[i][key], len(got), len(want))
		case i >= len(want) || plain(got[i][key]) < plain(want[i][key]):
			return fmt.Sprintf("%s %q is too much (%d records, want %d)", f.Key, got[i][key], len(got), len(want))
		}
		for j, column := range f.Columns {
			if !Equal(want[i][j], got[i][j]) {
				return fmt.Sprintf("%s %q: %s is %.100q, want %.100q", f.Key, want[i][key], column, got[i][j], want[i][j])
			}
		}
	}
	return ""
}

func sortedBy(records []Record, key int) []Record {
	return slices.SortedStableFunc(slices.Values(records), func(a, b Record) int { return cmp.Compare(plain(a[key]), plain(b[key])) })
}
