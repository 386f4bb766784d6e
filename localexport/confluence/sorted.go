package confluence

import (
	"maps"
	"slices"
	"strings"
)

// sortedKeys are the keys of a map in order.
func sortedKeys[V any](m map[string]V) []string {
	return slices.Sorted(maps.Keys(m))
}

// cutKey splits the id of a note into its key and its text.
func cutKey(id string) (key, text string, ok bool) { return strings.Cut(id, "\x00") }
