package snapshot

import (
	"math"
	"time"

	"sluice/localexport/wallclock"
)

// Seen collects when the rows that one goroutine visits have changed, for NewestSeen.
// Adding a moment is a comparison or two, whatever the order of the rows, and allocates
// nothing once the newest few are known.
//
// It keeps the newest moments as a search through the whole table does, until the ten
// newest lie within a year of each other: then none of them can be an outlier, and as
// long as that holds, the newest one alone has to be kept up to date.
type Seen struct {
	_ cacheLine
	recent
	low  int64 // what is older, in seconds since 1970, changes nothing
	high int64 // what is not, and older than this, only takes the place of the newest
	_    cacheLine
}

// cacheLine keeps what a goroutine writes for each row away from what others write:
// processors pass a line of memory around that two of them write to.
type cacheLine [64]byte

// NewSeen returns an empty collection.
func (s *Snapshot) NewSeen() *Seen {
	return &Seen{recent: recent{limit: s.latest()}, low: math.MinInt64, high: math.MinInt64}
}

// Add adds a moment, in seconds since 1970 in UTC, of the row with a key.
func (x *Seen) Add(unix int64, nanos int32, id int64) {
	if unix < x.low {
		x.rows++
		return
	}
	x.newer(unix, nanos, id)
}

// newer adds what Add, which is small enough to be inlined, does not pass over.
func (x *Seen) newer(unix int64, nanos int32, id int64) {
	m := moment{wallclock.Reading{Seconds: unix, Nanos: nanos, Absolute: true}, id}
	if unix >= x.high {
		x.insert(m)
		return
	}
	x.rows++
	if newest := &x.until[recentKept-1]; m.compare(*newest) > 0 {
		*newest, x.low = m, unix
	}
}

// insert adds a moment among those that are kept.
func (x *Seen) insert(m moment) {
	const gap = int64(lonelyGap / time.Second)
	x.add(m)
	if len(x.until) < recentKept {
		return
	}
	newest, tenth := x.until[recentKept-1].Seconds, x.until[recentKept-fewChanges].Seconds
	if newest-tenth < gap {
		x.low, x.high = newest, min(tenth+gap, x.limit+1)
	} else {
		x.low, x.high = x.until[0].Seconds, math.MinInt64
	}
}

// NewestSeen is the newest of the changes of content and of the events that are
// plausible, by the rule of Reference; zero if there is none.
func (s *Snapshot) NewestSeen(content, events []*Seen) time.Time {
	n := newest{content: recent{limit: s.latest()}, events: recent{limit: s.latest()}}
	for _, x := range content {
		n.content.merge(x.recent)
	}
	for _, x := range events {
		n.events.merge(x.recent)
	}
	return n.judge(s, wallclock.NewZone(time.UTC)).At
}
