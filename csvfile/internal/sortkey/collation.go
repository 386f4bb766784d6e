package sortkey

import (
	"sync"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// collation makes keys of Unicode's collation, of no particular language.
type collation struct {
	collator *collate.Collator
	buf      collate.Buffer
	ascii    *[utf8.RuneSelf]weights
}

// weights are what one character of ASCII adds to the three levels of a key. They are
// empty for those that the order passes over.
type weights struct {
	primary, secondary, tertiary []byte
}

// asciiWeights has the weights of the characters of ASCII, which the collator gives for
// each of them: none is treated otherwise beside another one.
var asciiWeights = sync.OnceValue(func() *[utf8.RuneSelf]weights {
	c := collate.New(language.Und)
	var buf collate.Buffer
	var out [utf8.RuneSelf]weights
	for i := range out {
		buf.Reset()
		out[i] = split(append([]byte(nil), c.KeyFromString(&buf, string(rune(i)))...))
	}
	return &out
})

// split takes the key of a single character apart: weights of two bytes (three, where
// the first has its top bit), 0 0, one of two bytes, 0 0, one of one.
func split(key []byte) (w weights) {
	n := 0
	for key[n] != 0 || key[n+1] != 0 {
		if n += 2; key[n-2]&0x80 != 0 {
			n++
		}
	}
	w.primary, key = key[:n], key[n+2:]
	n = 0
	for key[n] != 0 || key[n+1] != 0 {
		n += 2
	}
	w.secondary, w.tertiary = key[:n], key[n+2:]
	return w
}

func newCollation() *collation {
	return &collation{collator: collate.New(language.Und), ascii: asciiWeights()}
}

// append appends the key of a text. None is the start of another with a byte of 0 behind
// it, since no weight of the last level is 0.
func (c *collation) append(dst, text []byte) []byte {
	for _, b := range text {
		if b >= utf8.RuneSelf {
			c.buf.Reset()
			return append(dst, c.collator.Key(&c.buf, text)...)
		}
	}
	for _, b := range text {
		dst = append(dst, c.ascii[b].primary...)
	}
	dst = append(dst, 0, 0)
	for _, b := range text {
		dst = append(dst, c.ascii[b].secondary...)
	}
	dst = append(dst, 0, 0)
	for _, b := range text {
		dst = append(dst, c.ascii[b].tertiary...)
	}
	return dst
}

// wholeRunes returns the length of b without a rune that was cut at its end.
func wholeRunes(b []byte) int {
	for i := 1; i < utf8.UTFMax && i <= len(b); i++ {
		if c := b[len(b)-i]; utf8.RuneStart(c) {
			if c >= utf8.RuneSelf && !utf8.FullRune(b[len(b)-i:]) {
				return len(b) - i
			}
			break
		}
	}
	return len(b)
}
