package confluence

import (
	"context"
	"errors"
	"sync"

	"golang.org/x/sync/errgroup"

	"sluice/localexport/snapshot"
	"sluice/localexport/sqlitefile"
)

// orderRange is how much of a table is looked at at once.
const orderRange = 16 << 20

// order looks whether the rows of the tables that an export reads are in the order
// of their keys, by which they are found: a row out of place, or a page that stands
// for another, hides rows from every reader without an error. Nothing but the keys
// is read, and not those that the comparison with an index has seen.
func (v *validator) order(ctx context.Context) error {
	for _, name := range snapshot.ReadTables() {
		t := v.s.Table(name)
		if t == nil || v.done[t.Name] {
			continue
		}
		damage, err := v.orderOf(ctx, t)
		if err != nil {
			return err
		}
		if damage != nil {
			v.find("The rows of the table %s are not where their keys belong, since the file is damaged (page %d: %s), so some of them would be missing: copy the file or convert the database again.",
				t.Name, damage.Page, damage.What)
		}
	}
	return nil
}

// orderOf returns the damage of the lowest page at which keys are out of order, nil
// if there is none.
func (v *validator) orderOf(ctx context.Context, t *snapshot.Table) (*sqlitefile.PageError, error) {
	splits, err := v.s.RowSplits(t, orderRange)
	if err != nil {
		return nil, err
	}
	var mu sync.Mutex
	var worst *sqlitefile.PageError
	g, inner := errgroup.WithContext(ctx)
	g.SetLimit(max(v.workers, 1))
	for i := range len(splits) - 1 {
		g.Go(func() error {
			if err := v.pace.Wait(inner); err != nil {
				return err
			}
			err := v.s.CheckKeys(inner, t, splits[i], splits[i+1])
			page := new(sqlitefile.PageError)
			if !errors.As(err, &page) {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			if worst == nil || page.Page < worst.Page {
				worst = page
			}
			return nil
		})
	}
	err = g.Wait()
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return worst, err
}
