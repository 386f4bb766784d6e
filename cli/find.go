package cli

import (
	"context"
	"iter"

	"sluice/csvfile"
)

// searched is what can be searched: a file, and a view by places in it.
type searched interface {
	Find(ctx context.Context, q csvfile.Query) iter.Seq2[csvfile.Hit, error]
	FindNext(ctx context.Context, q csvfile.Query, from csvfile.Position) (csvfile.Hit, bool, error)
}

func (s *previewed) searched() searched {
	if part := s.part(); part != nil {
		return part
	}
	return s.file
}

// query is what is to be found.
func (p *previewCommand) query() csvfile.Query {
	q := csvfile.Query{Text: p.Find, Column: csvfile.AllColumns}
	switch {
	case p.Regex && p.IgnoreCase:
		q.Text, q.Mode = "(?i)"+p.Find, csvfile.Regexp
	case p.Regex:
		q.Mode = csvfile.Regexp
	case p.IgnoreCase:
		q.Mode = csvfile.IgnoreCase
	}
	return q
}

// firstMatch returns the place of the first row from at on with a cell that is looked for,
// or -1.
func (p *previewCommand) firstMatch(ctx context.Context, s *previewed, at int64) (int64, error) {
	hit, ok, err := s.searched().FindNext(ctx, p.query(), csvfile.Position{Row: at, Column: -1})
	if err != nil || !ok {
		return -1, err
	}
	return hit.Row, nil
}

// countMatches counts the rows from at on with a cell that is looked for.
func (p *previewCommand) countMatches(ctx context.Context, s *previewed, at int64) (int64, error) {
	var count int64
	last := int64(-1)
	for hit, err := range s.searched().Find(ctx, p.query()) {
		if err != nil {
			return 0, err
		}
		if hit.Row >= at && hit.Row != last {
			count++
			last = hit.Row
		}
	}
	return count, nil
}
