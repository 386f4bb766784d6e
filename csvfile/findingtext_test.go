package csvfile

import (
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// TestSentencesOfFindings: every kind that is counted is told in a whole sentence, of one and
// of several, in the language that is asked for.
func TestSentencesOfFindings(t *testing.T) {
	code := regexp.MustCompile(`[a-z]\.[A-Z]|%!|\(`)
	for kind := range rowWords {
		for _, n := range []int64{1, 5} {
			fi := Finding{Kind: kind, Count: n, Places: []Place{{Row: 2, Offset: 9}}}
			text := fi.Text()
			if first := rune(text[0]); !unicode.IsLetter(first) && !unicode.IsDigit(first) || code.MatchString(text) {
				t.Errorf("%s, %d times, is told as %q", kind, n, text)
			}
			if !strings.Contains(text, "row 3, at byte 9") {
				t.Errorf("%s, %d times, is told as %q: where?", kind, n, text)
			}
			said := fi.In(func(english string) string { return "<" + english + ">" })
			if strings.Count(said, "<") < 3 {
				t.Errorf("%s, %d times, is translated as %q only", kind, n, said)
			}
		}
	}
}
