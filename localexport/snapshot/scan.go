package snapshot

import (
	"context"
	"math"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"sluice/localexport/sqlread"
)

// scanRange is how much of a table a worker reads at once.
const scanRange = 8 << 20

// Scan reads every row of a table once, in no order, with several connections.
// worker is called once for each of them and returns the function that is given
// its rows; column 0 is the row number, then come the columns. What workers
// found is theirs to join.
func (s *Snapshot) Scan(ctx context.Context, t *Table, workers int, where string, columns []string, worker func() func(*sqlread.Stmt) error) error {
	ranges, err := s.ranges(t, scanRange)
	if err != nil {
		return err
	}
	return s.scan(ctx, t, ranges, workers, where, columns, worker)
}

// rowRange is the rows above after, up to last.
type rowRange struct{ after, last int64 }

// ranges cuts a table into ranges of row numbers.
func (s *Snapshot) ranges(t *Table, bytes int64) ([]rowRange, error) {
	splits, err := s.RowSplits(t, bytes)
	if err != nil || t.Rowid == "" {
		return []rowRange{{math.MinInt64, math.MaxInt64}}, err
	}
	ranges := make([]rowRange, len(splits)-1)
	for i := range ranges {
		ranges[i] = rowRange{splits[i], splits[i+1]}
	}
	return ranges, nil
}

// scan reads the rows of the ranges.
func (s *Snapshot) scan(ctx context.Context, t *Table, ranges []rowRange, workers int, where string, columns []string, worker func() func(*sqlread.Stmt) error) error {
	sql := "SELECT " + t.Rowid + ", " + t.Select(columns...) + " FROM " + t.From("t") + " WHERE t." + t.Rowid + " > ?1 AND t." + t.Rowid + " <= ?2"
	if where != "" {
		sql += " AND (" + where + ")"
	}
	if t.Rowid == "" {
		sql = strings.NewReplacer("SELECT , ", "SELECT NULL, ", "t. > ?1", "?1 < ?2", " AND t. <= ?2", "").Replace(sql)
	}
	var next atomic.Int64
	g, ctx := errgroup.WithContext(ctx)
	for range min(max(workers, 1), len(ranges)) {
		g.Go(func() error {
			c, err := s.Conn(ctx)
			if err != nil {
				return err
			}
			defer c.Close()
			stmt, err := c.Prepare(sql)
			if err != nil {
				return err
			}
			defer stmt.Close()
			f := worker()
			for {
				i := next.Add(1) - 1
				if i >= int64(len(ranges)) {
					return nil
				}
				if err := each(stmt, f, ranges[i].after, ranges[i].last); err != nil {
					return err
				}
			}
		})
	}
	return g.Wait()
}

func each(stmt *sqlread.Stmt, f func(*sqlread.Stmt) error, after, last int64) error {
	if err := stmt.Bind(after, last); err != nil {
		return err
	}
	for {
		row, err := stmt.Step()
		if err != nil || !row {
			return err
		}
		if err := f(stmt); err != nil {
			return err
		}
	}
}
