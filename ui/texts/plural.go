package texts

import (
	"fmt"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Plural is a sentence about a number of things, in each form that the language has for
// numbers, with | between them: "%d row|%d rows". Which forms there are, and in which
// order, says Format.Plurals. In every form the number comes first among the arguments;
// what else there is follows it, so that %[2]s is the first of that.
type Plural string

// formNames are the names that the Unicode consortium gave the forms.
var formNames = map[plural.Form]string{
	plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other",
}

// Of is the sentence about n things, with a sign between the thousands.
func (p Plural) Of(n int64, more ...any) string {
	return fmt.Sprintf(p.form(n), append([]any{number(n)}, more...)...)
}

// form is the form of the sentence for n; the last one, where it has no such form.
func (p Plural) form(n int64) string {
	forms := strings.Split(string(p), "|")
	want := formOf(T.Format.Language, n)
	for i, name := range strings.Fields(T.Format.Plurals) {
		if name == want && i < len(forms) {
			return forms[i]
		}
	}
	return forms[len(forms)-1]
}

// formOf is the name of the form that a language has for n, by the rules of the
// Unicode consortium.
func formOf(tag string, n int64) string {
	const mod = 10_000_000 // the rules tell no larger numbers apart but by their last digits
	if n < 0 {
		n = -n
	}
	if n >= mod {
		n = mod + n%mod
	}
	return formNames[plural.Cardinal.MatchPlural(language.Make(tag), int(n), 0, 0, 0, 0)]
}
