// Package retention decides which exports of a home are kept and which go: by their
// number, their age and their size. It touches no files.
package retention

import (
	"slices"
	"time"

	"sluice/pipeline"
)

// Policy bounds what is kept of the exports of a home. A bound of zero bounds nothing.
type Policy struct {
	Keep     int           // so many complete exports, the newest
	MaxAge   time.Duration // since the end of a complete export
	MaxBytes int64         // all complete exports together, the newest first
	// PartialAge is how long ago a job must have ended for its partial files to go.
	PartialAge time.Duration
}

// Bounds reports whether the policy bounds anything.
func (p Policy) Bounds() bool {
	return p.Keep > 0 || p.MaxAge > 0 || p.MaxBytes > 0 || p.PartialAge > 0
}

// Export is what a job has on the disk.
type Export struct {
	Job      pipeline.Job
	Folder   string // of the files
	Bytes    int64
	Complete bool // its files have their manifest
	// Unreadable is why nobody can tell what the files are: such an export is left alone.
	Unreadable error
	// Ended is when the job ended or, where that is not known, when its files were last
	// written.
	Ended time.Time
}

// Reason is why an export stays or goes.
type Reason string

// The reasons. An export for which several hold has the first of them.
const (
	ReasonNewest  Reason = "newest"  // stays: the newest complete export always does
	ReasonWithin  Reason = "within"  // stays: within all bounds
	ReasonRecent  Reason = "recent"  // stays: partial files, younger than the bound or not bounded
	ReasonUnread  Reason = "unread"  // stays: its manifest cannot be read
	ReasonOwed    Reason = "owed"    // stays: a delivery has to bring it yet
	ReasonKeep    Reason = "keep"    // goes: there are enough newer ones
	ReasonAge     Reason = "age"     // goes: too old
	ReasonSize    Reason = "size"    // goes: the newer ones and this are too large together
	ReasonPartial Reason = "partial" // goes: partial files of a job that ended long ago
	ReasonAsked   Reason = "asked"   // goes: somebody has asked for it
)

// Goes reports whether an export with the reason is removed.
func (r Reason) Goes() bool {
	switch r {
	case ReasonNewest, ReasonWithin, ReasonRecent, ReasonUnread, ReasonOwed:
		return false
	}
	return true
}

// Choice is an export and what becomes of it.
type Choice struct {
	Export
	Reason Reason
}

// Choose decides about exports, which come newest first. The newest complete one stays
// whatever the bounds say: the next export may go on from it.
//
// An export that would make the kept ones too large goes, as do all that are older: what
// is kept has no gaps.
func (p Policy) Choose(exports []Export, now time.Time) []Choice {
	choices := make([]Choice, len(exports))
	var complete int
	var bytes int64
	for i, e := range exports {
		choices[i] = Choice{Export: e, Reason: ReasonRecent}
		if e.Unreadable != nil {
			choices[i].Reason = ReasonUnread
			continue
		}
		if !e.Complete {
			if p.PartialAge > 0 && now.Sub(e.Ended) >= p.PartialAge {
				choices[i].Reason = ReasonPartial
			}
			continue
		}
		complete++
		bytes += e.Bytes
		choices[i].Reason = p.reason(complete, now.Sub(e.Ended), bytes)
	}
	return choices
}

// Spare lets what would go stay that lies in one of the folders, since a delivery has to bring
// it yet.
func Spare(choices []Choice, folders []string) {
	for i, c := range choices {
		if c.Reason.Goes() && slices.Contains(folders, c.Folder) {
			choices[i].Reason = ReasonOwed
		}
	}
}

// reason is why the nth complete export stays or goes; bytes are its own and those of
// all that are newer.
func (p Policy) reason(n int, age time.Duration, bytes int64) Reason {
	switch {
	case n == 1:
		return ReasonNewest
	case p.Keep > 0 && n > p.Keep:
		return ReasonKeep
	case p.MaxAge > 0 && age >= p.MaxAge:
		return ReasonAge
	case p.MaxBytes > 0 && bytes > p.MaxBytes:
		return ReasonSize
	}
	return ReasonWithin
}
