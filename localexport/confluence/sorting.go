package confluence

import (
	"context"
	"errors"

	"sluice/localexport/pace"
	"sluice/localexport/snapshot"
	"sluice/localexport/sqlread"
)

// sorting is how keys are sorted: counted, and as fast as the options allow.
func sorting(o Options, c *Counters, p *pace.Pacer) snapshot.Sorting {
	return snapshot.Sorting{TempDir: o.TempDir, SQLiteOnly: o.SQLiteOnly, SkipBad: o.SkipBadRows, Step: func(ctx context.Context, rows int64) error {
		c.Sorted.Add(rows)
		return p.Wait(ctx)
	}}
}

func (e *exporter) sorting() snapshot.Sorting { return sorting(e.o, e.c, e.pace) }

// expectSorting notes how many rows there are whose keys will be sorted. Row
// numbers tell it without a look at the rows: converters give them in order.
func expectSorting(ctx context.Context, s *snapshot.Snapshot, c *Counters) error {
	if c.SortTotal.Load() > 0 {
		return nil
	}
	conn, err := s.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	var total int64
	for _, x := range s.Unsorted() {
		t := x.Table
		if t.Rowid == "" {
			continue
		}
		n, _, err := conn.Int("SELECT max(" + t.Rowid + ") FROM " + sqlread.Quote(t.Name))
		if err != nil && !errors.Is(err, sqlread.ErrCorrupt) { // damage is found when it is read
			return err
		}
		total += max(n, 0)
	}
	c.SortTotal.Store(total)
	return nil
}
