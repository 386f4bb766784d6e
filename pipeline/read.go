package pipeline

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"sluice/wording"
)

// KeyOddMember is the key of the notes on members of a document that are written
// otherwise than the API documents: how they were read, or that they could not be.
const KeyOddMember = "answer.member.odd"

// mostOdd is how many odd members of a document are noted one by one.
const mostOdd = 20

// UnmarshalJSON reads the REST document leniently: each member by itself, in every
// form that servers are known to write it in. What cannot be read stays in Extra. An
// error means that it is no JSON object.
func (j *Job) UnmarshalJSON(b []byte) error {
	*j = Job{}
	if string(bytes.TrimSpace(b)) == "null" {
		return nil
	}
	r := reader{extra: map[string]json.RawMessage{}}
	members, err := r.membersOf(b)
	if err != nil {
		return wording.Errorf("read job: %w", err)
	}
	for _, name := range wireNames {
		raw, ok := members[name]
		delete(members, name)
		if !ok || isNull(raw) {
			continue
		}
		r.top, r.whole = name, raw
		r.member(j, name, raw)
	}
	maps.Copy(r.extra, members)
	if len(r.extra) > 0 {
		j.Extra = r.extra
	}
	if r.more > 0 {
		r.notes = append(r.notes, Say(KeyOddMember, "%d more members are written otherwise than the API documents.", r.more))
	}
	j.Notes = r.notes
	return nil
}

// member reads one documented member into its field.
func (r *reader) member(j *Job, name string, raw json.RawMessage) {
	switch name {
	case "startTime":
		j.StartTime = r.time(name, raw)
	case "cancelledTime":
		j.CancelledTime = r.time(name, raw)
	case "completedTime":
		j.CompletedTime = r.time(name, raw)
	case "nodeId":
		j.NodeID = r.text(name, raw)
	case "jobId":
		j.ID = r.integer(name, raw)
	case "status":
		j.Status = r.status(name, raw)
	case "config":
		j.Config = r.config(name, raw)
	case "statistics":
		j.Statistics = r.statistics(name, raw)
	case "errors":
		j.Errors = r.diagnostics(name, raw)
	case "warnings":
		j.Warnings = r.diagnostics(name, raw)
	case "schema":
		j.Schema = r.schema(name, raw)
	case "rootExportPath":
		j.RootExportPath = r.text(name, raw)
	case "optedOutEntities":
		j.OptedOutEntities = r.optedOut(name, raw)
	case "optedOutFiles":
		j.OptedOutFiles = r.texts(name, raw)
	}
}

// reader reads the members of one document, and notes what is odd about them.
type reader struct {
	notes []Diagnostic
	more  int                        // oddities beyond mostOdd
	extra map[string]json.RawMessage // what could not be read
	top   string                     // the member of the document that is being read
	whole json.RawMessage            // all of it
}

// odd notes something about a member: its path, and how it was read.
func (r *reader) odd(path, format string, args ...any) {
	if len(r.notes) == mostOdd {
		r.more++
		return
	}
	r.notes = append(r.notes, Say(KeyOddMember, "%s %s", path, wording.Of(format, args...)))
}

// keep notes a member that cannot be read, and keeps it as it came.
func (r *reader) keep(path string, raw json.RawMessage, wanted string) {
	r.extra[r.top] = r.whole
	r.odd(path, "is %s, which is no %s: it is kept as it came.", shown(raw), wording.Text{Format: wanted})
}

// longestShown is how many bytes of a value a note repeats. A longer one is told by its
// kind alone: of a text that was cut, no part of a secret could be found and hidden.
const longestShown = 80

// shown is a JSON value for a note.
func shown(raw json.RawMessage) wording.Text {
	switch b := bytes.TrimSpace(raw); {
	case len(b) == 0:
		return wording.Of("nothing")
	case b[0] == '{':
		return wording.Of("an object")
	case b[0] == '[':
		return wording.Of("a list")
	case len(b) > longestShown:
		return wording.Of("a long text")
	default:
		var text string
		if json.Unmarshal(b, &text) == nil {
			return wording.Of("%s", `"`+text+`"`)
		}
		return wording.Of("%s", string(b))
	}
}

func isNull(raw json.RawMessage) bool { return string(bytes.TrimSpace(raw)) == "null" }

// membersOf takes a JSON object apart. Of a member that stands there more than once
// the last one counts, as for most readers, unless it says nothing; a documented name
// in other letters counts as that name.
func (r *reader) membersOf(b []byte) (map[string]json.RawMessage, error) {
	d := json.NewDecoder(bytes.NewReader(b))
	if first, err := d.Token(); err != nil || first != json.Delim('{') {
		return nil, errors.Join(wording.New("it is no JSON object"), err)
	}
	members := map[string]json.RawMessage{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return nil, err
		}
		name := r.documented(key.(string)) // the decoder gives names of members as texts
		before, twice := members[name]
		if twice {
			r.odd(name, "stands there twice: the last one counts.")
			if isNull(raw) {
				raw = before
			}
		}
		members[name] = raw
	}
	return members, nil
}

// documented is the name in the documentation of a member, if it has one.
func (r *reader) documented(name string) string {
	if slices.Contains(wireNames, name) {
		return name
	}
	for _, known := range wireNames {
		if strings.EqualFold(known, name) {
			r.odd(known, "is written %s.", name)
			return known
		}
	}
	return name
}
