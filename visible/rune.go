package visible

import (
	"fmt"
	"unicode"
)

// Hidden reports whether a rune would not show, or would change how others show
// or what a terminal does. Joiners and variation selectors, which depend on what
// stands around them, are not among them.
func Hidden(r rune) bool {
	switch {
	case r >= 0x20 && r < 0x7f:
		return false
	case r < 0xa0:
		return true
	case r < 0x300:
		return r == 0xad // soft hyphen
	case joins(r) || selects(r):
		return false
	case unicode.Is(unicode.Prepended_Concatenation_Mark, r): // signs that show, though listed as formats
		return false
	}
	return unicode.In(r, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp,
		unicode.Other_Default_Ignorable_Code_Point, unicode.Noncharacter_Code_Point)
}

// joins: U+200C and U+200D, of which scripts and emoji are made.
func joins(r rune) bool { return r == 0x200c || r == 0x200d }

// selects: variation selectors.
func selects(r rune) bool { return r >= 0x180b && unicode.Is(unicode.Variation_Selector, r) }

// mayHide reports whether a rune can do harm or hide anywhere.
func mayHide(r rune) bool { return Hidden(r) || joins(r) || selects(r) }

// belongs reports whether a joiner or selector stands where it is used: before is
// the rune before it that is shown as it is (0: none), after the one behind it.
func belongs(before, r, after rune) bool {
	switch {
	case joins(r):
		return joinable(before) && joinable(after) && !selects(after)
	case selects(r):
		return before > ' ' && !joins(before) && !selects(before)
	}
	return true
}

func joinable(r rune) bool {
	return r >= 0x300 && !Hidden(r) && unicode.In(r, unicode.L, unicode.M, unicode.S)
}

// standIn is what is shown for a hidden rune.
func standIn(r rune) string {
	switch r {
	case 0:
		return "‹NUL›"
	case '\t':
		return "‹TAB›"
	}
	return fmt.Sprintf("‹%04X›", r)
}
