package demo

import (
	"fmt"
	"strconv"
	"strings"
)

// title returns the title of the page with this index and the language of the library that it is in (0 is English).
// It holds the page's number, since titles are unique within a space.
func title(r *random, index int64) (string, int) {
	number := strconv.FormatInt(index+1, 10)
	switch k := r.below(100); {
	case k < 66:
		return pick(r, english.titles) + " " + number, 0
	case k < 74:
		return pick(r, unsafeTitles) + " " + number, 0
	case k < 77:
		return "Notes for release " + number + ".", 0
	case k < 78:
		return longTitle(r, number), 0
	default:
		lang := r.below(int64(len(others)))
		return pick(r, others[lang].titles) + " " + number, 1 + int(lang)
	}
}

// manyScripts is how many titles show scripts of far away: half of the first ones.
const manyScripts = 24

// showScript gives every second one of the first pages a title in another script, and of the first of those that an
// export of the last year writes: whoever looks at the first rows of a file sees whether they are readable. Chance
// has no part in it, so all else stays as it is.
func (s *site) showScript(p *page) {
	if p.blog || p.parent == 0 {
		return
	}
	shown := &s.firstTitles
	if p.modified > s.clock.end-365*day {
		shown = &s.recentTitles
	}
	if *shown++; *shown > manyScripts || *shown%2 == 0 {
		return
	}
	lang := farScripts[*shown/2%len(farScripts)]
	p.title = others[lang].titles[0] + " " + strconv.FormatInt(p.index+1, 10)
}

// titleMax is how many characters the column of titles takes.
const titleMax = 255

// longTitle returns a title of nearly the most characters that the column takes.
func longTitle(r *random, number string) string {
	var b strings.Builder
	b.WriteString("Long title " + number)
	for {
		next := pick(r, english.titles)
		if b.Len()+3+len(next) > titleMax {
			return b.String()
		}
		b.WriteString(" - " + next)
	}
}

// oldTitle returns the title of what was thrown away, cut to what the column takes: a
// server refuses the whole table for one that is longer.
func oldTitle(title string) string {
	old := []rune("Old " + title)
	return string(old[:min(len(old), titleMax)])
}

// blogTitle returns the title of a blog post and its language.
func blogTitle(r *random, index int64, date string) (string, int) {
	if r.percent(40) {
		return fmt.Sprintf("Weekly update %s No %d", date, index+1), 0
	}
	return title(r, index)
}
