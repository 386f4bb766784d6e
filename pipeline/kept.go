package pipeline

import (
	"encoding/json"
	"maps"
)

// Kept is a Job as Sluice keeps it for itself and shows it in its own documents:
// the REST document, whose shape is the vendor's, with the notes as one more member.
type Kept Job

const notesMember = "notes"

// MarshalJSON writes the REST document with "notes", if there are any.
func (k Kept) MarshalJSON() ([]byte, error) {
	j := Job(k)
	if len(j.Notes) == 0 {
		return j.MarshalJSON()
	}
	notes, err := json.Marshal(j.Notes)
	if err != nil {
		return nil, err
	}
	if j.Extra = maps.Clone(j.Extra); j.Extra == nil {
		j.Extra = map[string]json.RawMessage{}
	}
	j.Extra[notesMember] = notes
	return j.MarshalJSON()
}

// UnmarshalJSON reads what MarshalJSON writes. A member of that name which is
// something else stays in Extra.
func (k *Kept) UnmarshalJSON(b []byte) error {
	var j Job
	if err := j.UnmarshalJSON(b); err != nil {
		return err
	}
	if raw, ok := j.Extra[notesMember]; ok && json.Unmarshal(raw, &j.Notes) == nil {
		if delete(j.Extra, notesMember); len(j.Extra) == 0 {
			j.Extra = nil
		}
	} else {
		j.Notes = nil
	}
	*k = Kept(j)
	return nil
}
