package snapshot

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	"sluice/localexport/sqlread"
	"sluice/localexport/wallclock"
)

// newest is the newest data of a snapshot, kept as found.
type newest struct {
	wall     wallclock.Reading // of the naive times
	absolute wallclock.Reading // of the times since the epoch
	any      bool
}

func (newest) Close() error { return nil }

// Newest is the time of the newest change of any content or of the newest
// event, with naive times in the given zone; the zero time if there is none.
// Every row of content is looked at, once for each snapshot, since its times
// have no index.
func (s *Snapshot) Newest(ctx context.Context, zone *wallclock.Zone, workers int) (time.Time, error) {
	found, err := s.Keep("newest", func() (io.Closer, error) {
		n, err := s.findNewest(ctx, workers)
		return n, err
	})
	if err != nil {
		return time.Time{}, err
	}
	n := found.(newest)
	return n.at(zone), nil
}

// at is the newest time, with naive times in the given zone; the zero time if
// there is none.
func (n newest) at(zone *wallclock.Zone) time.Time {
	clock := wallclock.NewClock(zone)
	best := time.Time{}
	for _, r := range []wallclock.Reading{n.wall, n.absolute} {
		if t := time.Unix(clock.Unix(r), int64(r.Nanos)).UTC(); r != (wallclock.Reading{}) && t.After(best) {
			best = t
		}
	}
	return best
}

func (s *Snapshot) findNewest(ctx context.Context, workers int) (newest, error) {
	var mu sync.Mutex
	var all newest
	var finders []*newestFinder
	t := s.Table("content")
	err := s.Scan(ctx, t, workers, "", []string{"creationdate", "lastmoddate"}, func() func(*sqlread.Stmt) error {
		f := &newestFinder{}
		mu.Lock()
		finders = append(finders, f)
		mu.Unlock()
		return f.row
	})
	if err != nil {
		return newest{}, fmt.Errorf("find the newest change in table %s: %w", t.Name, err)
	}
	for _, f := range finders {
		all.add(f.wall)
		all.add(f.absolute)
	}
	at, err := s.newestEvent(ctx)
	if err != nil {
		return newest{}, err
	}
	if at > 0 {
		all.add(wallclock.FromMillis(at))
	}
	return all, nil
}

func (n *newest) add(r wallclock.Reading) {
	best := &n.wall
	if r.Absolute {
		best = &n.absolute
	}
	if r != (wallclock.Reading{}) && (*best == (wallclock.Reading{}) || later(r, *best)) {
		*best, n.any = r, true
	}
}

func later(a, b wallclock.Reading) bool {
	return a.Seconds > b.Seconds || a.Seconds == b.Seconds && a.Nanos > b.Nanos
}

// newestFinder finds the newest time of rows. Most times are passed over by
// their date alone.
type newestFinder struct {
	newest
	day [10]byte // date of the newest naive time
}

func (f *newestFinder) row(r *sqlread.Stmt) error {
	for _, column := range []int{1, 2} {
		if r.Kind(column) == sqlread.Text {
			if b := r.Bytes(column); len(b) >= 19 && b[4] == '-' && bytes.Compare(b[:10], f.day[:]) < 0 {
				continue
			}
		}
		reading, present, err := Time(r, column)
		if !present || err != nil { // a bad time is an error when its row is exported
			continue
		}
		f.add(reading)
		if !reading.Absolute && reading == f.wall && r.Kind(column) == sqlread.Text {
			copy(f.day[:], r.Bytes(column))
		}
	}
	return nil
}

// newestEvent is the newest time of an event, in milliseconds since 1970, or 0.
func (s *Snapshot) newestEvent(ctx context.Context) (int64, error) {
	t := s.Table("AO_7B47A5_EVENT")
	if t == nil {
		return 0, nil
	}
	column, ok := t.Column("EVENT_AT")
	if !ok {
		return 0, nil
	}
	c, err := s.Conn(ctx)
	if err != nil {
		return 0, err
	}
	defer c.Close()
	expression := sqlread.Quote(column.Name)
	if !column.Affinity.Numeric() {
		expression = "CAST(" + expression + " AS INTEGER)"
	}
	n, _, err := c.Int("SELECT max(" + expression + ") FROM " + sqlread.Quote(t.Name))
	if err != nil {
		return 0, fmt.Errorf("find the newest event in table %s: %w", t.Name, err)
	}
	return n, nil
}
