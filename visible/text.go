package visible

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/dustin/go-humanize"
)

// Break stands for a line break within a line. The pilcrow is in every text font,
// which the pictures of keys and controls are not: they would show as boxes.
const Break = '¶'

// all is more runes than a string can have.
const all = int(^uint(0) >> 1)

// Line returns s as one line in which everything can be seen.
func Line(s string) string { return First(s, all) }

// First returns at most n characters of s as one line. A stand-in counts as the
// one character that it stands for.
func First(s string, n int) string {
	line, _ := show(s, n, false)
	return line
}

// Cut is First for a text of any length that says how much of it is left out:
// "abc… (97 more characters)".
func Cut(s string, n int) string { return CutSaying(s, n, more) }

// CutSaying is Cut with other words for how many characters are left out.
func CutSaying(s string, n int, more func(left int) string) string {
	line, rest := show(s, n, false)
	return line + left(rest, more)
}

// Text keeps line breaks, of any kind, as line feeds, and tabulators; all else is
// as in Line.
func Text(s string) string {
	text, _ := show(s, all, true)
	return text
}

// CutText is Text with at most n characters, and says how much of it is left out.
func CutText(s string, n int) string { return CutTextSaying(s, n, more) }

// CutTextSaying is CutText with other words for how many characters are left out.
func CutTextSaying(s string, n int, more func(left int) string) string {
	text, rest := show(s, n, true)
	return text + left(rest, more)
}

// left says how much the rest is that is left out.
func left(rest string, more func(left int) string) string {
	if rest == "" {
		return ""
	}
	return more(utf8.RuneCountInString(rest))
}

func more(n int) string {
	if n == 1 {
		return "… (1 more character)"
	}
	return fmt.Sprintf("… (%s more characters)", humanize.Comma(int64(n)))
}

// show returns at most n characters of s, and what is left of s. breaks keeps the
// line breaks and tabulators.
func show(s string, n int, breaks bool) (shown, rest string) {
	seen := 0
	for i, r := range s {
		if seen == n {
			return s[:i], s[i:]
		}
		if r == utf8.RuneError || mayHide(r) && !(breaks && (r == '\n' || r == '\t')) {
			return replace(s, i, seen, n, breaks)
		}
		seen++
	}
	return s, ""
}

// replace is show from the first rune that may need a stand-in: s[i:], after seen
// runes.
func replace(s string, i, seen, n int, breaks bool) (shown, rest string) {
	var b strings.Builder
	b.WriteString(s[:i])
	before, size := utf8.DecodeLastRuneInString(s[:i])
	if size == 0 {
		before = 0
	}
	for ; i < len(s) && seen < n; seen++ {
		r, size := utf8.DecodeRuneInString(s[i:])
		kept := false
		switch {
		case r == '\r' || r == '\n':
			if strings.HasPrefix(s[i:], "\r\n") {
				size = 2
			}
			if breaks {
				b.WriteByte('\n')
			} else {
				b.WriteRune(Break)
			}
		case r == '\t' && breaks:
			b.WriteByte('\t')
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, "‹%02X›", s[i])
		case Hidden(r) || !belongs(before, r, runeAt(s[i+size:])):
			b.WriteString(standIn(r))
		default:
			b.WriteRune(r)
			kept = true
		}
		if before = 0; kept {
			before = r
		}
		i += size
	}
	return b.String(), s[i:]
}

func runeAt(s string) rune {
	r, size := utf8.DecodeRuneInString(s)
	if size <= 1 && r == utf8.RuneError {
		return 0
	}
	return r
}
