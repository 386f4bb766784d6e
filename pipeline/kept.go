package pipeline

import (
	"encoding/json"
	"maps"
	"slices"
)

// Kept is a Job as Sluice keeps it for itself and shows it in its own documents:
// the REST document, whose shape is the vendor's, with the notes and the jobs that it
// is tied to as more members.
type Kept Job

// The members that Kept adds.
const (
	notesMember       = "notes"
	resumedFromMember = "resumedFrom"
	resumedAsMember   = "resumedAs"
	startedByMember   = "startedBy"
	redactionMember   = "redaction"
)

// MarshalJSON writes the REST document with the members that have a value.
func (k Kept) MarshalJSON() ([]byte, error) {
	j := Job(k)
	more := map[string]any{}
	if len(j.Notes) > 0 {
		more[notesMember] = j.Notes
	}
	if j.ResumedFrom != 0 {
		more[resumedFromMember] = j.ResumedFrom
	}
	if j.ResumedAs != 0 {
		more[resumedAsMember] = j.ResumedAs
	}
	if j.StartedBy != "" {
		more[startedByMember] = j.StartedBy
	}
	if j.Redaction != "" {
		more[redactionMember] = j.Redaction
	}
	if len(more) == 0 {
		return j.MarshalJSON()
	}
	if j.Extra = maps.Clone(j.Extra); j.Extra == nil {
		j.Extra = map[string]json.RawMessage{}
	}
	for name, value := range more {
		b, err := json.Marshal(value)
		if err != nil {
			return nil, err
		}
		j.Extra[name] = b
	}
	return j.MarshalJSON()
}

// UnmarshalJSON reads what MarshalJSON writes. A member of that name which is
// something else stays in Extra.
func (k *Kept) UnmarshalJSON(b []byte) error {
	var j Job
	if err := j.UnmarshalJSON(b); err != nil {
		return err
	}
	odd := j.Notes
	j.Notes = nil
	take(j.Extra, notesMember, &j.Notes)
	for _, d := range odd { // what is odd is noted once, however often it is read
		if !slices.Contains(j.Notes, d) {
			j.Notes = append(j.Notes, d)
		}
	}
	take(j.Extra, resumedFromMember, &j.ResumedFrom)
	take(j.Extra, resumedAsMember, &j.ResumedAs)
	take(j.Extra, startedByMember, &j.StartedBy)
	take(j.Extra, redactionMember, &j.Redaction)
	if len(j.Extra) == 0 {
		j.Extra = nil
	}
	*k = Kept(j)
	return nil
}

// take moves a member to where it belongs, if it can be read as that.
func take[T any](members map[string]json.RawMessage, name string, to *T) {
	raw, ok := members[name]
	if !ok {
		return
	}
	var value T
	if json.Unmarshal(raw, &value) == nil {
		*to = value
		delete(members, name)
	}
}
