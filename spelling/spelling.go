// Package spelling finds what was meant by a name that there is not.
package spelling

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"sluice/wording"
)

// Nearest is the name with the fewest letters to change, "" if none is near: of a short
// name few letters are most of it.
func Nearest(word string, names []string) string {
	if len(names) == 0 {
		return ""
	}
	word = strings.ToLower(strings.ReplaceAll(word, "_", "-"))
	far := func(name string) int { return levenshtein.ComputeDistance(word, strings.ToLower(name)) }
	near := slices.MinFunc(names, func(a, b string) int { return far(a) - far(b) })
	if d := far(near); d > max(3, len(near)/3) || 2*d > len(near) {
		return ""
	}
	return near
}

// Hint goes on with a sentence about a word that is no name: with the nearest name, or
// with nothing if none is near.
func Hint(word string, names []string) string {
	if near := Nearest(word, names); near != "" {
		return fmt.Sprintf("; the nearest is %q", near)
	}
	return ""
}

// Question ends such a sentence where all names follow in another one.
func Question(word string, names []string) string {
	if near := Nearest(word, names); near != "" {
		return wording.Of(": did you mean %s?", near).String()
	}
	return "."
}
