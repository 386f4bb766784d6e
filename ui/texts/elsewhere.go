package texts

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"sluice/wording"
)

// Elsewhere is what a sentence that is not the window's own, or a part of one, is in the
// language in force; a number or size that is written in the English way is written in
// its. A sentence that comes as a text alone, from a document or a program that keeps
// no more, is known by the format that it was made of.
func Elsewhere(english string) string {
	said := known(english)
	if said != english || T.Format.Language == EnglishTag || english == "" {
		return said
	}
	if said, ok := sentenceOf(english, known); ok {
		return said
	}
	if said := readBack(english); said != english {
		return said
	}
	if said, ok := sentenceOf(english, readBack); ok {
		return said
	}
	first, rest, found := strings.Cut(english, ". ")
	if one := known(first + "."); found && one != first+"." {
		return one + " " + Elsewhere(rest)
	}
	if t, ok := read(first + "."); found && ok {
		return Say(t) + " " + Elsewhere(rest)
	}
	return english
}

// sentenceOf is a sentence that was made of what stands elsewhere as a part of one.
func sentenceOf(english string, say func(string) string) (string, bool) {
	bare := strings.TrimSuffix(lowered(english), ".")
	switch said := say(bare); {
	case bare == english || said == bare:
		return "", false
	case strings.HasSuffix(english, "."):
		return Sentence(said), true
	default:
		return Capital(said), true
	}
}

// readBack is a sentence by the format that it was made of, or as it is.
func readBack(english string) string {
	if t, ok := read(english); ok {
		return Say(t)
	}
	return english
}

// known is what a format, or a number, is in the language in force.
func known(english string) string {
	if said := T.Elsewhere[english]; said != "" {
		return said
	}
	if numeral.MatchString(english) {
		return local(english)
	}
	if said, ok := span(english); ok {
		return said
	}
	return english
}

// numeral is a number of things, or a size.
var numeral = regexp.MustCompile(`^(\d{1,3}(,\d{3})+|\d+(\.\d)? (B|[kMGTP]B))$`)

// reading knows the formats of the language in force.
var reading struct {
	sync.Mutex
	language string
	formats  int
	by       *wording.Reader
}

// read finds what an English sentence was made of.
func read(english string) (wording.Text, bool) {
	reading.Lock()
	defer reading.Unlock()
	if reading.language != T.Format.Language || reading.formats != len(T.Elsewhere) {
		reading.language, reading.formats = T.Format.Language, len(T.Elsewhere)
		reading.by = wording.NewReader(slices.Sorted(maps.Keys(T.Elsewhere)))
	}
	return reading.by.Read(english)
}

// Say is something of another package in the language in force.
func Say(s wording.Sayer) string { return s.In(part) }

// part is what a format, or words that stand in it, are in the language in force.
func part(english string) string {
	said := known(english)
	if said == english && strings.Contains(english, " ") && !strings.Contains(english, "%") {
		return Elsewhere(english)
	}
	return said
}

// lowered is a sentence as the part of one that it was.
func lowered(s string) string {
	if s != "" && s[0] >= 'A' && s[0] <= 'Z' {
		return strings.ToLower(s[:1]) + s[1:]
	}
	return s
}

// Error is what an error says in the language in force: as the error itself puts it
// together of what there is for its parts, within words of others, which stay as they are;
// or else as its English can be read.
func Error(err error) string {
	if err == nil {
		return ""
	}
	if s, ok := wording.Because(err).(wording.Sayer); ok {
		return Say(s)
	}
	if s := wording.Around(err); s != nil {
		return Say(s)
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
