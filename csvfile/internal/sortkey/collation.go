package sortkey

import (
	"sync"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// collation makes keys in the order of Unicode's collation, of no particular language.
//
// The collator's own keys have three levels: weights of letters, two or three bytes each,
// then those of accents, two bytes each, then those of cases, one byte each, with 0 0
// between the levels. Nearly all weights of the latter two are the common ones. So they
// are written shorter here, in an order that is the same: see level.
type collation struct {
	collator *collate.Collator
	buf      collate.Buffer
	ascii    *[utf8.RuneSelf]weights
}

// Common weights: those of letters without accents, and of small letters.
const (
	commonAccent = 0x20
	commonCase   = 0x02
)

// weights are what one character of ASCII adds to the three levels of a key; zeros for
// those that the order passes over.
type weights struct {
	primary      [2]byte
	accent, kase uint16
}

// asciiWeights has the weights of the characters of ASCII, which the collator gives for
// each of them: none is treated otherwise beside another one.
var asciiWeights = sync.OnceValue(func() *[utf8.RuneSelf]weights {
	c := collate.New(language.Und)
	var buf collate.Buffer
	var out [utf8.RuneSelf]weights
	for i := range out {
		buf.Reset()
		key := c.KeyFromString(&buf, string(rune(i)))
		if len(key) == 2+2+2+2+1 { // one weight on each level
			out[i] = weights{[2]byte{key[0], key[1]}, uint16(key[4])<<8 | uint16(key[5]), uint16(key[8])}
		}
	}
	return &out
})

func newCollation() *collation {
	return &collation{collator: collate.New(language.Und), ascii: asciiWeights()}
}

// append appends the key of a text. None is the start of another with a byte of 0 behind
// it.
func (c *collation) append(dst, text []byte) []byte {
	for _, b := range text {
		if b >= utf8.RuneSelf {
			c.buf.Reset()
			return shorten(dst, c.collator.Key(&c.buf, text))
		}
	}
	for _, b := range text {
		if w := &c.ascii[b]; w.kase != 0 {
			dst = append(dst, w.primary[0], w.primary[1])
		}
	}
	l := level{dst: append(dst, 0, 0), common: commonAccent}
	for _, b := range text {
		l.add(c.ascii[b].accent)
	}
	l = level{dst: l.end(), common: commonCase}
	for _, b := range text {
		l.add(c.ascii[b].kase)
	}
	l.run(false)
	return l.dst
}

// shorten appends a key of the collator.
func shorten(dst, key []byte) []byte {
	n := 0
	for key[n] != 0 || key[n+1] != 0 {
		if n += 2; key[n-2]&0x80 != 0 {
			n++ // a weight of three bytes
		}
	}
	l := level{dst: append(dst, key[:n+2]...), common: commonAccent}
	for key = key[n+2:]; key[0] != 0 || key[1] != 0; key = key[2:] {
		l.add(uint16(key[0])<<8 | uint16(key[1]))
	}
	l = level{dst: l.end(), common: commonCase}
	for _, w := range key[2:] {
		l.add(uint16(w))
	}
	l.run(false)
	return l.dst
}

// level writes the weights of a level, of which the common one mostly comes many times in
// a row: one byte stands for up to mostRun of those. What a run is compared with is what
// follows the shorter of two: so a longer run is greater if something less than the
// common weight follows, or the end, and less if something greater follows.
//
// First bytes: 0 the end, then lesser weights, runs before something less, the longest of
// them last, runs before something greater, the longest of them first, greater weights.
type level struct {
	dst    []byte
	common uint16
	n      int // common weights that are not written yet
}

const (
	mostRun     = 60
	lesserFirst = 0x01
	beforeLess  = 0x10 // and the length
	beforeMore  = 0xe0 // less the length
	greaterByte = 0xe1 // and the upper half of a weight
)

func (l *level) add(w uint16) {
	switch {
	case w == l.common:
		l.n++
	case w == 0:
	case w < l.common:
		l.run(false)
		l.dst = append(l.dst, lesserFirst, byte(w))
	default:
		l.run(true)
		l.dst = append(l.dst, greaterByte+byte(min(w>>8, 0x1e)), byte(w))
	}
}

// run writes the common weights so far; more says that something greater follows.
func (l *level) run(more bool) {
	for ; l.n > 0; l.n -= min(l.n, mostRun) {
		if k := byte(min(l.n, mostRun)); more {
			l.dst = append(l.dst, beforeMore-k)
		} else {
			l.dst = append(l.dst, beforeLess+k)
		}
	}
}

func (l *level) end() []byte {
	l.run(false)
	return append(l.dst, 0)
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
