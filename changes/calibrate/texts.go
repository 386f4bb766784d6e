package calibrate

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// text explains texts: line breaks, carriage returns, U+0000.
func (d difference) text() []explanation {
	if nul := strings.ReplaceAll(d.vendor, "\x00", "\uFFFD"); nul != d.vendor && nul == d.ours {
		return because("--keep-nul", "U+0000 is written as it is")
	}
	if strings.ReplaceAll(d.vendor, "\r", "") == d.ours {
		return because("", "carriage returns are kept, and line feeds alone are escaped")
	}
	if strings.ContainsAny(d.vendor, "\r\n") && breaks(d.vendor, d.c.escape) == d.ours {
		return because("--preserve-line-breaks", "line breaks stand in cells as they are")
	}
	if breaks(d.ours, d.c.escape) == d.vendor && strings.ContainsAny(d.ours, "\r\n") {
		return because("", "line breaks are escaped: leave --preserve-line-breaks out")
	}
	if escape, ok := otherEscape(d.vendor, d.ours, d.c.escape); ok {
		return because("--line-break-escape="+escape, "%q stands for a line break", escape)
	}
	return nil
}

// breaks writes an escape for each line break.
func breaks(s, escape string) string {
	return strings.NewReplacer("\r\n", escape, "\r", escape, "\n", escape).Replace(s)
}

// anchor is how much of the text behind a line break tells where it goes on.
const anchor = 12

// otherEscape finds what stands in one text where an escape stands in the other, if
// they differ in nothing else. A text may hold what stands for a line break, so both
// are taken for line breaks in both.
func otherEscape(vendor, ours, escape string) (other string, ok bool) {
	at := 0
	for at < min(len(vendor), len(ours)) && vendor[at] == ours[at] {
		at++
	}
	// The two may begin alike: go back to where ours has its escape.
	from := strings.LastIndex(ours[:min(len(ours), at+len(escape))], escape)
	if from < 0 || from+len(escape) <= at && from < at-len(escape) {
		return "", false
	}
	rest := ours[from+len(escape):]
	if next := strings.Index(rest, escape); next >= 0 {
		rest = rest[:next]
	}
	rest = rest[:min(len(rest), anchor)]
	for n := 1; n <= longestMarker && from+n <= len(vendor); n++ {
		if !strings.HasPrefix(vendor[from+n:], rest) || rest == "" && from+n < len(vendor) {
			continue
		}
		other = vendor[from : from+n]
		fold := strings.NewReplacer(other, "\n", escape, "\n").Replace
		if fold(vendor) == fold(ours) {
			return other, true
		}
	}
	return "", false
}

// longestMarker is how long, in characters, a mark of cut bodies may be.
const longestMarker = 40

// body explains bodies that are cut elsewhere, or not at all.
func (d difference) body() []explanation {
	limit := d.column.Limit
	more, longer := strings.CutPrefix(d.vendor, d.ours)
	if !longer && strings.HasPrefix(d.ours, d.vendor) && d.c.full {
		return because("", "bodies are cut: leave --full-content out")
	}
	least, most := d.length(d.ours, units)
	if !longer || d.c.full || most < limit-1 { // a character of two units may not have found room
		return nil
	}
	points, mostPoints := d.length(d.vendor, utf8.RuneCountInString)
	_, vendorUnits := d.length(d.vendor, units)
	switch {
	case points <= limit && mostPoints >= limit && vendorUnits > limit && mostPoints < vendorUnits:
		return because("--cut-at-code-points", "bodies are cut by code points, not by UTF-16 units")
	case least <= limit && utf8.RuneCountInString(more) <= longestMarker:
		return because("--cut-marker="+more, "a body that was cut ends with %q", more)
	}
	return because("--full-content", "bodies are not cut")
}

// length is how long a body was before its line breaks were escaped, at least and at
// most: an escape stands for one character or two.
func (d difference) length(cell string, count func(string) int) (least, most int) {
	n := strings.Count(cell, d.c.escape)
	least = count(cell) - n*count(d.c.escape) + n
	return least, least + n
}

// units is the length of a text in UTF-16 units.
func units(s string) int { return len(utf16.Encode([]rune(s))) }
