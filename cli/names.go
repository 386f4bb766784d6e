package cli

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"sluice/visible"
)

// longestName is how many characters a new name may have.
const longestName = 100

// nameable refuses new names of sources, deliveries and hooks that nobody could see in a list, or
// write on a command line.
func nameable(name string) error {
	switch {
	case strings.TrimSpace(name) != name || name == "" || utf8.RuneCountInString(name) > longestName || strings.ContainsFunc(name, hides):
		return usageError{fmt.Errorf("%q is no name: write 1 to %d characters, all of which are seen, such as wiki", visible.Cut(name, longestWord), longestName)}
	case strings.HasPrefix(name, "-"):
		return usageError{fmt.Errorf("%q is no name: on a command line it would be taken for a flag", visible.Cut(name, longestWord))}
	}
	return nil
}

func hides(r rune) bool { return r == utf8.RuneError || r == '\n' || r == '\t' || visible.Hidden(r) }
