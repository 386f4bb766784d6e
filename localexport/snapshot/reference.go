package snapshot

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"sluice/figures"
	"sluice/localexport/wallclock"
	"sluice/pipeline"
	"sluice/wording"
)

// Reference is the moment that the days of an export are counted back from, and
// what the default time range, the presets of the window and "since the last
// export" go by: the newest change of any content or event that is plausible.
//
// One wrong clock must not move it, since everything before would be left out.
// The data decide, with what is known of the clock as a hint:
//
//   - A time after both the clock of this computer and the modification time of
//     the file, by more than a day, is an outlier. Unless the clock is wrong: ten
//     rows of content or more, and more than one in a hundred, lie after it, and
//     they go on from the others without a gap of a year, or most do.
//   - Fewer than ten rows that lie more than a year after all others, of which
//     there are ten at least, are outliers.
//   - A time beyond the year 9999 is an outlier in any case.
//
// Where this errs it takes a moment that is too early: rather a change twice than
// never. Outliers are exported like other rows.
type Reference struct {
	At       time.Time // zero if there is none
	Outliers []pipeline.Diagnostic
}

// The bounds of Reference.
const (
	latestSlack = 24 * time.Hour
	fewChanges  = 10
	lonelyGap   = 365 * 24 * time.Hour
)

var (
	firstSecond = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	lastSecond  = time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC).Unix()
)

// Writable reports whether an instant, in seconds since 1970 in UTC, lies in the
// years 1 to 9999: others have no form that programs agree on.
func Writable(unix int64) bool { return unix >= firstSecond && unix <= lastSecond }

// latest is the latest moment that is likely, in seconds since 1970: a snapshot
// holds nothing from after it was made.
func (s *Snapshot) latest() int64 {
	at := s.now()
	if s.identity.Modified().After(at) {
		at = s.identity.Modified()
	}
	return min(at.Add(latestSlack).Unix(), lastSecond)
}

// change is a moment and where it stands.
type change struct {
	moment
	table, key, column string
}

// judge tells the plausible moments from the outliers.
func (n newest) judge(s *Snapshot, zone *wallclock.Zone) Reference {
	var plausible, outliers []change
	add := func(to *[]change, list []moment, table, key, column string) {
		for _, m := range list {
			*to = append(*to, change{m, table, key, column})
		}
	}
	content := s.Table("content").Name
	after := &outliers
	if n.clockIsWrong() {
		after = &plausible
	}
	add(&plausible, n.content.until, content, "contentid", "date")
	add(after, n.content.after, content, "contentid", "date")
	if t := s.Table("AO_7B47A5_EVENT"); t != nil {
		add(&plausible, n.events.until, t.Name, "ID", "EVENT_AT")
		add(after, n.events.after, t.Name, "ID", "EVENT_AT")
	}
	total := int64(0)
	if after == &outliers {
		total = n.content.afterRows + n.events.afterRows
	}
	newestFirst := func(a, b change) int { return cmp.Or(b.compare(a.moment), cmp.Compare(a.table, b.table)) }
	slices.SortFunc(plausible, newestFirst)
	lonely := lonelyRows(plausible)
	total += int64(lonely)
	outliers = append(outliers, plausible[:lonely]...)
	plausible = plausible[lonely:]
	slices.SortFunc(outliers, newestFirst)
	r := Reference{At: newestOf(plausible, zone)}
	if total > 0 {
		r.Outliers = []pipeline.Diagnostic{describeOutliers(outliers, total, r.At)}
	}
	return r
}

// clockIsWrong reports whether what lies after the latest likely moment is more
// likely than the clock that says so.
func (n newest) clockIsWrong() bool {
	c := n.content
	switch {
	case len(c.until) == 0:
		return c.rows > 0 || len(n.events.until) == 0
	case c.afterRows < fewChanges || c.afterRows*100 <= c.rows:
		return false
	}
	joined := c.firstAfter-c.until[len(c.until)-1].Seconds <= int64(lonelyGap/time.Second)
	return joined || c.afterRows*2 > c.rows
}

// lonelyRows is how many of the first ones are outliers among changes, which come
// newest first.
func lonelyRows(all []change) (n int) {
	for n < len(all) && all[n].Seconds > lastSecond {
		n++
	}
	if n == len(all) {
		return n
	}
	for i := n + 1; i < min(n+fewChanges, len(all)-fewChanges+1); i++ {
		if all[i-1].Seconds-all[i].Seconds > int64(lonelyGap/time.Second) {
			return lonelyRows(all[i:]) + i
		}
	}
	return n
}

// newestOf is the newest of the changes, with naive times in the given zone.
func newestOf(all []change, zone *wallclock.Zone) (best time.Time) {
	clock := wallclock.NewClock(zone)
	for _, c := range all {
		t := time.Unix(clock.Unix(c.Reading), int64(c.Nanos)).UTC()
		if Writable(t.Unix()) && t.After(best) {
			best = t
		}
	}
	return best
}

// named is how many outliers a warning names.
const named = 3

func describeOutliers(all []change, total int64, at time.Time) pipeline.Diagnostic {
	var list wording.List
	for _, c := range all[:min(named, len(all))] {
		value := string(wallclock.AppendUTC(nil, c.Seconds, c.Nanos, false))
		if c.table != "" && c.column == "EVENT_AT" {
			value = fmt.Sprintf("%d (%s)", millis(c.Reading), value)
		} else if !c.Absolute {
			value = strings.TrimSuffix(value, "Z")
		}
		list = append(list, wording.Of("table %s, %s %d: %s %s", c.table, c.key, c.id, c.column, value))
	}
	if rest := total - int64(len(list)); rest > 0 {
		list = append(list, wording.Of("and %d more", figures.N(rest)))
	}
	until := wording.Of("nothing else tells the newest change, so the date of the file was taken")
	if !at.IsZero() {
		until = wording.Of("the newest change is taken to be of %s", at.Format("2006-01-02 15:04:05 MST"))
	}
	return pipeline.Say(KeyImplausibleTime,
		"Times that are not plausible do not count for the default time range: %d (%s). They lie far after all others, or in the future; %s. If they are right, give the from date.",
		figures.N(total), list, until)
}

// millis is a reading of FromMillis as it was stored.
func millis(r wallclock.Reading) int64 {
	if r.Seconds > math.MaxInt64/1000 {
		return math.MaxInt64
	}
	return r.Seconds*1000 + int64(r.Nanos)/1_000_000
}
