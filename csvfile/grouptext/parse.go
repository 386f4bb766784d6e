// Package grouptext reads and writes as text by what rows are grouped, and what is asked of
// each group; docs/csv.md explains it:
//
//	keys    = key { "," key }          space, month(updated)
//	key     = column | ( "day" | "month" | "year" ) "(" column ")"
//	asked   = one { "," one }          count, sum(size), max(updated)
//	one     = "count" | ( "count" | "distinct" | "sum" | "min" | "max" | "mean" ) "(" column ")"
//
// Columns stand as in a filter: see package filtertext. A name with blanks needs no quotes
// here. [Parse] and [Format] are each other's inverse.
package grouptext

import (
	"slices"
	"strings"

	"sluice/csvfile"
	"sluice/csvfile/filtertext"
	"sluice/wording"
)

var (
	buckets = []string{string(csvfile.BucketDay), string(csvfile.BucketMonth), string(csvfile.BucketYear)}
	asks    = []string{
		string(csvfile.AggregateCount), string(csvfile.AggregateDistinct), string(csvfile.AggregateSum),
		string(csvfile.AggregateMin), string(csvfile.AggregateMax), string(csvfile.AggregateMean),
	}
)

// Parse reads a grouping for a file with the given columns. Where nothing is asked, rows
// are counted. The error is a sentence.
func Parse(keys, asked string, header []string) (csvfile.Grouping, error) {
	var g csvfile.Grouping
	for _, item := range list(keys) {
		k, err := key(item, header)
		if err != nil {
			return g, err
		}
		g.Keys = append(g.Keys, k)
	}
	if strings.TrimSpace(asked) == "" {
		asked = string(csvfile.AggregateCount)
	}
	for _, item := range list(asked) {
		a, err := aggregate(item, header)
		if err != nil {
			return g, err
		}
		g.Aggregates = append(g.Aggregates, a)
	}
	return g, g.Check(len(header))
}

// list cuts a list at its commas; those in quotes are none.
func list(text string) (out []string) {
	quote, from := byte(0), 0
	for i := range len(text) {
		c := text[i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == ',':
			out, from = append(out, strings.TrimSpace(text[from:i])), i+1
		}
	}
	if rest := strings.TrimSpace(text[from:]); rest != "" || len(out) > 0 {
		out = append(out, rest)
	}
	return out
}

var errEmptyPlace = wording.New("there is an empty place in the list: take a comma away, or name a column")

// key reads a column or a bucket of one. A column by the very name is meant, whatever else
// that looks like.
func key(item string, header []string) (csvfile.GroupKey, error) {
	if item == "" {
		return csvfile.GroupKey{}, errEmptyPlace
	}
	if i := slices.Index(header, item); i < 0 {
		if name, inner, ok := call(item, buckets); ok {
			c, err := column(inner, header)
			return csvfile.GroupKey{Column: c, Bucket: csvfile.Bucket(name)}, err
		}
	}
	c, err := column(item, header)
	if word := strings.ToLower(item); err != nil && slices.Contains(buckets, word) {
		err = wording.Errorf("%s needs a column of times, as in %s(updated)", word, word)
	}
	return csvfile.GroupKey{Column: c}, err
}

// aggregate reads what is asked.
func aggregate(item string, header []string) (csvfile.Aggregate, error) {
	word := strings.ToLower(item)
	if word == string(csvfile.AggregateCount) {
		return csvfile.Aggregate{Op: csvfile.AggregateCount, Column: csvfile.AllRows}, nil
	}
	if name, inner, ok := call(item, asks); ok {
		c, err := column(inner, header)
		return csvfile.Aggregate{Op: csvfile.AggregateOp(name), Column: c}, err
	}
	switch {
	case item == "":
		return csvfile.Aggregate{}, errEmptyPlace
	case slices.Contains(asks, word):
		return csvfile.Aggregate{}, wording.Errorf("%s needs a column, as in %s(size)", word, word)
	}
	return csvfile.Aggregate{}, wording.Errorf("%q is nothing to ask of a group: there are count, distinct(x), sum(x), min(x), max(x) and mean(x), where x is a column", item)
}

// call cuts "month(updated)" in two, if the name is one of those known.
func call(item string, known []string) (name, inner string, ok bool) {
	at := strings.IndexByte(item, '(')
	if at < 0 || !strings.HasSuffix(item, ")") {
		return "", "", false
	}
	name = strings.ToLower(strings.TrimSpace(item[:at]))
	return name, strings.TrimSpace(item[at+1 : len(item)-1]), slices.Contains(known, name)
}

// column reads a column as in a filter, or by its name with blanks.
func column(text string, header []string) (int, error) {
	i, err := filtertext.Column(text, header)
	if err == nil {
		return i, nil
	}
	if strings.HasPrefix(text, "#") || strings.HasPrefix(text, `"`) || strings.HasPrefix(text, "'") {
		all, err := filtertext.Columns(text, header) // of one item
		if err != nil {
			return 0, err
		}
		return all[0], nil
	}
	return 0, wording.Errorf("%q: %w", text, err)
}

// Format writes a grouping for a file with the given columns.
func Format(g csvfile.Grouping, header []string) (keys, asked string) {
	called := func(name string, column int) string {
		if column == csvfile.AllRows {
			return name
		}
		text := filtertext.Name(column, header)
		if name == "" {
			return text
		}
		return name + "(" + text + ")"
	}
	var ks, as []string
	for _, k := range g.Keys {
		ks = append(ks, called(string(k.Bucket), k.Column))
	}
	for _, a := range g.Aggregates {
		as = append(as, called(string(a.Op), a.Column))
	}
	return strings.Join(ks, ", "), strings.Join(as, ", ")
}
