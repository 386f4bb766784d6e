package snapshot

import (
	"context"
	"io"
	"sync"
	"time"

	"sluice/localexport/sqlread"
	"sluice/localexport/wallclock"
	"sluice/wording"
)

// newest are the newest changes of a snapshot, kept as found.
type newest struct {
	content, events recent
}

func (newest) Close() error { return nil }

// Newest is the reference moment of the snapshot, with naive times in the given
// zone: see Reference. Every row of content is looked at, once for each snapshot,
// since its times have no index.
func (s *Snapshot) Newest(ctx context.Context, zone *wallclock.Zone, workers int) (Reference, error) {
	found, err := s.Keep("newest", func() (io.Closer, error) {
		n, err := s.findNewest(ctx, workers)
		return n, err
	})
	if err != nil {
		return Reference{}, err
	}
	return found.(newest).judge(s, zone), nil
}

func (s *Snapshot) findNewest(ctx context.Context, workers int) (newest, error) {
	var mu sync.Mutex
	var all newest
	var finders []*recentFinder
	t := s.Table("content")
	limit := s.latest()
	err := s.Scan(ctx, t, workers, "", []string{"creationdate", "lastmoddate", "contentid"}, func() func(*sqlread.Stmt) error {
		f := &recentFinder{recent: recent{limit: limit}, id: 3}
		mu.Lock()
		finders = append(finders, f)
		mu.Unlock()
		return f.row
	})
	if err != nil {
		return newest{}, wording.Errorf("find the newest change in table %s: %w", t.Name, err)
	}
	all.content.limit = limit
	for _, f := range finders {
		all.content.merge(f.recent)
	}
	all.events, err = s.newestEvents(ctx)
	return all, err
}

// newestEvents are the newest events, found without a look at each of them where
// that is possible.
func (s *Snapshot) newestEvents(ctx context.Context) (recent, error) {
	r := recent{limit: s.latest()}
	t := s.Table("AO_7B47A5_EVENT")
	if t == nil {
		return r, nil
	}
	column, ok := t.Column("EVENT_AT")
	if !ok {
		return r, nil
	}
	c, err := s.Conn(ctx)
	if err != nil {
		return r, err
	}
	defer c.Close()
	at := sqlread.Quote(column.Name)
	if !column.Affinity.Numeric() {
		at = "CAST(" + at + " AS INTEGER)"
	}
	q := eventQuery{c: c, t: t, at: at, r: &r}
	if err := q.run(); err != nil {
		return r, wording.Errorf("find the newest event in table %s: %w", t.Name, err)
	}
	return r, nil
}

// eventQuery looks for the newest events.
type eventQuery struct {
	c  *sqlread.Conn
	t  *Table
	at string // expression of the time in milliseconds
	r  *recent
}

// run finds the newest events. As a rule the newest one has others in the year
// before it, near the end of the table, and nothing more needs to be known.
func (q eventQuery) run() error {
	from := " FROM " + sqlread.Quote(q.t.Name)
	const number = " <= 9223372036854775807" // a text is above all numbers
	isNumber := " AND +" + q.at + number     // the + keeps it from choosing an index
	last, any, err := q.c.Int("SELECT max(" + q.at + ")" + from)
	if err == nil && any && last <= 0 {
		last, any, err = q.c.Int("SELECT max(" + q.at + ")" + from + " WHERE " + q.at + number)
	}
	if err != nil || !any || last <= 0 {
		return err
	}
	limit := q.r.limit * 1000
	if q.t.Rowid != "" && last <= limit {
		usual := recent{limit: q.r.limit}
		const year = int64(lonelyGap / time.Millisecond)
		err := q.take(&usual, from+" WHERE "+q.at+" > ?1"+isNumber+" ORDER BY "+q.t.Rowid+" DESC LIMIT ?2", last-year, recentKept)
		if err != nil || usual.rows >= recentKept {
			usual.add(moment{Reading: wallclock.FromMillis(last)})
			*q.r = usual
			return err
		}
	}
	newestFirst := " ORDER BY " + q.at + " DESC LIMIT ?2"
	if err := q.take(q.r, from+" WHERE "+q.at+" <= ?1"+newestFirst, limit, recentKept); err != nil {
		return err
	}
	if err := q.take(q.r, from+" WHERE "+q.at+" > ?1"+isNumber+newestFirst, limit, recentKept); err != nil {
		return err
	}
	q.r.afterRows, _, err = q.c.Int("SELECT count(*)"+from+" WHERE "+q.at+" > ?1"+isNumber, limit)
	return err
}

func (q eventQuery) take(into *recent, rest string, args ...any) error {
	return q.c.Each("SELECT "+q.at+", "+q.t.Select("ID")+rest, func(r *sqlread.Stmt) error {
		id, _ := ID(r, 1)
		if at := r.Int(0); at > 0 {
			into.add(moment{wallclock.FromMillis(at), id})
		}
		return nil
	}, args...)
}
