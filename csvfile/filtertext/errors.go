package filtertext

import (
	"cmp"
	"fmt"
	"unicode/utf8"

	"sluice/wording"
)

// Error says what is wrong with a filter, or a list of columns, and where.
type Error struct {
	What       string // "" is the filter
	Text       string // of the filter
	At, Behind int    // the bytes that are wrong; equal at the end of the text
	Reason     string
}

// maxShown is how many characters of what is wrong are shown.
const maxShown = 40

func (e *Error) Error() string {
	what := cmp.Or(e.What, wording.Format("the filter"))
	if e.At >= len(e.Text) {
		return fmt.Sprintf("%s is wrong at its end: %s", what, e.Reason)
	}
	shown := []rune(e.Text[e.At:e.Behind])
	more := ""
	if len(shown) > maxShown {
		shown, more = shown[:maxShown], "…"
	}
	return fmt.Sprintf("%s is wrong at character %d, %q: %s", what, e.Character(), string(shown)+more, e.Reason)
}

// Character is where it is wrong, counted from 1.
func (e *Error) Character() int { return utf8.RuneCountInString(e.Text[:e.At]) + 1 }
