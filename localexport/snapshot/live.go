package snapshot

import (
	"sluice/localexport/sqlread"
	"sluice/wording"
)

// Accepted is what counts as live content beside that whose status is current.
type Accepted struct {
	Statusless bool // content without a status
	Archived   bool
}

// The values of content_status.
const (
	statusCurrent  = "current"
	statusDraft    = "draft"
	statusDeleted  = "deleted"
	StatusArchived = "archived"
)

// Takes reports whether content in a state is live.
func (a Accepted) Takes(s State) bool {
	return s == StateLive || a.Statusless && s == StateNone || a.Archived && s == StateArchived
}

// State says whether a row is live, and why not.
type State int

// The states. Those from StateNone on are odd: the product's rows are none of them,
// so that people must be told.
const (
	StateLive State = iota
	StateOld        // an old version
	StateDraft
	StateDeleted
	StateNone       // no status
	StateArchived   // which only the vendor's cloud has
	StateUnknown    // another status
	StateBadVersion // prevver is neither empty nor a number
	stateCount
)

// Odd are the states of which State.Odd is true.
var Odd = [...]State{StateNone, StateArchived, StateUnknown, StateBadVersion}

// Odd reports whether people must be told of content in a state.
func (s State) Odd() bool { return s >= StateNone }

// isVersion reports whether a row with the given column stands for an older version of
// content.
func isVersion(row Row, prevver int) bool {
	return !row.IsNull(prevver) && (row.Kind(prevver) < sqlread.Text || len(row.Bytes(prevver)) > 0)
}

// StateOf is the state of a row with the given columns: current content that is no old
// version is live (spec/confluence-database.md §3). It is the only place that says so.
// What counts is the exact value, as text or as a blob, whatever the column is declared
// to be.
func StateOf(row Row, prevver, status int) State {
	if isVersion(row, prevver) {
		if _, version := ID(row, prevver); version == IDPresent {
			return StateOld
		}
		return StateBadVersion // blanks, too
	}
	switch string(row.Bytes(status)) {
	case statusCurrent:
		return StateLive
	case statusDraft:
		return StateDraft
	case statusDeleted:
		return StateDeleted
	case "":
		return StateNone
	case StatusArchived:
		return StateArchived
	}
	return StateUnknown
}

// Key is the key of a diagnostic about content in an odd state.
func (s State) Key() string {
	switch s {
	case StateNone:
		return KeyStatusMissing
	case StateArchived:
		return KeyArchived
	case StateUnknown:
		return KeyStatusUnknown
	}
	return KeyBadVersion
}

// Which says in a relative clause what content in an odd state is.
func (s State) Which() string {
	switch s {
	case StateNone:
		return wording.Format("that have no status (content_status is NULL or empty)")
	case StateArchived:
		return wording.Format("that are archived")
	case StateUnknown:
		return wording.Format("whose content_status is none that Confluence is known to have")
	}
	return wording.Format(`whose prevver is neither empty nor a number (such as \N, which COPY writes for NULL)`)
}

// Advice says what to do about content in an odd state.
func (s State) Advice() string {
	switch s {
	case StateNone:
		return wording.Format("An option exports them (--statusless-content).")
	case StateArchived:
		return wording.Format("An option exports them (--include-archived).")
	}
	return wording.Format("Convert the database again.")
}
