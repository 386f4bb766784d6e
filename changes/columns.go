package changes

import (
	"slices"
	"strings"

	"sluice/columns"
)

// kind is how the values of a key column are ordered.
type kind uint8

const (
	auto     kind = iota // to be found out from the first rows
	byNumber             // whole numbers, by value
	byBytes              // texts, by their bytes
)

// keyColumn is a column of a key.
type keyColumn struct {
	name string
	kind kind
}

// scheme says by what the rows of a file are told apart, and which columns hold the
// date of a row's last change: the first that is not empty.
type scheme struct {
	key   []keyColumn
	dates []string
	whole bool // exported whole, whatever the from date
}

// dates of the last change, by the names that the vendor documents, the last change
// before the first.
var dates = []string{"updated_date", "build_updated_date", "updated", "created_date", "build_created_date", "created"}

// others are the files of Jira and Bitbucket whose columns the vendor documents with
// their keys (spec/csv-schema-jira.md §3, spec/csv-schema-bitbucket.md), by name.
var others = map[string]string{"issues": "id", "repositories": "repository_id", "pull_requests": "pull_request_id", "users": "user_id"}

// whole are the files that are exported whole, whatever the from date.
var whole = []string{"users", "spaces"}

// limited are the rules, by their names in manifests, with which such a file has only
// what changed after the from date.
var limited = map[string]string{"spaces": "LimitSpaces"}

// composed are keys of several columns, in files whose names are not documented.
var composed = [][]string{
	{"commit_hash", "repository_id", "build_key"}, // build statuses
	{"commit_id", "repository_id"},                // a commit stands in each fork
}

// unordered are the files that are exported in another order than that of their keys.
var unordered = []string{"spaces"}

// schemeOf finds the key of a file by its name and header; chosen, if not empty, are
// the names of the key columns that somebody has chosen. ok is false if nothing tells
// the key.
func schemeOf(name string, header, chosen []string) (s scheme, ok bool) {
	s.whole = slices.Contains(whole, name)
	if len(chosen) > 0 {
		s.key = columnsOf(chosen)
	} else {
		s.key = keyOf(name, header)
	}
	for _, date := range dates {
		if slices.Contains(header, date) {
			s.dates = append(s.dates, date)
		}
	}
	return s, len(s.key) > 0 && hasAll(header, s.key)
}

// keyOf is the key of a file as its product documents it; else it is guessed.
func keyOf(name string, header []string) []keyColumn {
	if f, ok := columns.Find(columns.Confluence, name); ok && slices.Contains(header, f.Key().Name) {
		own := keyColumn{name: f.Key().Name}
		switch {
		case f.Key().Type == columns.TypeID:
			own.kind = byNumber
		case slices.Equal(header, f.Names()): // not a file of another product with that name
			own.kind = byBytes
		}
		return []keyColumn{own}
	}
	if column := others[name]; slices.Contains(header, column) {
		return columnsOf([]string{column})
	}
	return guessKey(name, header)
}

// guessKey finds the key by what the columns are called: those of a composed key, the
// id of what the file is named after, or id.
func guessKey(name string, header []string) []keyColumn {
	for _, names := range composed {
		if key := columnsOf(names); hasAll(header, key) {
			return key
		}
	}
	for _, column := range []string{singular(name) + "_id", "id"} {
		if slices.Contains(header, column) {
			return columnsOf([]string{column})
		}
	}
	return nil
}

// singular is the name of one of the things that a file is named after.
func singular(name string) string {
	if s, ok := strings.CutSuffix(name, "ies"); ok {
		return s + "y"
	}
	return strings.TrimSuffix(name, "s")
}

func columnsOf(names []string) []keyColumn {
	key := make([]keyColumn, len(names))
	for i, name := range names {
		key[i] = keyColumn{name: name}
	}
	return key
}

func hasAll(header []string, key []keyColumn) bool {
	return !slices.ContainsFunc(key, func(k keyColumn) bool { return !slices.Contains(header, k.name) })
}
