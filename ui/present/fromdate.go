package present

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"sluice/pipeline"
	"sluice/ui/texts"
)

// Preset is a ready-made from date.
type Preset int

// The presets; Custom is a date that somebody has typed.
const (
	Custom Preset = iota
	Days365
	Days90
	Days30
	Days7
	SinceLast
	Everything
)

// Presets lists the presets in the order of the window.
func Presets() []Preset { return []Preset{Days365, Days90, Days30, Days7, SinceLast, Everything} }

// Name is what the chip of the preset says.
func (p Preset) Name() string {
	t := texts.T.New
	switch p {
	case Days365:
		return t.Days365
	case Days90:
		return t.Days90
	case Days30:
		return t.Days30
	case Days7:
		return t.Days7
	case SinceLast:
		return t.SinceLast
	case Everything:
		return t.Everything
	}
	return ""
}

func (p Preset) days() int {
	return map[Preset]int{Days365: 365, Days90: 90, Days30: 30, Days7: 7}[p]
}

// FromDate is the from date as it stands in the form: civil date, time of day
// and zone, as typed.
type FromDate struct{ Date, Time, Zone string }

// Anchor is what presets count from, as the from dates of the command line do.
type Anchor = pipeline.Anchor

// Fill gives the form of a preset. Days are counted back from the civil day of
// the anchor and begin at midnight. ok is false if the preset is not possible:
// nothing was exported yet.
func (p Preset) Fill(a Anchor, zone string) (f FromDate, ok bool) {
	location, err := LoadZone(zone)
	if err != nil {
		location, zone = time.UTC, "UTC"
	}
	switch p {
	case Everything:
		return FromDate{pipeline.Beginning().Format(time.DateOnly), "00:00", "UTC"}, true
	case SinceLast:
		if a.Last.IsZero() {
			return FromDate{}, false
		}
		t := a.SinceLast().In(location)
		return FromDate{t.Format(time.DateOnly), t.Format("15:04"), zone}, true
	case Custom:
		return FromDate{}, false
	}
	// The clock need not have shown midnight on that day.
	y, m, d := a.Newest.In(location).Date()
	day := pipeline.DaysBack(time.Date(y, m, d, 12, 0, 0, 0, time.UTC), p.days())
	return FromDate{day.Format(time.DateOnly), "00:00", zone}, true
}

// Says is from when a form exports, with the day of the week, and what its preset counts
// from: for a snapshot the days count back from its newest change. It is "" for a form that
// cannot be read.
func (p Preset) Says(f FromDate, a Anchor, now time.Time) string {
	t := texts.T.New
	at, _, err := f.Instant(now)
	if err != nil {
		return ""
	}
	from := t.Weekday(at) + " " + Moment(at)
	switch p {
	case Everything:
		return t.CountsEverything
	case SinceLast:
		return fmt.Sprintf(t.CountsLast, from)
	case Custom:
		return fmt.Sprintf(t.CountsCustom, from)
	}
	newest := a.Newest.In(at.Location())
	if newest.Format(time.DateOnly) == now.In(at.Location()).Format(time.DateOnly) {
		return fmt.Sprintf(t.CountsToday, from, p.days(), t.Weekday(newest))
	}
	return fmt.Sprintf(t.CountsNewest, from, p.days(), t.Weekday(newest)+" "+newest.Format(time.DateOnly))
}

// The fields of the form of a from date; FieldZone is its third.
const (
	FieldDate = "date"
	FieldTime = "time"
)

// FieldError is a mistake in one field of a form.
type FieldError struct {
	Field   string // one of the constants with Field in their names
	Message string // one sentence: what, and what to do
}

func (e *FieldError) Error() string { return e.Message }

// Instant gives the moment that the form means. A complete time with a zone
// that was pasted into the date field stands for the whole form. The error is a
// *FieldError.
//
// note is a remark on a form that is fine: on the day when clocks are put
// forward, a time of day that does not exist stands for the one an hour later. On the
// day when they are put back, one that comes twice stands for the first.
func (f FromDate) Instant(now time.Time) (t time.Time, note string, err error) {
	texts := texts.T.New
	date := strings.TrimSpace(f.Date)
	if t, err := pipeline.ParseTime(date); err == nil {
		return t, "", f.notFuture(t, now)
	}
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return t, "", &FieldError{FieldDate, fmt.Sprintf(texts.BadDate, f.Date)}
	}
	clock, err := parseClock(f.Time)
	if err != nil {
		return t, "", &FieldError{FieldTime, err.Error()}
	}
	zone, err := LoadZone(f.Zone)
	if err != nil {
		return t, "", &FieldError{FieldZone, fmt.Sprintf(texts.BadZone, f.Zone)}
	}
	y, m, d := day.Date()
	t = pipeline.First(time.Date(y, m, d, clock.Hour(), clock.Minute(), clock.Second(), 0, zone))
	if t.Hour() != clock.Hour() || t.Minute() != clock.Minute() {
		note = fmt.Sprintf(texts.Gap, clock.Format("15:04"), t.Format("15:04"))
	}
	return t, note, f.notFuture(t, now)
}

func (f FromDate) notFuture(t, now time.Time) error {
	if t.After(now) {
		return &FieldError{FieldDate, fmt.Sprintf(texts.T.New.Future, Moment(t))}
	}
	return nil
}

// parseClock reads a time of day; empty is midnight.
func parseClock(s string) (time.Time, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		s = "00:00"
	}
	for _, layout := range []string{"15:04", "15:04:05"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf(texts.T.New.BadTime, s)
}

var offset = regexp.MustCompile(`^(?:UTC|GMT)?([+-])(\d\d?):?(\d\d)?$`)

// LoadZone reads a zone: a name of the zone database, "UTC", "Local" or an
// offset such as "+01:00". Empty is this computer's zone.
func LoadZone(name string) (*time.Location, error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return time.Local, nil
	}
	m := offset.FindStringSubmatch(name)
	if m == nil {
		zone, err := time.LoadLocation(name)
		if err != nil {
			return nil, fmt.Errorf("zone %q: %w", name, err)
		}
		return zone, nil
	}
	hours, _ := strconv.Atoi(m[2])
	minutes, _ := strconv.Atoi("0" + m[3])
	if hours > 14 || minutes > 59 {
		return nil, fmt.Errorf(texts.T.New.BadZone, name)
	}
	seconds := hours*3600 + minutes*60
	if m[1] == "-" {
		seconds = -seconds
	}
	return time.FixedZone(fmt.Sprintf("%s%02d:%02d", m[1], hours, minutes), seconds), nil
}

// ReachedAt is the moment up to which the last export of a snapshot has everything. For
// a job that has not written it down, the moment that a window has noted when it ended
// counts if that is earlier; zero if none has.
func ReachedAt(last pipeline.Reach, noted time.Time) time.Time {
	if last.Guessed && !noted.IsZero() && noted.Before(last.At) {
		return noted
	}
	return last.At
}

// Reached is pipeline.Reached.
func Reached(last pipeline.Job, newest time.Time) time.Time { return pipeline.Reached(last, newest) }
