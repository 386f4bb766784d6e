package preview

import (
	"fmt"

	"sluice/ui/texts"
)

// columnChoices are the names of columns to choose from: each can be seen, and no
// two look alike.
func columnChoices(header []string) []string {
	seen := map[string]bool{}
	out := make([]string, len(header))
	for i, name := range header {
		shown := shorten(name, shownRunes)
		if seen[shown] {
			shown = fmt.Sprintf(texts.T.Preview.Columns.Numbered, shown, i+1)
		}
		seen[shown] = true
		out[i] = shown
	}
	return out
}
