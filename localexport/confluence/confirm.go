package confluence

import (
	"context"
	"errors"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"sluice/localexport/snapshot"
	"sluice/localexport/sqlitefile"
)

// rangesPerWorker is how many ranges of a table each worker reads, so that all
// of them end at about the same time.
const rangesPerWorker = 8

// openFile opens the file for reading without SQLite; nil means that SQLite has
// to read.
func (v *validator) openFile() *sqlitefile.File {
	if v.sqliteOnly {
		return nil
	}
	f, err := v.s.OpenFile(sqlitefile.Options{Map: v.mapFile, CacheBytes: snapshot.ScanCache})
	if err != nil {
		return nil
	}
	return f
}

// confirm compares an index over one column of numbers with its table, without
// SQLite. If same is true they are the same. If not, something is wrong or takes
// SQLite to read, which then says what; damage is what is wrong for certain.
func (v *validator) confirm(ctx context.Context, f *sqlitefile.File, x check) (same bool, damage, err error) {
	if f == nil || len(x.index.Columns) != 1 {
		return false, nil, nil
	}
	before := v.c.Checked.Load()
	same, err = v.compareFile(ctx, f, x)
	if !same || err != nil {
		v.c.Checked.Store(before)
	}
	if err != nil && leaveToSQLite(err) {
		damage, err = err, nil
	}
	return same, damage, err
}

func (v *validator) compareFile(ctx context.Context, f *sqlitefile.File, x check) (bool, error) {
	table, err := f.Table(x.table.Name)
	if err != nil {
		return false, err
	}
	index, err := f.Index(table, x.index.Columns...)
	if err != nil || index.Name != x.index.Name {
		return false, err
	}
	ranges, err := f.Split(ctx, table, v.workers*rangesPerWorker)
	if err != nil {
		return false, err
	}
	entries, rows := numbers{v: v}, make([]numbers, max(v.workers, 1))
	g, inner := errgroup.WithContext(ctx)
	g.Go(func() error { return f.Read(inner, entries.ofIndex(inner, index)) })
	var next atomic.Int64
	for i := range rows {
		rows[i].v = v
		g.Go(func() error { return f.Read(inner, rows[i].ofTable(inner, table, x.index.Columns[0], ranges, &next)) })
	}
	if err := g.Wait(); err != nil {
		return false, errors.Join(ctx.Err(), err)
	}
	var all numbers
	for i := range rows {
		all.count += rows[i].count
		all.sum += rows[i].sum
	}
	return all.count == entries.count && all.sum == entries.sum, nil
}

// numbers sums up pairs of a number or null and a row number, whatever their
// order.
type numbers struct {
	v     *validator
	count int64
	sum   uint64
}

// add adds the column 0 of a row.
func (n *numbers) add(ctx context.Context, row *sqlitefile.Row) error {
	h := mix(uint64(row.Rowid()) + 0x9e3779b97f4a7c15)
	switch row.Kind(0) {
	case sqlitefile.Integer:
		h ^= mix(uint64(row.Int(0)))
	case sqlitefile.Null:
		h = ^h
	default: // an id that is none
		return errLeave
	}
	n.sum += mix(h)
	if n.count++; n.count%batch == 0 {
		n.v.c.Checked.Add(batch)
		return n.v.pace.Wait(ctx)
	}
	return nil
}

// ofIndex adds all entries of an index, which come in their order or give an
// error.
func (n *numbers) ofIndex(ctx context.Context, x *sqlitefile.Index) func(*sqlitefile.Reader) error {
	return func(r *sqlitefile.Reader) error {
		c := r.IndexCursor(x)
		for {
			ok, err := c.Next()
			if err != nil || !ok {
				return err
			}
			if err := n.add(ctx, &c.Row); err != nil {
				return err
			}
		}
	}
}

// ofTable adds the rows of ranges of a table, as long as next gives one.
func (n *numbers) ofTable(ctx context.Context, t *sqlitefile.Table, column string, ranges []sqlitefile.Range, next *atomic.Int64) func(*sqlitefile.Reader) error {
	return func(r *sqlitefile.Reader) error {
		c, err := r.Cursor(t, column)
		if err != nil {
			return err
		}
		for i := next.Add(1) - 1; i < int64(len(ranges)); i = next.Add(1) - 1 {
			c.Range(ranges[i])
			for {
				ok, err := c.Next()
				if err != nil {
					return err
				}
				if !ok {
					break
				}
				if err := n.add(ctx, &c.Row); err != nil {
					return err
				}
			}
		}
		return nil
	}
}
