package cli

import (
	"fmt"
	"time"

	"sluice/csvfile"
	"sluice/csvfile/filtertext"
	"sluice/figures"
)

// shownPart is rows that are shown instead of all rows of a file in their order.
type shownPart interface {
	csvfile.Source
	searched
}

// part is what is shown instead of the file, nil if it is that.
func (s *previewed) part() shownPart {
	switch {
	case s.sorted != nil:
		return s.sorted
	case s.view != nil:
		return s.view
	}
	return nil
}

// sortedBy is a column by which rows were sorted, as JSON.
type sortedBy struct {
	Column string `json:"column"`
	Type   string `json:"type"` // text, bytes, number or time
	Desc   bool   `json:"desc"`
	// Other is how many cells are not of the type: their rows come behind the others,
	// before those with an empty cell.
	Other int64 `json:"other"`
}

// sort sorts what is shown, and waits until that is done.
func (p *previewCommand) sort(c *call, s *previewed) error {
	if p.Sort == "" {
		return nil
	}
	for _, other := range []struct {
		given      bool
		flag, does string
	}{
		{p.Group != "", "group", "puts them into groups"}, {p.Count, "count", "counts them"}, {p.Profile != "", "profile", "describes a column"},
		{p.Row != nil, "row", "begins with a row by its number in the file, for which --at N passes over N rows"},
	} {
		if other.given {
			return usageError{fmt.Errorf("--sort prints rows in another order, and --%s %s: leave one of them out", other.flag, other.does)}
		}
	}
	keys, err := filtertext.ParseSort(p.Sort, s.file.Header())
	if err != nil {
		return usageError{fmt.Errorf("--sort: %w", err)}
	}
	if s.sorted, err = csvfile.Sort(c.ctx, s.source(), keys); err != nil {
		return usageError{fmt.Errorf("--sort: %w", err)}
	}
	return waitSorted(c, s.sorted)
}

// waitSorted waits until all rows are sorted, and tells how far that is.
func waitSorted(c *call, v *csvfile.Sorted) error {
	line := newLiveLine(c.program.Err)
	defer line.wipe()
	for {
		select {
		case <-v.Done():
			return v.Progress().Err
		case <-c.ctx.Done():
			return c.ctx.Err()
		case <-time.After(sampleInterval):
			if pr := v.Progress(); line.live() {
				line.draw(fmt.Sprintf("sorting: %d %%", 100*pr.Bytes/max(1, pr.TotalBytes)))
			}
		}
	}
}

// order is by what the rows are sorted.
func (s *previewed) order(c *call) (out []sortedBy) {
	if s.sorted == nil {
		return nil
	}
	keys, err := s.sorted.Keys(c.ctx)
	if err != nil {
		return nil // which sorting has told
	}
	for _, k := range keys {
		by := sortedBy{Column: s.columnName(k.Column), Type: filtertext.SortWord(k.Kind), Desc: k.Desc}
		for _, o := range s.sorted.Oddities() {
			if o.Key == k {
				by.Other = o.Count
			}
		}
		out = append(out, by)
	}
	return out
}

func (s *previewed) columnName(i int) string {
	if header := s.file.Header(); i < len(header) {
		return header[i]
	}
	return csvfile.ColumnName(i)
}

// sortFindings tell of cells that are not of the type by which the rows are sorted.
func (s *previewed) sortFindings() (out []finding) {
	if s.sorted == nil {
		return nil
	}
	for _, o := range s.sorted.Oddities() {
		first := o.First + 1
		name, what := s.columnName(o.Key.Column), filtertext.SortWord(o.Key.Kind)
		comes := "come"
		if o.Count == 1 {
			comes = "comes"
		}
		text := figures.Some(o.Count, "one cell", "%d cells") + fmt.Sprintf(" of %s cannot be sorted as a %s, and %s behind those that can, before empty cells; the first is in row %s", name, what, comes, number(first))
		out = append(out, finding{Kind: "not-" + csvfile.FindingKind(what), Rows: o.Count, First: &first, Text: text})
	}
	return out
}
