package match

import (
	"bytes"
	"regexp/syntax"
)

// anchor finds a literal by its rarest byte: the search for one byte runs at
// memory speed, and the rest is compared only where it stands.
type anchor struct {
	lit  []byte // lower case when folding
	fold bool
	at   int // position of the rarest byte in lit
}

// newAnchor returns nil for an empty literal.
func newAnchor(lit string, fold bool, frequency *[256]int) *anchor {
	if lit == "" {
		return nil
	}
	a := &anchor{lit: []byte(lit), fold: fold}
	if fold {
		a.lit = bytes.ToLower(a.lit)
	}
	least := -1
	for i, c := range a.lit {
		n := frequency[c]
		if fold && toUpper(c) != c {
			n += frequency[toUpper(c)]
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

// requiredLiteral returns a text that every match of a regular expression
// contains, as long as can be found with little effort; "" if there is none.
func requiredLiteral(expr string) string {
	re, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return ""
	}
	return required(re.Simplify())
}

func required(re *syntax.Regexp) string {
	switch re.Op {
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase == 0 {
			return string(re.Rune)
		}
	case syntax.OpCapture, syntax.OpPlus:
		return required(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return required(re.Sub[0])
		}
	case syntax.OpConcat:
		best := ""
		for _, sub := range re.Sub {
			if s := required(sub); len(s) > len(best) {
				best = s
			}
		}
		return best
	}
	return ""
}
