package pipeline

import (
	"encoding/json"
	"fmt"
	"strings"
)

// list takes a list apart; what is none counts as its only element.
func (r *reader) list(path string, raw json.RawMessage) []json.RawMessage {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) == nil {
		return list
	}
	r.odd(path, "is %s: taken for the only one of a list.", shown(raw))
	return []json.RawMessage{raw}
}

func (r *reader) texts(path string, raw json.RawMessage) []string {
	var all []string
	for i, v := range r.list(path, raw) {
		if !isNull(v) {
			all = append(all, r.text(fmt.Sprintf("%s[%d]", path, i), v))
		}
	}
	return all
}

func (r *reader) optedOut(path string, raw json.RawMessage) []OptedOut {
	var all []OptedOut
	for i, v := range r.list(path, raw) {
		if isNull(v) {
			continue
		}
		at := fmt.Sprintf("%s[%d]", path, i)
		members := r.object(at, v)
		if members == nil {
			continue
		}
		var o OptedOut
		if v, ok := members["type"]; ok {
			o.Type = r.text(at+".type", v)
		}
		if v, ok := members["identifiers"]; ok {
			o.Identifiers = r.texts(at+".identifiers", v)
		}
		all = append(all, o)
	}
	return all
}

// diagnostics reads errors or warnings. One that is a text has that for its message;
// one of another form has all of it, so that nothing is lost of what went wrong.
func (r *reader) diagnostics(path string, raw json.RawMessage) []Diagnostic {
	var all []Diagnostic
	for i, v := range r.list(path, raw) {
		if isNull(v) {
			continue
		}
		at := fmt.Sprintf("%s[%d]", path, i)
		var d Diagnostic
		var text string
		var members map[string]json.RawMessage
		switch {
		case json.Unmarshal(v, &text) == nil:
			r.odd(at, "is a text: taken for a message without a key.")
			d.Message = text
		case json.Unmarshal(v, &members) == nil:
			d = r.diagnostic(at, members)
			delete(members, "key")
			delete(members, "message")
			if d == (Diagnostic{}) && len(members) > 0 {
				r.odd(at, "has neither a key nor a message: shown as it came.")
				d.Message = asCame(v)
			}
		default:
			r.odd(at, "is %s: shown as it came.", shown(v))
			d.Message = asCame(v)
		}
		all = append(all, d)
	}
	return all
}

// asCame is a JSON value as a text.
func asCame(v json.RawMessage) string { return strings.ToValidUTF8(string(v), "\ufffd") }

func (r *reader) diagnostic(path string, members map[string]json.RawMessage) (d Diagnostic) {
	if v, ok := members["key"]; ok && !isNull(v) {
		d.Key = r.text(path+".key", v)
	}
	if v, ok := members["message"]; ok && !isNull(v) {
		d.Message = r.text(path+".message", v)
	}
	var format string
	if v, ok := members["format"]; ok && json.Unmarshal(v, &format) == nil && json.Unmarshal(members["args"], &d.Args) == nil {
		d.Format = format
	}
	return d
}
