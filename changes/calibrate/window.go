package calibrate

import (
	"fmt"
	"time"

	"sluice/changes"
	"sluice/figures"
	"sluice/pipeline"
)

// Two exports of one site have other rows where they begin at other dates. Such rows tell
// nothing about a rule: they are counted, and said.

// span is what was seen of the dates of a file.
type span struct {
	oldest  time.Time // change in the vendor's file; zero: none was seen
	ours    time.Time // the oldest change of a row that only we have; zero: none was seen
	earlier int64     // rows that only the vendor has, and we have not asked for
	later   int64     // rows that only we have, and the vendor's files begin behind them
}

// older is the older of two times, of which the zero time is none.
func older(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// vendors looks at the date of a row of the vendor's.
func (c *calibration) vendors(file string, r changes.Row) {
	if at, ok := r.Changed(); ok {
		c.seen[file].oldest = older(c.seen[file].oldest, at)
	}
}

// beforeVendors looks at the date of a row that only we have, and reports whether it is
// known to lie before those of the vendor's files.
func (c *calibration) beforeVendors(file string, r changes.Row) bool {
	at, ok := r.Changed()
	if !ok || changes.Whole(file) {
		return false
	}
	s := c.seen[file]
	s.ours = older(s.ours, at)
	if c.since.IsZero() || !at.Before(c.since) {
		return false
	}
	s.later++
	return true
}

// beginsLater reports whether rows that only we have lie before all that the vendor's
// files have: these begin at the date that is returned, or before.
func (c *calibration) beginsLater() (since time.Time, later bool) {
	var ours time.Time
	for file, s := range c.seen {
		if !changes.Whole(file) {
			since, ours = older(since, s.oldest), older(ours, s.ours)
		}
	}
	return since, !ours.IsZero() && ours.Before(since)
}

// windowNotes say which rows told nothing.
func (c *calibration) windowNotes(vendor, ours *changes.Set) (notes []string) {
	var earlier, later int64
	for _, s := range c.seen {
		earlier += s.earlier
		later += s.later
	}
	if earlier > 0 {
		why := fmt.Sprintf("they did not change after %s, the from date of %s, or have no date that can be read", pipeline.FormatFromDate(ours.From), ours.Title)
		if ours.Doubt != "" || !ours.FromKnown {
			why = fmt.Sprintf("nothing tells that %s should have them", ours.Title)
		}
		notes = append(notes, fmt.Sprintf("%s rows that only %s has tell nothing about a rule, and were left out: %s. Export from the date of the vendor's files to compare them, too.", figures.N(earlier), vendor.Title, why))
	}
	if later > 0 {
		notes = append(notes, fmt.Sprintf("%s rows that only %s has tell nothing about a rule, and were left out: they did not change after %s, where %s begins.", figures.N(later), ours.Title, pipeline.FormatFromDate(c.since.Truncate(time.Second)), vendor.Title))
	}
	return notes
}
