package dbfile

import (
	"context"
	"maps"
	"slices"

	"sluice/takes/feed"
)

// rangeSize is how many keys are in a range whose sums are compared.
const rangeSize = 10_000

// ranges reads those ranges of keys of a table whose sums differ.
func (a *Again) ranges(ctx context.Context, source feed.Parts, c *compared) error {
	key := c.column(c.shape.KeyIndex())
	q := feed.Query{Table: c.source, Key: key, Sum: key}
	if at := c.table.at[max(0, c.shape.Index(c.shape.Summed))]; at >= 0 {
		q.Sum = c.source.Columns[at]
	}
	there, want := map[int64]feed.Span{}, sums{column: q.Sum}
	err := source.Spans(ctx, q, rangeSize, func(s feed.Span) error {
		there[s.Number] = s
		want.check = want.check || s.Check != ""
		want.sum = want.sum || s.Sum != ""
		return nil
	})
	if err != nil {
		return err
	}
	here, err := a.spans(c, want)
	if err != nil {
		return a.describe(err)
	}
	for _, n := range numbers(there, here) {
		is, was := there[n], here[n]
		if is == was { // none of its rows is fresh
			c.rows += is.Rows
			a.tellRows(c, is.Rows)
			continue
		}
		if err := a.merge(ctx, source, c, spanOf(n, is.Rows)); err != nil {
			return err
		}
		a.tellRows(c, is.Rows)
	}
	return nil
}

// spanOf is a range, of which the source has counted the rows.
func spanOf(number, rows int64) span {
	s := span{until: (number+1)*rangeSize - 1, rows: rows}
	if after := number*rangeSize - 1; number >= 0 { // else all keys below 0
		s.after = &after
	}
	return s
}

// numbers are those of all ranges, in order.
func numbers[A, B any](there map[int64]A, here map[int64]B) []int64 {
	all := map[int64]bool{}
	for n := range there {
		all[n] = true
	}
	for n := range here {
		all[n] = true
	}
	return slices.Sorted(maps.Keys(all))
}

// changing is why a snapshot is unfit whose source does not stand still: its rows are
// stored in a way that knows no transactions.
func changing(c *compared) error {
	return feed.Unfit("the rows of %s changed while they were compared", c.source)
}
