package demo

import (
	"fmt"
	"strings"
)

// The lengths, in UTF-16 units, at which an export cuts bodies (the vendor documents 10,000 and 2,000 characters).
const (
	pageLimit    = 10_000
	commentLimit = 2_000
)

// bodies puts bodies together from fragments.
type bodies struct {
	rand         *random
	library      *library
	pageSizes    *sizes
	commentSizes *sizes
	buf          []byte
	units        int
}

func newBodies(r *random) *bodies {
	return &bodies{
		rand: r, library: newLibrary(r),
		pageSizes: newSizes(2000, 0.85), commentSizes: newSizes(220, 1.1),
	}
}

func (b *bodies) reset() { b.buf, b.units = b.buf[:0], 0 }

func (b *bodies) add(f fragment) {
	b.buf = append(b.buf, f.text...)
	b.units += f.units
}

// page returns a body for a page with this title, in a language of the library (0 is English).
func (b *bodies) page(title string, lang int) string {
	return b.pageOf(title, lang, b.pageSizes.draw(b.rand))
}

// pageOf is page with a length in UTF-16 units, which the body has roughly.
func (b *bodies) pageOf(title string, lang, size int) string {
	b.reset()
	if b.rand.in(2) {
		b.add(newFragment("<p><strong>" + escape(title) + "</strong></p>\n"))
	}
	list := b.library.english
	if lang > 0 {
		list = b.library.others[lang-1]
	}
	const typical = 400 // units of a fragment, roughly
	for b.units+typical < size {
		if lang > 0 && b.rand.in(8) { // pages in any language have English parts
			b.add(pick(b.rand, b.library.english))
			continue
		}
		b.add(pick(b.rand, list))
	}
	b.fillShort(lang, size)
	return string(b.buf)
}

// comment returns a comment's body.
func (b *bodies) comment() string {
	b.reset()
	lang := 0
	if b.rand.percent(25) {
		lang = 1 + int(b.rand.below(int64(len(others))))
	}
	b.fillShort(lang, b.commentSizes.draw(b.rand))
	return string(b.buf)
}

// fillShort adds single paragraphs until size is reached, at least one to an empty body.
func (b *bodies) fillShort(lang, size int) {
	for b.units+60 < size || b.units == 0 {
		b.add(pick(b.rand, b.library.short[lang]))
	}
}

// atLimit returns a body whose interesting place is at limit, by variant:
//
//	0  a character of two UTF-16 units has one before and one after the limit
//	1  such a character ends exactly at the limit, and the body goes on
//	2  the body is exactly as long as the limit
//	3  the body is one unit longer
func (b *bodies) atLimit(limit int, variant int64) string {
	const run = 40 // characters before the limit
	b.reset()
	for b.units+run*2+300 < limit {
		b.add(pick(b.rand, b.library.short[0]))
	}
	b.add(newFragment("<p>"))
	switch variant {
	case 0:
		b.pad(limit - 1 - 2*run)
	case 1:
		b.pad(limit - 2*run)
	default:
		b.pad(limit - len("</p>") + int(variant) - 2)
		b.add(newFragment("</p>"))
		return string(b.buf)
	}
	b.add(newFragment(strings.Repeat("😀", 2*run)))
	b.add(newFragment("</p>\n<p>after</p>"))
	return string(b.buf)
}

// pad adds letters until the body has size units.
func (b *bodies) pad(size int) {
	const words = "this text is only here to reach the limit, "
	for b.units < size {
		n := min(len(words), size-b.units)
		b.buf = append(b.buf, words[:n]...)
		b.units += n
	}
}

// wiki returns a body in the wiki markup that was used before storage format.
func (b *bodies) wiki(title string) string {
	return fmt.Sprintf("h1. %s\n\n* first, \"quoted\"\n* second\r\n\n||No.||Item||\n|1|{{C:\\new}}|\n\n%s\n", title,
		strings.Join(english.sentences[:4], "\\\\\n"))
}
