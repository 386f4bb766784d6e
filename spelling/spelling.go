// Package spelling finds what was meant by a name that there is not.
package spelling

import (
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Nearest is the name with the fewest letters to change, "" of none.
func Nearest(word string, names []string) string {
	if len(names) == 0 {
		return ""
	}
	word = strings.ToLower(strings.ReplaceAll(word, "_", "-"))
	return slices.MinFunc(names, func(a, b string) int {
		return levenshtein.ComputeDistance(word, strings.ToLower(a)) - levenshtein.ComputeDistance(word, strings.ToLower(b))
	})
}
