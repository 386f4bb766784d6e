package takes

import (
	"slices"
	"strconv"
	"strings"

	"sluice/takes/feed"
)

// complete refuses a dump that has not what a snapshot needs. Of several schemas the
// asked one counts, and the tables of the others do not.
func (s *Survey) complete(asked string) error {
	if asked != "" {
		s.only(asked)
	}
	var twice []string
	for i, t := range s.Tables {
		if slices.ContainsFunc(s.Tables[:i], func(u SurveyTable) bool { return strings.EqualFold(t.Table, u.Table) }) {
			twice = append(twice, t.Table)
		}
	}
	if len(twice) > 0 {
		return feed.Damaged("the source holds the tables %s in several schemas: name one of %s with --schema", strings.Join(twice, ", "), strings.Join(unique(s.schemas), ", "))
	}
	if all := unique(s.schemas); len(all) == 1 {
		s.Schema = all[0]
	}
	var lacks []string
	for _, m := range s.Missing {
		if m.Required {
			lacks = append(lacks, m.Table)
		}
	}
	if len(lacks) > 0 {
		return feed.Damaged("the source has no table %s: it is no Confluence database, or holds a part of one", strings.Join(lacks, ", "))
	}
	return nil
}

// only keeps the tables of a schema.
func (s *Survey) only(schema string) {
	all, of, listed := s.Tables, s.schemas, s.Listed
	s.Tables, s.schemas, s.Missing = []SurveyTable{}, nil, nil
	for i, t := range all {
		if i < len(of) && strings.EqualFold(of[i], schema) {
			s.Tables, s.schemas = append(s.Tables, t), append(s.schemas, of[i])
		}
	}
	if listed {
		s.missing(s.has, func(string) bool { return false })
	}
}

func unique(names []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(names)))
}

// buildSink takes Confluence's build numbers, of which it notes that of each of its
// versions that ran, and nothing else.
type buildSink struct {
	feed.Nowhere
	found []int64
}

// Wants implements feed.Sink.
func (b *buildSink) Wants(_, name string) bool { return strings.EqualFold(name, "confversion") }

// Table implements feed.Sink.
func (b *buildSink) Table(t feed.Table) (feed.Rows, error) {
	at := slices.IndexFunc(t.Columns, func(c string) bool { return strings.EqualFold(c, "buildnumber") })
	if at < 0 || !b.Wants(t.Schema, t.Name) {
		return nil, nil
	}
	return &buildRows{b, at}, nil
}

type buildRows struct {
	b  *buildSink
	at int
}

// Needs implements feed.Rows.
func (r *buildRows) Needs(column int) bool { return column == r.at }

// End implements feed.Rows.
func (r *buildRows) End(int64) error { return nil }

// Row implements feed.Rows.
func (r *buildRows) Row(values []feed.Value) error {
	if n, err := strconv.ParseInt(string(values[r.at].Text), 10, 64); err == nil {
		r.b.found = append(r.b.found, n)
	}
	return nil
}
