package celltext

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Break stands for a line break inside a cell. The pilcrow is in every text font,
// which the pictures of keys and controls are not: they would show as boxes.
const Break = '¶'

// OneLine returns at most limit runes of s as one line in which everything can be
// seen: line breaks are [Break], control characters and marks that would reorder
// or hide text have their names in ‹›, bytes that are no UTF-8 their value. Text
// without any of that is returned as it is.
func OneLine(s string, limit int) string {
	n := 0
	for i, r := range s {
		if n == limit {
			return s[:i]
		}
		if hidden(r) || r == utf8.RuneError {
			return visible(s, i, n, limit)
		}
		n++
	}
	return s
}

// visible is OneLine from the first rune that needs a stand-in: s[i:], after n runes.
func visible(s string, i, n, limit int) string {
	var b strings.Builder
	b.WriteString(s[:i])
	for ; i < len(s) && n < limit; n++ {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\r' && strings.HasPrefix(s[i:], "\r\n"):
			size = 2
			b.WriteRune(Break)
		case r == '\n' || r == '\r':
			b.WriteRune(Break)
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, "‹%02X›", s[i])
		case hidden(r):
			b.WriteString(name(r))
		default:
			b.WriteRune(r)
		}
		i += size
	}
	return b.String()
}

// hidden reports whether a rune would not show, or would change how others show.
// The joiners and selectors that emoji and scripts are made of are left alone.
func hidden(r rune) bool {
	if r >= 0x20 && r < 0x7f {
		return false
	}
	switch {
	case r < 0x20, r >= 0x7f && r < 0xa0:
		return true
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069: // direction
		return true
	case r == 0x200b, r == 0xfeff, r == 0x2028, r == 0x2029, r == 0xad:
		return true
	}
	return unicode.Is(unicode.Co, r)
}

// name is what stands for a hidden rune.
func name(r rune) string {
	switch r {
	case 0:
		return "‹NUL›"
	case '\t':
		return "‹TAB›"
	}
	return fmt.Sprintf("‹%04X›", r)
}

// Lines cuts text into lines of at most width places, with every hidden rune made
// visible and line breaks taken as they are. Long lines break at the last space
// that fits, else anywhere; what follows a break within a line is indented as the
// line was.
func Lines(s string, width int) []string {
	width = max(width, 8)
	var out []string
	s = strings.ReplaceAll(s, "\r\n", "\n")
	for line := range strings.SplitSeq(s, "\n") {
		line = OneLine(strings.ReplaceAll(line, "\t", "    "), len(line)*8)
		out = wrap(out, line, width)
	}
	return out
}

func wrap(out []string, line string, width int) []string {
	indent := min(len(line)-len(strings.TrimLeft(line, " ")), width/2)
	for first := true; ; first = false {
		room := width
		if !first {
			line = strings.TrimLeft(line, " ")
			room -= indent
		}
		cut := cutAt(line, room)
		part := line[:cut]
		if !first {
			part = strings.Repeat(" ", indent) + part
		}
		if out = append(out, strings.TrimRight(part, " ")); cut == len(line) {
			return out
		}
		line = line[cut:]
	}
}

// cutAt is where to break a line that may have width runes.
func cutAt(line string, width int) int {
	n, space, text := 0, -1, false
	for i, r := range line {
		if n+places(r) > width {
			if space > 0 {
				return space
			}
			return i
		}
		if r == ' ' && text {
			space = i + 1
		}
		text = text || r != ' '
		n += places(r)
	}
	return len(line)
}

// places is how many places of an equal-width font a rune takes: two for the wide
// ones of East Asia and for emoji.
func places(r rune) int {
	switch {
	case r < 0x1100:
		return 1
	case r <= 0x115f, r >= 0x2e80 && r <= 0xa4cf, r >= 0xac00 && r <= 0xd7a3, r >= 0xf900 && r <= 0xfaff,
		r >= 0xfe30 && r <= 0xfe6f, r >= 0xff00 && r <= 0xff60, r >= 0xffe0 && r <= 0xffe6,
		r >= 0x1f300 && r <= 0x1faff, r >= 0x20000 && r <= 0x3fffd:
		return 2
	}
	return 1
}
