package wording

import "strings"

// List are texts with semicolons between.
type List []Text

// In implements Sayer.
func (l List) In(say func(english string) string) string {
	parts := make([]string, len(l))
	for i, t := range l {
		parts[i] = t.In(say)
	}
	return strings.Join(parts, "; ")
}

// String is the list in English.
func (l List) String() string { return l.In(English) }

// text is the list as a text, to be kept.
func (l List) text() Text {
	t := Text{Format: strings.TrimSuffix(strings.Repeat("%s; ", len(l)), "; ")}
	for _, x := range l {
		t.Args = append(t.Args, x)
	}
	return t
}
