package match

import (
	"bytes"
	"regexp/syntax"
	"strings"
)

// anchor finds a literal by its rarest byte: the search for one byte runs at
// memory speed, and the rest is compared only where it stands.
type anchor struct {
	lit  []byte // lower case when folding
	fold bool
	at   int // position of the rarest byte in lit
}

// newAnchor returns nil for an empty literal.
func newAnchor(lit string, fold bool, sample *Sample) *anchor {
	if lit == "" {
		return nil
	}
	a := &anchor{lit: []byte(lit), fold: fold}
	if fold {
		a.lit = bytes.ToLower(a.lit)
	}
	least := -1
	for i, c := range a.lit {
		n := sample.Count[c]
		if fold && toUpper(c) != c {
			n += sample.Count[toUpper(c)]
		}
		if least < 0 || n < least {
			least, a.at = n, i
		}
	}
	return a
}

// index returns the first position of the literal in b, or -1.
func (a *anchor) index(b []byte) int {
	if a.fold && toUpper(a.lit[a.at]) != a.lit[a.at] {
		return a.indexTwoCases(b)
	}
	for i := a.at; i < len(b); i++ {
		j := bytes.IndexByte(b[i:], a.lit[a.at])
		if j < 0 {
			return -1
		}
		i += j
		if a.here(b, i) {
			return i - a.at
		}
	}
	return -1
}

// here reports whether the literal stands in b with its rarest byte at i.
func (a *anchor) here(b []byte, i int) bool {
	start := i - a.at
	if start < 0 || start+len(a.lit) > len(b) {
		return false
	}
	if a.fold {
		return hasPrefixFold(b[start:], a.lit)
	}
	return bytes.Equal(b[start:start+len(a.lit)], a.lit)
}

// indexTwoCases is index for a rarest byte that is a letter: it runs the
// searches for both cases side by side, each going on from its last find.
func (a *anchor) indexTwoCases(b []byte) int {
	lower, upper := a.lit[a.at], toUpper(a.lit[a.at])
	l, u := nextByte(b, a.at, lower), nextByte(b, a.at, upper)
	for {
		i := min(l, u)
		if i >= len(b) {
			return -1
		}
		if a.here(b, i) {
			return i - a.at
		}
		if i == l {
			l = nextByte(b, i+1, lower)
		} else {
			u = nextByte(b, i+1, upper)
		}
	}
}

// nextByte returns the position of c in b from i on, or len(b).
func nextByte(b []byte, i int, c byte) int {
	if i >= len(b) {
		return len(b)
	}
	if j := bytes.IndexByte(b[i:], c); j >= 0 {
		return i + j
	}
	return len(b)
}

// literal is a text that every match of a regular expression contains; fold says that
// its letters, which are of ASCII, may stand there in either case.
type literal struct {
	text string
	fold bool
}

// requiredLiteral returns a text that every match of a regular expression
// contains, as long as can be found with little effort; none if there is none.
func requiredLiteral(expr string) literal {
	re, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return literal{}
	}
	return required(re.Simplify())
}

func required(re *syntax.Regexp) (best literal) {
	switch re.Op {
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase == 0 {
			return literal{text: string(re.Rune)}
		}
		return literal{foldable(re.Rune), true}
	case syntax.OpCapture, syntax.OpPlus:
		return required(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return required(re.Sub[0])
		}
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			if l := required(sub); len(l.text) > len(best.text) {
				best = l
			}
		}
	}
	return best
}

// foldable is the longest run of a text that stands, whatever the case, in the bytes of
// ASCII: K and S have a third form outside of it.
func foldable(text []rune) string {
	best := ""
	for run := range strings.FieldsFuncSeq(string(text), func(r rune) bool { return r >= 0x80 || strings.ContainsRune("kKsS", r) }) {
		if len(run) > len(best) {
			best = run
		}
	}
	return best
}
