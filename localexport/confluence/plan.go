package confluence

import (
	"context"
	"time"

	"sluice/figures"
	"sluice/localexport/pace"
	"sluice/localexport/snapshot"
	"sluice/localexport/wallclock"
	"sluice/pipeline"
	"sluice/wording"
)

// defaultWindow is the time range of an export without a from date
// (spec/behaviour.md §4).
const defaultWindow = 365 * 24 * time.Hour

// beginning is before any change of any wiki.
var beginning = time.Unix(0, 0).UTC()

// MakePlan resolves the from date, the zone and the base URL, so that a job can
// tell them at its start. It looks at every date of the content if no from date
// is given, which takes less than a tenth of the export, and is not repeated by
// Export.
func MakePlan(ctx context.Context, s *snapshot.Snapshot, o Options, c *Counters) (Plan, error) {
	c = counters(c)
	if o.Plan != nil {
		return planAgain(ctx, s, *o.Plan, c)
	}
	var n notes
	var outliers []pipeline.Diagnostic
	p := Plan{From: o.From}
	err := expectSorting(ctx, s, c)
	if err != nil {
		return Plan{}, err
	}
	if p.BaseURL, err = baseURL(ctx, s, o); err != nil {
		return Plan{}, err
	}
	if p.Zone, err = location(ctx, s, o, c, &n); err != nil {
		return Plan{}, err
	}
	p.Location, p.ZoneSum = p.Zone.String(), zoneSum(p.Zone)
	if p.From.IsZero() {
		newest, err := s.Newest(ctx, wallclock.NewZone(p.Zone), o.workers())
		if err != nil {
			return Plan{}, err
		}
		p.From = windowStart(newest.At, s.Identity().Modified())
		outliers = newest.Outliers
	}
	p.Warnings = append(n.diagnostics(), outliers...)
	return p, nil
}

// windowStart is the start of the default time range, which ends with the newest
// change of the snapshot, or with the time of its file if none is known. It can be
// written in any form of time, whatever the file says.
func windowStart(newest, modified time.Time) time.Time {
	if newest.IsZero() {
		newest = modified
	}
	from := newest.Add(-defaultWindow).UTC().Truncate(time.Second)
	if !snapshot.Writable(from.Unix()) || from.Before(beginning) {
		return beginning
	}
	return from
}

// baseURL is the address of the instance, without a slash at its end.
func baseURL(ctx context.Context, s *snapshot.Snapshot, o Options) (string, error) {
	if o.BaseURL != "" {
		return snapshot.CleanBase(o.BaseURL), nil
	}
	base, err := s.BaseURL(ctx)
	if err != nil {
		return "", err
	}
	if base == "" {
		return "", &snapshot.FileError{Path: s.Path(), Problem: "holds no base URL (neither in plugin_setting nor in bandana), which every file needs",
			Advice: "give it, such as https://confluence.example.com"}
	}
	return base, nil
}

// location is the zone of the naive times.
func location(ctx context.Context, s *snapshot.Snapshot, o Options, c *Counters, n *notes) (*time.Location, error) {
	if o.Location != nil {
		return o.Location, nil
	}
	guess, err := s.GuessZone(ctx, sorting(o, c, pace.New(o.CPUShare)))
	if err != nil {
		return nil, err
	}
	override := wording.Of("If that is wrong, export again with the zone of the server.")
	switch {
	case guess.Location == nil:
		n.say(KeyNoTimeZone, "The snapshot does not tell in which time zone its server ran; the zone of this computer, %s, was taken. %s", time.Local, override)
		return time.Local, nil
	case guess.Seasonal:
		n.say(KeyTimeZone, "The server seems to have run in a time zone with the changes of %s: %d of %d events agree. That zone was taken. %s",
			guess.Location, figures.N(guess.Matching), figures.N(guess.Samples), override)
	default:
		n.say(KeyTimeZone, "The server seems to have run at %s all the time: %d of %d events agree. That offset was taken, without summer time. %s",
			guess.Location, figures.N(guess.Matching), figures.N(guess.Samples), override)
	}
	return guess.Location, nil
}

// saySorted says how an index that is missing was made up for.
func (n *notes) saySorted(table, column string) {
	n.say(KeyMissingIndex, "The table %s has no usable index on %s: its keys were sorted into private work files first, which takes a little longer.", table, column)
}
