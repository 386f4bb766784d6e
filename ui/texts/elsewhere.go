package texts

import (
	"errors"
	"regexp"
	"strings"

	"sluice/wording"
)

// Elsewhere is what a sentence that is not the window's own, or a part of one, is in the
// language in force; a number or size that is written in the English way is written in
// its.
func Elsewhere(english string) string {
	if said := T.Elsewhere[english]; said != "" {
		return said
	}
	if numeral.MatchString(english) {
		return local(english)
	}
	return english
}

// numeral is a number of things, or a size.
var numeral = regexp.MustCompile(`^(\d{1,3}(,\d{3})+|\d+(\.\d)? (B|[kMGTP]B))$`)

// Say is something of another package in the language in force.
func Say(s wording.Sayer) string { return s.In(Elsewhere) }

// Error is what an error says in the language in force: as the error itself puts it
// together of what there is for its parts, or else in English.
func Error(err error) string {
	if err == nil {
		return ""
	}
	var parts interface {
		error
		wording.Sayer
	}
	if errors.As(err, &parts) && parts.Error() == err.Error() {
		return Say(parts)
	}
	return Elsewhere(err.Error())
}

// Sentence begins with a capital, unless with the name of a host or a file, and ends with
// a full stop.
func Sentence(s string) string {
	if s = Capital(strings.TrimSpace(s)); s == "" {
		return s
	}
	for _, end := range []string{".", "!", "?", ":", ";", ")", "。", "！", "？", "）"} {
		if strings.HasSuffix(s, end) {
			return s
		}
	}
	return s + T.Format.FullStop
}

// Capital begins a text with a capital, unless it begins with the name of a host or a file.
func Capital(s string) string {
	first, _, _ := strings.Cut(s, " ")
	if first != "" && first[0] >= 'a' && first[0] <= 'z' && !strings.ContainsAny(first, "./\\:_") {
		return strings.ToUpper(s[:1]) + s[1:]
	}
	return s
}
