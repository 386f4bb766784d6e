package preview

import (
	"context"
	"math"
	"sort"
	"time"

	"sluice/csvfile"
)

// seekShown finds the next or previous hit among the rows that are shown: those of order
// if it is not nil, by their places there.
func seekShown(ctx context.Context, f file, view filtered, order sorted, q csvfile.Query, from csvfile.Position, forward bool) (place, bool, error) {
	if order == nil {
		return seek(ctx, f, view, q, from, forward)
	}
	find := order.FindNext
	if !forward {
		find = order.FindPrevious
	}
	hit, ok, err := find(ctx, q, from)
	return place{at: hit.Row, col: hit.Column}, ok, err
}

// seek finds the next or previous hit among the rows that are shown: in the file
// itself, or in the rows of view when that is not nil.
func seek(ctx context.Context, f file, view filtered, q csvfile.Query, from csvfile.Position, forward bool) (place, bool, error) {
	for {
		find := f.FindNext
		if !forward {
			find = f.FindPrevious
		}
		hit, ok, err := find(ctx, q, from)
		if err != nil || !ok {
			return place{}, false, err
		}
		if view == nil {
			return place{at: hit.Row, col: hit.Column}, true, nil
		}
		at, number, ok, err := locate(ctx, view, hit.Row, forward)
		if err != nil || !ok {
			return place{}, false, err
		}
		if number == hit.Row {
			return place{at: at, col: hit.Column}, true, nil
		}
		// The hit's row is not shown: go on from the row of the view beyond it.
		from = csvfile.Position{Row: number, Column: -1}
		if !forward {
			from.Column = math.MaxInt32
		}
	}
}

// locate finds by halving where in a view the row with a number of the file
// stands, or the nearest one beyond it in the direction of the search. It waits
// while the view is still being found and may yet hold it.
func locate(ctx context.Context, view filtered, number int64, forward bool) (at, found int64, ok bool, err error) {
	for {
		n, final := view.Total()
		last, err := numberAt(ctx, view, n-1)
		if err != nil {
			return 0, 0, false, err
		}
		if final || n > 0 && last >= number {
			break
		}
		select {
		case <-ctx.Done():
			return 0, 0, false, ctx.Err()
		case <-view.Done():
		case <-time.After(watchEvery):
		}
		if p := view.Progress(); p.Err != nil {
			return 0, 0, false, p.Err
		}
	}
	n, _ := view.Total()
	at = int64(sort.Search(int(n), func(i int) bool {
		v, e := numberAt(ctx, view, int64(i))
		if e != nil {
			err = e
		}
		return v >= number
	}))
	if err != nil {
		return 0, 0, false, err
	}
	found, err = numberAt(ctx, view, at)
	if !forward && (at == n || found != number) {
		at--
		found, err = numberAt(ctx, view, at)
	}
	return at, found, err == nil && at >= 0 && at < n, err
}

// numberAt is the number in the file of the row at a position of a view, -1 outside it.
func numberAt(ctx context.Context, view filtered, at int64) (int64, error) {
	if at < 0 {
		return -1, nil
	}
	rows, err := view.Rows(ctx, at, 1)
	if err != nil || len(rows) == 0 {
		return -1, err
	}
	return rows[0].Number, nil
}
