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
	key := c.source.Columns[c.table.at[c.shape.KeyIndex()]]
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
		if err := a.mergeRange(ctx, source, c, n, is.Rows); err != nil {
			return err
		}
	}
	return nil
}

// numbers are those of all ranges, in order.
func numbers(there, here map[int64]feed.Span) []int64 {
	all := map[int64]bool{}
	for n := range there {
		all[n] = true
	}
	for n := range here {
		all[n] = true
	}
	return slices.Sorted(maps.Keys(all))
}

// mergeRange compares the rows of a range, of which the source has counted some.
func (a *Again) mergeRange(ctx context.Context, source feed.Parts, c *compared, number, counted int64) error {
	before := c.rows
	after, until := number*rangeSize-1, (number+1)*rangeSize-1
	from := &after
	if number < 0 {
		from = nil // all keys below 0
	}
	if err := a.merge(ctx, source, c, from, &until); err != nil {
		return err
	}
	if c.rows-before != counted {
		return changing(c)
	}
	return nil
}

// changing is why a snapshot is unfit whose source does not stand still: its rows are
// stored in a way that knows no transactions.
func changing(c *compared) error {
	return feed.Unfit("the rows of %s changed while they were compared", c.source)
}
