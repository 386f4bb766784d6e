package bundle

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
)

// told are the keys whose texts are words of the program, or times as somebody has written
// them down: what is none of ours in them is masked like everywhere.
var told = map[string]bool{"kind": true, "status": true, "version": true, "product": true, "format": true, "every": true, "when": true, "window": true, "quiet": true,
	"retryAfter": true, "deadline": true, "missed": true, "maxAge": true, "maxSize": true, "layout": true, "pack": true, "files": true, "startedBy": true,
	"key": true, "outcome": true, "says": true, "do": true, "check": true, "result": true, "message": true, "level": true, "on": true, "as": true}

// namesIn are the texts of a document that somebody has chosen: names, addresses, paths,
// and the parts of them that may stand somewhere else alone.
func namesIn(v any) (names []string) {
	switch v := v.(type) {
	case map[string]any:
		for key, member := range v {
			if told[key] && isText(member) {
				continue
			}
			names = append(names, namesIn(member)...)
		}
	case []any:
		for _, member := range v {
			names = append(names, namesIn(member)...)
		}
	case string:
		if _, err := time.Parse(time.RFC3339, v); err == nil || isPlain(v) {
			return nil
		}
		names = append(names, v)
		if u, err := url.Parse(v); err == nil && u.Host != "" {
			return append(names, u.Hostname(), u.User.Username())
		}
		for _, part := range strings.FieldsFunc(v, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			// "for" and "the" are in every sentence, and a path is left out as a whole.
			if len(part) > shortestName && !(strings.ContainsAny(v, `/\`) && ours(part)) {
				names = append(names, part)
			}
		}
	}
	return names
}

// isText reports whether a value is a text, or a list of texts.
func isText(v any) bool {
	list, several := v.([]any)
	if !several {
		list = []any{v}
	}
	return !slices.ContainsFunc(list, func(v any) bool { _, is := v.(string); return !is })
}

func isPlain(s string) bool { return plain.MatchString(s) }

// Document is JSON with its numbers, switches and keys; of texts what is the program's own.
// What is no JSON is not in it.
func (m *Mask) Document(b []byte) []byte {
	var v any
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return []byte("this is no JSON, and is left out\n")
	}
	return indented(m.value("", v))
}

func (m *Mask) value(key string, v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, member := range v {
			out[m.key(k)] = m.value(k, member)
		}
		return out
	case []any:
		for i, member := range v {
			v[i] = m.value(key, member)
		}
		return v
	case string:
		if _, err := time.Parse(time.RFC3339, v); v == "" || err == nil {
			return v
		}
		if told[key] {
			return m.Text(v)
		}
		return m.standIn(kindOf(v), v)
	case json.Number:
		if !isPlain(v.String()) {
			return m.standIn("number", v.String())
		}
	}
	return v
}

// key is the name of a member, if it is one of ours: the members of a list by name are
// called as somebody has called them.
func (m *Mask) key(key string) string {
	words := strings.FieldsFunc(spaced(key), unicode.IsSpace)
	for _, w := range words {
		if m.names != nil && m.names.MatchString(w) && !told[key] || !ours(w) {
			return m.standIn("key", key)
		}
	}
	return key
}

// spaced takes a key such as startedBy apart.
func spaced(key string) string {
	var b strings.Builder
	for _, r := range key {
		if unicode.IsUpper(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

func indented(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	_ = e.Encode(v) // made of what JSON was read to
	return b.Bytes()
}
