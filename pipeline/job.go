package pipeline

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"time"
)

// Job is one export, as the REST API describes it (ProcessStatusResponse,
// spec/rest-api.md §4). The zero Job means that there was no export yet; its
// JSON is {}.
//
// Each member is read by itself: one that is written otherwise than the API documents
// takes nothing from the others, and a note tells of it (KeyOddMember). Members that the
// API does not document today survive in Extra.
type Job struct {
	StartTime        Time
	CancelledTime    Time
	CompletedTime    Time
	NodeID           string
	ID               int64 // from 1; 0 is no job
	Status           Status
	Config           Config
	Statistics       *Statistics // nil while unknown
	Errors           []Diagnostic
	Warnings         []Diagnostic
	Schema           *Schema
	RootExportPath   string
	OptedOutEntities []OptedOut
	OptedOutFiles    []string

	// ResumedFrom is the job that this one goes on with, and ResumedAs the one
	// that has gone on with it; 0 is none. They are not part of the REST document:
	// Kept is the document with them.
	ResumedFrom, ResumedAs int64

	// StartedBy is who started the job, as far as this Sluice knows it: ByPerson, ByREST
	// or what BySchedule makes; "" is not known. It is no part of the REST document
	// either.
	StartedBy string

	// Notes are worth knowing and say nothing against the files, as warnings do:
	// which zone was found, which index is missing. The API has no such thing, so
	// the JSON of a Job has none; Kept is the form that carries them.
	Notes []Diagnostic

	// ReadUpTo is the newest change that a completed export of a snapshot has read, zero if
	// that is not known. It is no part of the REST document: HeaderReadUpTo carries it.
	ReadUpTo time.Time

	// Redaction names the rules by which the files of an export of a snapshot are redacted,
	// such as gdpr; "" if they are not. It is no part of the REST document: Kept carries it.
	Redaction string

	// Extra holds the members of the JSON object that are not listed above, by name,
	// as they came; and those that are, if they could not be read or only in part:
	// Unread names them.
	Extra map[string]json.RawMessage
}

// HeaderReadUpTo is the header in which our own server tells Job.ReadUpTo with a status
// (RFC 3339). The vendor's servers read the database itself and have no such thing.
const HeaderReadUpTo = "Sluice-Read-Up-To"

// Config is what a job was asked to do.
type Config struct {
	// ExportFrom is the lower bound: entities created or updated after it.
	ExportFrom Time `json:"exportFrom,omitzero"`
	// ForcedExport is true when the job ran in spite of an inconsistent index.
	ForcedExport bool `json:"forcedExport"`
}

// Statistics counts what a job has done. A number that could not be read is -1.
type Statistics struct {
	// ExportedEntities counts users, spaces, pages, comments and events.
	ExportedEntities int64 `json:"exportedEntities"`
	// WrittenRows counts the data records of all files, headers not counted.
	WrittenRows int64 `json:"writtenRows"`
}

// Schema tells which version of the columns a newer product writes.
type Schema struct {
	Version int    `json:"version"`
	Status  string `json:"status,omitempty"`
}

// OptedOut lists entities that are excluded from exports, such as spaces.
type OptedOut struct {
	Type        string   `json:"type"`
	Identifiers []string `json:"identifiers"`
}

// Exists reports whether there is a job at all: an object without a jobId
// counts as none (spec/rest-api.md §10). One with an id that is no number is a job.
func (j Job) Exists() bool { return j.ID != 0 || j.Extra["jobId"] != nil }

// Label is the id as people read it: the number, or what stands in its place.
func (j Job) Label() string {
	if raw := j.Extra["jobId"]; j.ID == 0 && raw != nil {
		var text string
		if json.Unmarshal(raw, &text) == nil {
			return text
		}
		return string(raw)
	}
	return strconv.FormatInt(j.ID, 10)
}

// Unread names the documented members that stand in Extra, since they could not be
// read, or only in part.
func (j Job) Unread() []string {
	return slices.DeleteFunc(slices.Clone(wireNames), func(name string) bool { return j.Extra[name] == nil })
}

// Running reports whether the job holds the export lock.
func (j Job) Running() bool { return j.Exists() && j.Status.Running() }

// Duration is the time from start to end, or to now until the job has ended; 0 when
// either is not known.
func (j Job) Duration(now time.Time) time.Duration {
	if j.StartTime.IsZero() {
		return 0
	}
	if j.Status.Ended() {
		if j.CompletedTime.IsZero() {
			return 0
		}
		now = j.CompletedTime.Time
	}
	return max(0, now.Sub(j.StartTime.Time))
}

// Same reports whether other is a state of the same job. The id alone does not
// tell: a server that was set up anew gives its ids anew.
func (j Job) Same(other Job) bool {
	return j.ID == other.ID && (j.StartTime.IsZero() || other.StartTime.IsZero() || j.StartTime.UnixMilli() == other.StartTime.UnixMilli())
}

// NewestFirst orders jobs for slices.SortFunc: by their start, the last one first,
// and by id where that does not tell.
func NewestFirst(a, b Job) int {
	if !a.StartTime.IsZero() && !b.StartTime.IsZero() {
		if order := cmp.Compare(b.StartTime.UnixMilli(), a.StartTime.UnixMilli()); order != 0 {
			return order
		}
	}
	return cmp.Compare(b.ID, a.ID)
}

// Follows reports whether j is a later state of other, or a job that came behind it:
// what was known of other is over then. No job follows nothing.
func (j Job) Follows(other Job) bool {
	return j.Exists() && (j.Same(other) || NewestFirst(j, other) < 0)
}

// Diagnostic returns the first error or warning of the job with the key.
func (j Job) Diagnostic(key string) (Diagnostic, bool) {
	for _, d := range slices.Concat(j.Errors, j.Warnings) {
		if d.Key == key {
			return d, true
		}
	}
	return Diagnostic{}, false
}

// Clone returns a copy that shares nothing with j.
func (j Job) Clone() Job {
	if j.Statistics != nil {
		s := *j.Statistics
		j.Statistics = &s
	}
	if j.Schema != nil {
		s := *j.Schema
		j.Schema = &s
	}
	j.Errors = slices.Clone(j.Errors)
	j.Warnings = slices.Clone(j.Warnings)
	j.Notes = slices.Clone(j.Notes)
	j.OptedOutEntities = slices.Clone(j.OptedOutEntities)
	j.OptedOutFiles = slices.Clone(j.OptedOutFiles)
	if j.Extra != nil {
		extra := make(map[string]json.RawMessage, len(j.Extra))
		for k, v := range j.Extra {
			extra[k] = v
		}
		j.Extra = extra
	}
	return j
}
