package changes

import (
	"fmt"
	"time"
)

// verdict is what it means that B lacks a row of A.
type verdict uint8

const (
	unproven    verdict = iota // nothing
	proved                     // it was removed, or is no longer selected
	outOfWindow                // B did not ask for it, unless it was changed
)

// proof judges rows of A that B lacks: see the documentation of the package.
type proof struct {
	nothing bool // B was forced, is not complete, or left rows out
	all     bool // B has everything, or the file has nothing to do with dates, or nothing is known
	from    time.Time
}

// proofOf is that of B for a file.
func proofOf(b *Set, s scheme, name string) proof {
	switch {
	case b.Doubt != "":
		return proof{nothing: true}
	case !b.FromKnown, s.whole && !b.LimitsSpaces(name), !b.From.After(beginning):
		return proof{all: true}
	}
	return proof{from: b.From}
}

// beginning is before every change of every site.
var beginning = time.Unix(0, 0)

// wantsDate reports whether of looks at the date.
func (p proof) wantsDate() bool { return !p.nothing && !p.all }

// of judges a row by the cell with the date of its last change.
func (p proof) of(date []byte) verdict {
	switch {
	case p.nothing:
		return unproven
	case p.all:
		return proved
	}
	at, err := time.Parse(time.RFC3339, string(date))
	switch {
	case err != nil: // a row without a date
		return unproven
	case at.After(p.from):
		return proved
	}
	return outOfWindow
}

// say tells what B proves, "" if nothing need be said.
func (b *Set) say() string {
	switch {
	case b.Doubt != "":
		return fmt.Sprintf("%s proves no removal: %s. Rows that it lacks are counted as unproven.", b.Title, b.Doubt)
	case !b.FromKnown:
		return fmt.Sprintf("Nothing tells from which date on %s was exported: rows that it lacks are told as removed, whether they were deleted or were not asked for. Name the date with --from-date.", b.Title)
	}
	return ""
}
