package celltext

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf16"
)

// Form is what a cell's text is written in.
type Form string

// The forms that are laid out for reading.
const (
	Plain  Form = "text"
	Markup Form = "markup" // XML of the vendor's editor, often cut short
	JSON   Form = "json"
)

// FormOf looks at the start of a text and, for JSON, at whether all of it parses.
func FormOf(s string) Form {
	t := strings.TrimSpace(s)
	switch {
	case strings.HasPrefix(t, "<") && len(t) > 2 && strings.IndexByte(t, '>') > 1 && tagStart(t[1]):
		return Markup
	case (strings.HasPrefix(t, "{") || strings.HasPrefix(t, "[")) && json.Valid([]byte(t)):
		return JSON
	}
	return Plain
}

func tagStart(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '!' || c == '?' || c == '/'
}

// Laid lays a text out for reading by its form.
func Laid(s string, f Form) string {
	switch f {
	case Markup:
		return Indent(s)
	case JSON:
		var b bytes.Buffer
		if json.Indent(&b, []byte(strings.TrimSpace(s)), "", "  ") == nil {
			return b.String()
		}
	}
	return s
}

// CutByExport reports whether a cell of a column that the export cuts after limit
// UTF-16 units, or not at all if that is 0, is as long as that, or just short of it
// where a surrogate pair would have been split: then its text most likely goes on in
// the product. Escaped line breaks count as the one character that they were.
func CutByExport(limit int, s string) bool {
	if limit == 0 || len(s) < limit-1 {
		return false
	}
	n := units(s)
	if n == limit || n == limit-1 {
		return true
	}
	n -= strings.Count(s, `\n`)
	return n == limit || n == limit-1
}

// units is the length of s in UTF-16 units.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}
