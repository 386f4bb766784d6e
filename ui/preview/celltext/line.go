package celltext

import (
	"strings"

	"sluice/visible"
)

// OneLine returns at most limit runes of s as one line in which everything can be
// seen, as package visible shows it. Text without anything to show is returned as
// it is.
func OneLine(s string, limit int) string { return visible.First(s, limit) }

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
