// Package when reads at which moments something repeats, in plain words or as a cron
// expression, and finds the next one in a time zone.
//
// Moments are those that a clock on the wall shows. Where it is set forward, what would
// fall into the time that is left out happens once, at the moment at which the clock is
// set. Where it is set back, what falls into the time that it shows twice happens the
// first time only, unless it repeats every hour or more often, which goes on through both.
//
//	w, err := when.Parse("weekdays 02:00")
//	next := w.Next(time.Now(), berlin)
package when

import (
	"slices"
	"time"

	"github.com/adhocore/gronx"

	"sluice/wording"
)

// When is at which moments something repeats.
type When struct {
	text  string
	words wording.Text
	crons []string // of five fields; any of them
	often bool     // every hour or more often
}

// String is the text as it was written.
func (w When) String() string { return w.text }

// Words say it to people: "weekdays at 02:00".
func (w When) Words() string { return w.words.String() }

// Text is Words, for who says it in another language.
func (w When) Text() wording.Text { return w.words }

// Crons are cron expressions of five fields which together say the same.
func (w When) Crons() []string { return slices.Clone(w.crons) }

// slack is more than clocks are set back.
const slack = 3 * time.Hour

// Next is the first moment after another; the zero time if there is none any more.
func (w When) Next(after time.Time, zone *time.Location) time.Time {
	from := wall(after.In(zone))
	if changes(after.Add(-slack), after.Add(slack), zone) {
		from = from.Add(-slack)
	}
	var next time.Time
	for _, cron := range w.crons {
		if t := w.nextOf(cron, from, after, zone); next.IsZero() || !t.IsZero() && t.Before(next) {
			next = t
		}
	}
	return next
}

// nextOf is the first moment of one expression after another moment; from is a time on
// the wall that is not behind it.
func (w When) nextOf(cron string, from, after time.Time, zone *time.Location) time.Time {
	var next time.Time
	for shown := from; ; {
		var err error
		if shown, err = gronx.NextTickAfter(cron, shown, false); err != nil {
			return next
		}
		for _, t := range w.moments(shown, zone) {
			if t.After(after) && (next.IsZero() || t.Before(next)) {
				next = t
			}
		}
		// A later time on the wall can be an earlier moment only near a change of the clock.
		if !next.IsZero() && (!changes(next.Add(-slack), next.Add(slack), zone) || shown.After(wall(next.In(zone)).Add(slack))) {
			return next
		}
	}
}

// moments are those at which something happens that is to happen when the clock shows a
// time, which is given in UTC.
func (w When) moments(shown time.Time, zone *time.Location) []time.Time {
	found, change := Shown(shown, zone)
	switch {
	case len(found) == 0:
		return []time.Time{change}
	case !w.often:
		return found[:1]
	}
	return found
}

// Shown are the moments at which the clock of a zone shows a time, which is given in
// UTC: one, or two where it is set back, or none where it is set forward; then change is
// the moment at which it is.
func Shown(shown time.Time, zone *time.Location) (found []time.Time, change time.Time) {
	y, m, d := shown.Date()
	near := time.Date(y, m, d, shown.Hour(), shown.Minute(), shown.Second(), 0, zone)
	start, end := near.ZoneBounds()
	for _, probe := range []time.Time{start.Add(-time.Second), near, end} {
		if probe.Year() < 1 { // there was no change before
			continue
		}
		t := shown.Add(-offset(probe, zone)).In(zone)
		if wall(t).Equal(shown) && !slices.ContainsFunc(found, t.Equal) {
			found = append(found, t)
		}
	}
	slices.SortFunc(found, time.Time.Compare)
	if len(found) > 0 {
		return found, time.Time{}
	}
	for _, at := range []time.Time{start, end} {
		before, after := shown.Add(-offset(at.Add(-time.Second), zone)), shown.Add(-offset(at, zone))
		if !before.Before(at) && after.Before(at) {
			return nil, at.In(zone)
		}
	}
	return nil, near
}

// offset is how far a zone is before UTC at a moment.
func offset(t time.Time, zone *time.Location) time.Duration {
	_, seconds := t.In(zone).Zone()
	return time.Duration(seconds) * time.Second
}

// wall is what the clock of the zone of t shows, in UTC.
func wall(t time.Time) time.Time { return t.Add(offset(t, t.Location())).UTC() }

// changes reports whether the clock of a zone is set between two moments.
func changes(from, to time.Time, zone *time.Location) bool {
	return offset(from, zone) != offset(to, zone)
}
