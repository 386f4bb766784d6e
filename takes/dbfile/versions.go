package dbfile

import (
	"context"
	"slices"

	"sluice/localexport/sqlread"
	"sluice/takes/feed"
	"sluice/takes/shape"
)

// versions takes of a table what came or changed since, as its source knows, and finds
// by the sums of ranges where anything else is not as it was.
func (a *Again) versions(ctx context.Context, source feed.Versioned, c *compared) error {
	there := map[int64]feed.Range{}
	key := c.column(c.shape.KeyIndex())
	err := source.Ranges(ctx, feed.Query{Table: c.source, Key: key}, func(r feed.Range) error {
		there[r.Number] = r
		return nil
	})
	if err != nil {
		return err
	}
	columns := quote(c.shape.Columns[c.table.check].Name) + " FROM " + taken + "." + quote(c.shape.Name)
	have, err := a.c.Prepare("SELECT " + columns + " WHERE " + quote(c.shape.Columns[c.shape.KeyIndex()].Name) + " = ?")
	if err != nil {
		return a.describe(err)
	}
	defer have.Close()
	var keys []int64
	for _, n := range numbers(there, c.kept) {
		is := there[n]
		known, err := a.known(have, c, n, is)
		if err != nil {
			return a.describe(err)
		}
		a.tellRows(c, is.Rows+int64(len(is.Fresh)))
		if known {
			keys = append(keys, is.Fresh...)
		} else if err := a.mergeVersions(ctx, source, c, n, is); err != nil {
			return err
		}
		if len(keys) >= c.fetched() {
			if err := a.fetch(ctx, source, c, key, keys); err != nil {
				return err
			}
			keys = keys[:0]
		}
	}
	return a.fetch(ctx, source, c, key, keys)
}

// known reports whether all rows of a range but the fresh ones are those of the snapshot.
func (a *Again) known(have *sqlread.Stmt, c *compared, number int64, is feed.Range) (bool, error) {
	var rest feed.Sums
	if was := c.kept[number]; was != nil {
		rest = *was
	}
	var buf [24]byte
	changed := int64(0)
	for _, key := range is.Fresh {
		if err := have.BindInt(0, key); err != nil {
			return false, err
		}
		found, err := have.Step()
		if found {
			changed++
			rest.Drop(key, column(have, 0, buf[:]).Text)
		}
		have.Reset()
		if err != nil {
			return false, err
		}
	}
	if rest != is.Sums {
		return false, nil
	}
	*c.kept.of(number << feed.RangeBits) = rest
	c.rows += is.Rows + int64(len(is.Fresh))
	c.New, c.Changed = c.New+int64(len(is.Fresh))-changed, c.Changed+changed
	return true, nil
}

// mergeVersions compares the versions of the rows of a range.
func (a *Again) mergeVersions(ctx context.Context, source feed.Versioned, c *compared, number int64, is feed.Range) error {
	first := number << feed.RangeBits
	*c.kept.of(first) = feed.Sums{} // those that stay are counted anew
	s := span{until: first + feed.RangeSize - 1, rows: is.Rows + int64(len(is.Fresh)), versions: true, fresh: is.Fresh}
	if before := first - 1; before < first { // else it is the lowest of all ranges
		s.after = &before
	}
	slices.Sort(s.fresh)
	return a.merge(ctx, source, c, s)
}

// fetched is how many rows are asked for at once by their keys.
func (c *compared) fetched() int {
	if slices.ContainsFunc(c.shape.Columns, func(c shape.Column) bool { return c.Long }) {
		return fetchedLong
	}
	return fetched
}

// column is the name of a column of shape in the source.
func (c *compared) column(i int) string { return c.source.Columns[c.table.at[i]] }
