package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"sluice/localexport"
	"sluice/localexport/snapshot"
	"sluice/pipeline"
	"sluice/visible"
)

// fromFlag is the from date, as export and start take it.
type fromFlag struct {
	FromDate string `placeholder:"TIME" help:"Export what was created or updated after this time: 2025-01-31T00:00+01:00, 2025-01-31 (in --time-zone), -7d, -2w, -12mo, -1y, yesterday, last-success or everything. Days count back from now, and of a snapshot from its newest change. Default: 365 days."`
}

// counting is what a from date counts from, with the words for people.
type counting struct {
	anchor pipeline.Anchor
	newest string // what pipeline.Anchor.Newest is
	last   string // what pipeline.Anchor.Last is
	zone   *time.Location
	zoneOf string // whose zone it is
}

// read reads the flag, given what --time-zone says; ok is false if it was not given.
func (f fromFlag) read(zone string, now time.Time) (from pipeline.FromDate, ok bool, err error) {
	if f.FromDate == "" {
		return from, false, nil
	}
	from, err = pipeline.ReadFromDate(f.FromDate)
	if err == nil && from.NeedsZone() && zone == "" {
		err = fmt.Errorf("time %q: %w: add Z or an offset such as +01:00, or give --time-zone", f.FromDate, pipeline.ErrNoZone)
	}
	if err == nil && from.Exact() { // before anything is done for it
		_, err = from.Instant(pipeline.Anchor{}, time.UTC, now)
	}
	if err != nil {
		return from, false, f.wrong(err)
	}
	return from, true, nil
}

func (f fromFlag) wrong(err error) error { return usageError{fmt.Errorf("--from-date: %w", err)} }

// instant is the moment that the from date means. It is told to people unless they
// have written it themselves.
func (f fromFlag) instant(c *call, from pipeline.FromDate, by counting) (time.Time, error) {
	t, err := from.Instant(by.anchor, by.zone, c.program.Now.now())
	if errors.Is(err, pipeline.ErrNoExport) {
		return t, fmt.Errorf("--from-date: %w (%s): give a date, or everything", err, by.last)
	}
	if err != nil {
		return t, f.wrong(err)
	}
	why := fmt.Sprintf("in %s, %s", by.zone, by.zoneOf)
	if by.zone == time.Local { // which has no name
		why = "in " + by.zoneOf
	}
	switch {
	case from.Exact():
		return t, nil
	case from.SinceLast():
		why = by.last
	case from.Everything():
		why = "before any change"
	case from.Counts():
		why = fmt.Sprintf("counted back from %s, %s", by.newest, why)
	}
	visible.Fprintf(c.program.Err, "From date %s is %s: %s.\n", f.FromDate, pipeline.FormatFromDate(t), why)
	return t, nil
}

// zoneFor is the zone that is asked for; else the zone of another name, if there is
// one; else this computer's.
func zoneFor(asked, other, otherOf string) (*time.Location, string) {
	if zone, err := localexport.ParseZone(asked); err == nil && zone != nil {
		return zone, "as --time-zone says"
	}
	if zone, err := localexport.ParseZone(other); err == nil && zone != nil {
		return zone, otherOf
	}
	return time.Local, "the zone of this computer"
}

// fromOfServer is the from date of an export on a server.
func (s *startCommand) fromOfServer(c *call, server pipeline.Exporter, from pipeline.FromDate) (time.Time, error) {
	by := counting{anchor: pipeline.Anchor{Newest: c.program.Now.now()}, newest: "now"}
	by.zone, by.zoneOf = zoneFor(s.TimeZone, "", "")
	if from.SinceLast() {
		job, err := server.Status(c.ctx)
		if err != nil {
			return time.Time{}, advise(err)
		}
		by.anchor.Last = pipeline.Reached(job, time.Time{})
		by.last = fmt.Sprintf("up to the start of job %d the last export of the server has everything", job.ID)
		switch {
		case !by.anchor.Last.IsZero() && by.anchor.Last.Before(job.StartTime.Time):
			by.last = fmt.Sprintf("up to then job %d of the server has everything: it has exported a snapshot", job.ID)
		case !job.Exists():
			by.last = "the server knows of no export"
		case by.anchor.Last.IsZero():
			by.last = fmt.Sprintf("the server tells of its last one only, which is job %d, %s", job.ID, job.Status)
		}
	}
	return s.instant(c, from, by)
}

// fromOfSnapshot is the from date of an export of a snapshot into the home of e, which
// is nil if that is not open.
func (x *exportCommand) fromOfSnapshot(c *call, e *localexport.Exporter, from pipeline.FromDate) (time.Time, error) {
	if from.Exact() {
		return x.instant(c, from, counting{zone: time.UTC})
	}
	if x.Resume {
		return time.Time{}, usageError{fmt.Errorf("--from-date %s: a resumed export has the time range of the job that it goes on with: leave the flag out", x.FromDate)}
	}
	found, err := snapshot.Inspect(c.ctx, x.Snapshot, snapshot.InspectOptions{})
	if err != nil {
		return time.Time{}, err
	}
	by := counting{anchor: pipeline.Anchor{Newest: found.Newest}}
	by.zone, by.zoneOf = zoneFor(x.TimeZone, found.TimeZone, "the zone of the snapshot")
	by.newest = "the newest change of the snapshot, of " + pipeline.FormatFromDate(found.Newest.In(by.zone).Truncate(time.Minute))
	if found.Newest.IsZero() {
		by.anchor.Newest, by.newest = c.program.Now.now(), "now, since the snapshot tells no newest change"
	}
	if from.SinceLast() {
		if e == nil { // a dry run, which makes no home
			home, err := openHome(c, x.Home)
			if err != nil {
				return time.Time{}, err
			}
			defer home.Close(c.ctx)
			e = home
		}
		if by.anchor.Last, by.last, err = lastOf(c.ctx, e, localexport.Site{BaseURL: cmp.Or(x.BaseURL, found.BaseURL), Newest: found.Newest}); err != nil {
			return time.Time{}, err
		}
	}
	return x.instant(c, from, by)
}

// lastOf is the moment up to which the last completed export of a site in a home has
// everything, and which that is, in words.
func lastOf(ctx context.Context, e *localexport.Exporter, of localexport.Site) (time.Time, string, error) {
	last, err := e.LastOf(ctx, of)
	switch {
	case err != nil:
		return time.Time{}, "", err
	case last.Other != "":
		return time.Time{}, fmt.Sprintf("those of this home are of %s, and the snapshot is of %s", last.Other, of.BaseURL), nil
	case last.Job == 0:
		return time.Time{}, "the home has none", nil
	case last.Guessed:
		return last.At, fmt.Sprintf("up to then at least job %d of this home has everything; it was written by an earlier version, which did not note how far it has read", last.Job), nil
	}
	return last.At, fmt.Sprintf("up to then job %d of this home has everything", last.Job), nil
}
