package snapshot

import "sluice/localexport/sqlread"

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

// Live reports whether a row with the given columns is current content and no old
// version (spec/confluence-database.md §3). It is the only place that says so. What
// counts is the exact value, as text or as a blob, whatever the column is declared
// to be.
func Live(row Row, prevver, status int, a Accepted) bool {
	if !row.IsNull(prevver) && (row.Kind(prevver) < sqlread.Text || len(row.Bytes(prevver)) > 0) {
		return false
	}
	s := row.Bytes(status)
	return string(s) == statusCurrent || a.Statusless && len(s) == 0 || a.Archived && string(s) == StatusArchived
}

// State says why a row is not live.
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

// Odd are the states that people must be told of.
var Odd = [...]State{StateNone, StateArchived, StateUnknown, StateBadVersion}

// StateOf says why a row is live or not.
func StateOf(row Row, prevver, status int) State {
	switch _, version := ID(row, prevver); version {
	case IDPresent:
		return StateOld
	case IDBad:
		return StateBadVersion
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
		return "that have no status (content_status is NULL or empty)"
	case StateArchived:
		return "that are archived"
	case StateUnknown:
		return "whose content_status is none that Confluence is known to have"
	}
	return `whose prevver is neither empty nor a number (such as \N, which COPY writes for NULL)`
}

// Advice says what to do about content in an odd state.
func (s State) Advice() string {
	switch s {
	case StateNone:
		return "An option exports them (--statusless-content)."
	case StateArchived:
		return "An option exports them (--include-archived)."
	}
	return "Convert the database again."
}
