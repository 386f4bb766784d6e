package wallclock

import (
	"math"
	"slices"
	"sort"
	"time"
)

// Zone turns wall-clock times of a location into UTC. A time that the clock
// showed twice is the first of the two; a time that it skipped counts on from
// the time before the gap. Both mean: the offset from before a change holds
// until the wall clock has passed the change for good.
type Zone struct {
	until   []int64 // wall-clock seconds at which offsets[i] ends
	offsets []int64 // seconds east of UTC; one more than until
	loc     *time.Location
}

// The years between which changes of offset are looked up.
const firstYear, lastYear = 1970, 2150

// NewZone prepares a location.
func NewZone(loc *time.Location) *Zone {
	z := &Zone{loc: loc}
	t := time.Date(firstYear, 1, 1, 0, 0, 0, 0, loc)
	_, before := t.Zone()
	z.offsets = append(z.offsets, int64(before))
	for {
		_, end := t.ZoneBounds()
		if end.IsZero() || end.Year() > lastYear {
			return z
		}
		if !end.After(t) { // ZoneBounds stands still at the end of some leap years
			end = t.Add(24 * time.Hour)
		}
		if _, after := end.Zone(); after != before {
			z.until = append(z.until, end.Unix()+int64(max(before, after)))
			z.offsets = append(z.offsets, int64(after))
			before = after
		}
		t = end
	}
}

// Location is the location of the zone.
func (z *Zone) Location() *time.Location { return z.loc }

// OffsetAt is the offset, in seconds east of UTC, at an instant.
func (z *Zone) OffsetAt(unix int64) int64 {
	_, offset := time.Unix(unix, 0).In(z.loc).Zone()
	return int64(offset)
}

// Clock is a Zone that remembers its last look-up; it belongs to one goroutine.
type Clock struct {
	zone        *Zone
	from, until int64 // the wall-clock times for which offset holds
	offset      int64
}

// NewClock returns a clock for the zone.
func NewClock(z *Zone) *Clock { return &Clock{zone: z, from: 1, until: 0} }

// Unix is the instant of a reading, in seconds since 1970 in UTC.
func (c *Clock) Unix(r Reading) int64 {
	if r.Absolute {
		return r.Seconds
	}
	if r.Seconds < c.from || r.Seconds >= c.until {
		c.find(r.Seconds)
	}
	return r.Seconds - c.offset
}

func (c *Clock) find(wall int64) {
	z := c.zone
	i := sort.Search(len(z.until), func(i int) bool { return wall < z.until[i] })
	c.from, c.until = math.MinInt64, math.MaxInt64
	if i > 0 {
		c.from = z.until[i-1]
	}
	if i < len(z.until) {
		c.until = z.until[i]
	}
	c.offset = z.offsets[i]
}

// AppendUTC appends an instant in ISO 8601, such as 2021-02-26T04:14:38Z, or
// with milliseconds, cut, not rounded.
func AppendUTC(dst []byte, unix int64, nanos int32, millis bool) []byte {
	days := unix / 86400
	rest := unix % 86400
	if rest < 0 {
		days, rest = days-1, rest+86400
	}
	year, month, day := civilFromDays(days)
	if year < 0 || year > 9999 {
		return time.Unix(unix, int64(nanos)).UTC().AppendFormat(dst, time.RFC3339)
	}
	dst = slices.Grow(dst, 24)
	dst = append(dst, byte('0'+year/1000), byte('0'+year/100%10), byte('0'+year/10%10), byte('0'+year%10),
		'-', byte('0'+month/10), byte('0'+month%10), '-', byte('0'+day/10), byte('0'+day%10), 'T')
	hour, minute, second := byte(rest/3600), byte(rest/60%60), byte(rest%60)
	dst = append(dst, '0'+hour/10, '0'+hour%10, ':', '0'+minute/10, '0'+minute%10, ':', '0'+second/10, '0'+second%10)
	if millis {
		ms := nanos / 1_000_000
		dst = append(dst, '.', byte('0'+ms/100), byte('0'+ms/10%10), byte('0'+ms%10))
	}
	return append(dst, 'Z')
}

// Date is the calendar date that a wall clock shows.
func Date(wall int64) (year, month, day int) {
	days := wall / 86400
	if wall%86400 < 0 {
		days--
	}
	return civilFromDays(days)
}
