package pipeline

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"sluice/wording"
)

// Anchor is what relative from dates count from, in the window and on the command
// line.
type Anchor struct {
	// Newest is the moment that days and months are counted back from: now for a
	// server, the newest change for a snapshot.
	Newest time.Time
	// Last is the moment up to which the last completed export has everything; zero
	// if there was none.
	Last time.Time
}

// ErrNoExport answers a from date that counts from the last completed export where
// there is none.
var ErrNoExport = wording.New("there is no completed export to go on from")

// DaysBack is the beginning of the civil day that many days before that of t, in
// the location of t.
func DaysBack(t time.Time, days int) time.Time {
	y, m, d := t.Date()
	return First(time.Date(y, m, d-days, 0, 0, 0, 0, t.Location()))
}

// First is the first moment at which the clock has shown what it shows at t: one that
// was set back has shown some times twice, and a change is rather exported twice than
// never.
func First(t time.Time) time.Time {
	set, _ := t.ZoneBounds() // when the clock was set
	if set.IsZero() {
		return t
	}
	_, offset := t.Zone()
	_, before := set.Add(-time.Second).Zone()
	if back := time.Duration(before-offset) * time.Second; t.Sub(set) < back {
		return t.Add(-back)
	}
	return t
}

// MonthsBack is the beginning of the civil day that many months before that of t, in
// the location of t; of the last day of a month that is shorter.
func MonthsBack(t time.Time, months int) time.Time {
	y, m, d := t.Date()
	last := time.Date(y, m-time.Month(months)+1, 0, 12, 0, 0, 0, time.UTC).Day()
	return First(time.Date(y, m-time.Month(months), min(d, last), 0, 0, 0, 0, t.Location()))
}

// SinceLast is the from date of an export that goes on from the last one: whole
// minutes, rounded down, since rather is a change exported twice than never.
func (a Anchor) SinceLast() time.Time { return a.Last.Truncate(time.Minute) }

// Beginning is the from date of an export of everything: the beginning of Unix time,
// before any wiki.
func Beginning() time.Time { return time.Unix(0, 0).UTC() }

// FromDate is a from date as people write it.
type FromDate struct {
	text  string
	exact time.Time // of one that says its zone; zero otherwise
	unit  string    // of one that counts: "d", "w", "mo", "y", sinceLast, everything; or a layout
	count int
}

// The words for from dates, besides "today" and "yesterday", and what else means them.
const (
	sinceLast  = "last-success"
	everything = "everything"
)

var counted = regexp.MustCompile(`^-(\d{1,5})(d|w|mo|y)$`)

// inWords is a count as people say it: last-30-days.
var inWords = regexp.MustCompile(`^last-(\d{1,5})-(day|week|month|year)s?$`)

// short is a from date in words as its short form: last-30-days is -30d,
// since-last-success is last-success, and all is everything.
func short(word string) string {
	if m := inWords.FindStringSubmatch(word); m != nil {
		return "-" + m[1] + map[string]string{"day": "d", "week": "w", "month": "mo", "year": "y"}[m[2]]
	}
	switch word {
	case "since-" + sinceLast:
		return sinceLast
	case "all":
		return everything
	}
	return word
}

// ReadFromDate reads the from date of a command line: a time with a zone, as the REST
// API takes it; a date, 2026-11-01, or a date and time of day, 2026-11-01T08:00, in a
// zone that is said elsewhere; -7d, -2w, -12mo and -1y, today and yesterday, which
// count from an Anchor and mean the beginning of a day; last-success; everything; and
// the same in words: last-30-days, since-last-success, all.
func ReadFromDate(s string) (FromDate, error) {
	s = strings.TrimSpace(s)
	f := FromDate{text: s}
	if t, err := ParseTime(s); err == nil {
		f.exact = t
		return f, nil
	}
	word := short(strings.ToLower(s))
	switch word {
	case "today":
		f.unit = "d"
		return f, nil
	case "yesterday":
		f.unit, f.count = "d", 1
		return f, nil
	case sinceLast, everything:
		f.unit = word
		return f, nil
	}
	if m := counted.FindStringSubmatch(word); m != nil {
		f.count, _ = strconv.Atoi(m[1]) // five digits
		f.unit = m[2]
		return f, nil
	}
	for _, layout := range nakedLayouts {
		if _, err := time.Parse(layout, s); err == nil {
			f.unit = layout
			return f, nil
		}
	}
	return f, wording.Errorf("%q is no from date: write a date such as 2026-11-01, a time such as 2026-11-01T08:00+01:00, or -7d, -12mo, yesterday, last-success or everything", s)
}

// Counts reports whether the from date counts from the newest change or moment.
func (f FromDate) Counts() bool {
	return f.unit == "d" || f.unit == "w" || f.unit == "mo" || f.unit == "y"
}

// SinceLast reports whether the from date goes on from the last completed export.
func (f FromDate) SinceLast() bool { return f.unit == sinceLast }

// Everything reports whether the from date leaves nothing out.
func (f FromDate) Everything() bool { return f.unit == everything }

// Exact reports whether the from date says its instant itself.
func (f FromDate) Exact() bool { return f.unit == "" }

// NeedsZone reports whether the from date has a time of day and no zone: which instant
// that means must not be guessed.
func (f FromDate) NeedsZone() bool { return strings.Contains(f.unit, "15:04") }

// Instant is the moment that the from date means, which is not after now. Days begin
// in the zone. The error wraps ErrNoExport if it goes on from an export and there is
// none.
func (f FromDate) Instant(a Anchor, zone *time.Location, now time.Time) (time.Time, error) {
	t, err := f.instant(a, zone)
	switch {
	case err != nil:
		return time.Time{}, wording.Errorf("%s: %w", f.text, err)
	case !Writable(t):
		return time.Time{}, wording.Errorf("from date %s reaches back beyond the year 0", f.text)
	case t.After(now):
		return time.Time{}, wording.Errorf("from date %s lies in the future: nothing can have changed since then", FormatTime(t))
	}
	return t, nil
}

func (f FromDate) instant(a Anchor, zone *time.Location) (time.Time, error) {
	newest := a.Newest.In(zone)
	switch f.unit {
	case "":
		return f.exact, nil
	case everything:
		return Beginning(), nil
	case sinceLast:
		if a.Last.IsZero() {
			return time.Time{}, ErrNoExport
		}
		return a.SinceLast().In(zone), nil
	case "d":
		return DaysBack(newest, f.count), nil
	case "w":
		return DaysBack(newest, 7*f.count), nil
	case "mo":
		return MonthsBack(newest, f.count), nil
	case "y":
		return MonthsBack(newest, 12*f.count), nil
	}
	t, err := time.ParseInLocation(f.unit, f.text, zone)
	return First(t), err
}

// Reached is the moment up to which a completed export has everything: its start, or
// before that the newest change that it has read (ReadUpTo) or that its snapshot holds.
func Reached(last Job, newest time.Time) time.Time {
	t := last.StartTime.Time
	if last.Status != Completed || t.IsZero() {
		return time.Time{}
	}
	for _, bound := range []time.Time{last.ReadUpTo, newest} {
		if !bound.IsZero() && bound.Before(t) {
			t = bound
		}
	}
	return t
}
