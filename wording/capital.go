package wording

import (
	"unicode"
	"unicode/utf8"
)

// Capital is a text with a capital as its first letter, if there is one for it.
func Capital(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	if first == utf8.RuneError { // nothing, or no letter: it stays as it is
		return s
	}
	return string(unicode.ToUpper(first)) + s[n:]
}
