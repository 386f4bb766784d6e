package client

import (
	"encoding/base64"
	"encoding/json"
	"html"
	"net/url"
	"slices"
	"strings"

	"sluice/pipeline"
	"sluice/secret"
)

// masked stands where a secret was.
const masked = secret.Hidden

// shortestCore is how long the part of a secret in base64 must be that does not
// depend on what stands around it, to be looked for.
const shortestCore = 8

// mask hides secrets in texts of a server's making, in the forms in which servers
// echo what they were sent: as they are, percent-encoded, in HTML, and in base64,
// alone or with something around them, as HTTP Basic has them.
type mask struct{ forms []string } // in small letters, the longest first

func newMask(secrets []string) mask {
	var m mask
	add := func(form string) {
		form = lower(form)
		if form != "" && !slices.Contains(m.forms, form) {
			m.forms = append(m.forms, form)
		}
	}
	for _, s := range secrets {
		for _, form := range append(cores(s), s) {
			add(form)
			add(url.QueryEscape(form))
			add(url.PathEscape(form))
			add(html.EscapeString(form))
		}
	}
	slices.SortFunc(m.forms, func(a, b string) int { return len(b) - len(a) })
	return m
}

// cores are what any base64 of a text with s in it contains: one for each place of
// s among groups of three bytes, in both alphabets.
func cores(s string) []string {
	var list []string
	for before := range 3 {
		text := make([]byte, before+len(s))
		copy(text[before:], s)
		first := (before*8 + 5) / 6       // the first character with bits of s alone
		last := (before + len(s)) * 8 / 6 // behind the last one
		for _, alphabet := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			if last-first >= shortestCore {
				list = append(list, alphabet.EncodeToString(text)[first:last])
			}
		}
	}
	return list
}

// mostEncodings is how many times a text may be percent-encoded.
const mostEncodings = 3

// hide returns text without the secrets. A text that holds one only behind its
// percent-encoding is returned decoded.
func (m mask) hide(text string) string {
	hidden := m.replace(text)
	decoded := hidden
	for range mostEncodings {
		if !strings.Contains(decoded, "%") {
			break
		}
		decoded = percentDecoded(decoded)
		if again := m.replace(decoded); again != decoded {
			hidden, decoded = again, again
		}
	}
	return hidden
}

// replace hides the forms in any mixture of capital and small letters, as host
// names come.
func (m mask) replace(text string) string {
	for _, form := range m.forms {
		small := lower(text)
		if !strings.Contains(small, form) {
			continue
		}
		var b strings.Builder
		for {
			i := strings.Index(small, form)
			if i < 0 {
				break
			}
			b.WriteString(text[:i] + masked)
			text, small = text[i+len(form):], small[i+len(form):]
		}
		b.WriteString(text)
		text = b.String()
	}
	return text
}

// lower is strings.ToLower for ASCII: no byte moves.
func lower(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r >= 'A' && r <= 'Z' }) {
		return s
	}
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// percentDecoded decodes what can be decoded, and leaves the rest.
func percentDecoded(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if part, err := url.PathUnescape(s[i : i+3]); err == nil {
				b.WriteString(part)
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// hideIn hides the secrets in all texts of a job.
func (m mask) hideIn(j *pipeline.Job) {
	if len(m.forms) == 0 {
		return
	}
	j.NodeID, j.RootExportPath = m.hide(j.NodeID), m.hide(j.RootExportPath)
	j.Status = pipeline.Status(m.hide(string(j.Status)))
	for _, list := range [][]pipeline.Diagnostic{j.Errors, j.Warnings, j.Notes} {
		for i, d := range list {
			hidden := pipeline.Diagnostic{Key: m.hide(d.Key), Message: m.hide(d.Message)}
			if hidden.Message == d.Message && m.hide(string(d.Args)) == string(d.Args) {
				hidden.Format, hidden.Args = m.hide(d.Format), d.Args
			}
			list[i] = hidden
		}
	}
	if j.Schema != nil {
		j.Schema.Status = m.hide(j.Schema.Status)
	}
	for i, o := range j.OptedOutEntities {
		j.OptedOutEntities[i].Type = m.hide(o.Type)
		m.hideAll(o.Identifiers)
	}
	m.hideAll(j.OptedOutFiles)
	j.Extra = m.hideMembers(j.Extra)
}

func (m mask) hideAll(list []string) {
	for i, s := range list {
		list[i] = m.hide(s)
	}
}

// hideMembers hides the secrets in members that the API does not document. Those
// without one stay as they came.
func (m mask) hideMembers(members map[string]json.RawMessage) map[string]json.RawMessage {
	if members == nil {
		return nil
	}
	out := make(map[string]json.RawMessage, len(members))
	for name, raw := range members {
		var value any
		decoder := json.NewDecoder(strings.NewReader(string(raw)))
		decoder.UseNumber()
		if decoder.Decode(&value) == nil {
			if hidden, changed := m.hideValue(value); changed {
				if b, err := json.Marshal(hidden); err == nil {
					raw = b
				}
			}
		}
		out[m.hide(name)] = raw
	}
	return out
}

// hideValue walks a decoded JSON value.
func (m mask) hideValue(v any) (hidden any, changed bool) {
	switch v := v.(type) {
	case string:
		s := m.hide(v)
		return s, s != v
	case json.Number:
		s := m.hide(v.String())
		return s, s != v.String()
	case []any:
		for i, x := range v {
			y, c := m.hideValue(x)
			v[i], changed = y, changed || c
		}
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, x := range v {
			y, c := m.hideValue(x)
			shown := m.hide(name)
			out[shown], changed = y, changed || c || shown != name
		}
		return out, changed
	}
	return v, changed
}
