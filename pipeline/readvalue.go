package pipeline

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"sluice/wording"
)

// text reads a text, or a number or truth value in the place of one.
func (r *reader) text(path string, raw json.RawMessage) string {
	var text string
	var other any
	switch {
	case json.Unmarshal(raw, &text) == nil:
		return text
	case json.Unmarshal(raw, &other) != nil:
	default:
		switch other.(type) {
		case float64, bool:
			r.odd(path, "is %s: taken for a text.", shown(raw))
			return strings.TrimSpace(string(raw))
		}
	}
	r.keep(path, raw, wording.Format("text"))
	return ""
}

// largestFloat is the largest whole number of which a float keeps each digit.
const largestFloat = 1 << 53

// integer is whole64 with 0 for what cannot be read.
func (r *reader) integer(path string, raw json.RawMessage) int64 {
	n, _ := r.whole64(path, raw)
	return n
}

// whole64 reads a whole number, also as a float or as a text.
func (r *reader) whole64(path string, raw json.RawMessage) (n int64, ok bool) {
	digits := strings.TrimSpace(string(raw))
	var text string
	isText := strings.HasPrefix(digits, `"`) && json.Unmarshal(raw, &text) == nil
	if isText {
		digits = strings.TrimSpace(text)
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err == nil && !isText {
		return n, true
	}
	if err != nil {
		f, floatErr := strconv.ParseFloat(digits, 64)
		if floatErr != nil || f != math.Trunc(f) || math.Abs(f) > largestFloat {
			r.keep(path, raw, wording.Format("whole number"))
			return 0, false
		}
		n = int64(f)
	}
	r.odd(path, "is %s: taken for the number %d.", shown(raw), n)
	return n, true
}

// truth reads true or false, also as a text or a number.
func (r *reader) truth(path string, raw json.RawMessage) bool {
	var yes bool
	if json.Unmarshal(raw, &yes) == nil {
		return yes
	}
	word := strings.TrimSpace(string(raw))
	var text string
	if json.Unmarshal(raw, &text) == nil {
		word = strings.ToLower(strings.TrimSpace(text))
	}
	switch word {
	case "true", "1":
		yes = true
	case "false", "0":
	default:
		r.keep(path, raw, wording.Format("true or false"))
		return false
	}
	r.odd(path, "is %s: taken for %t.", shown(raw), yes)
	return yes
}

// status reads a state, also in other letters. One that is not documented is a state
// like any other.
func (r *reader) status(path string, raw json.RawMessage) Status {
	s := Status(r.text(path, raw))
	if s.Known() {
		return s
	}
	plain := Status(strings.ToUpper(strings.TrimSpace(string(s))))
	if plain != NotStarted && plain.Known() {
		r.odd(path, "is %q: taken for %s.", string(s), string(plain))
		return plain
	}
	return s
}

// object takes a member apart that has to be an object; nil if it is none.
func (r *reader) object(path string, raw json.RawMessage) map[string]json.RawMessage {
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil {
		r.keep(path, raw, wording.Format("object"))
		return nil
	}
	for name, value := range members {
		if isNull(value) {
			delete(members, name)
		}
	}
	return members
}

func (r *reader) config(path string, raw json.RawMessage) (c Config) {
	members := r.object(path, raw)
	if v, ok := members["exportFrom"]; ok {
		c.ExportFrom = r.time(path+".exportFrom", v)
	}
	if v, ok := members["forcedExport"]; ok {
		c.ForcedExport = r.truth(path+".forcedExport", v)
	}
	return c
}

func (r *reader) statistics(path string, raw json.RawMessage) *Statistics {
	members := r.object(path, raw)
	if members == nil {
		return nil
	}
	return &Statistics{
		ExportedEntities: r.count(path+".exportedEntities", members["exportedEntities"]),
		WrittenRows:      r.count(path+".writtenRows", members["writtenRows"]),
	}
}

// count reads a number of things: 0 if there is none, -1 if it cannot be read.
func (r *reader) count(path string, raw json.RawMessage) int64 {
	if raw == nil {
		return 0
	}
	n, ok := r.whole64(path, raw)
	if !ok {
		return -1
	}
	return n
}

func (r *reader) schema(path string, raw json.RawMessage) *Schema {
	members := r.object(path, raw)
	if members == nil {
		return nil
	}
	s := &Schema{}
	if v, ok := members["version"]; ok {
		s.Version = int(r.integer(path+".version", v))
	}
	if v, ok := members["status"]; ok {
		s.Status = r.text(path+".status", v)
	}
	return s
}
