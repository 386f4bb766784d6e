package demo

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// TestFirstRowsShowManyScripts: among the titles of the first rows that an export of the
// last year writes are those whose letters fonts tend to lack.
func TestFirstRowsShowManyScripts(t *testing.T) {
	db := open(t, large.path)
	first := texts(t, db, `SELECT title FROM content WHERE contenttype = 'PAGE' AND prevver IS NULL
		AND content_status = 'current' AND lastmoddate > '2025-11-20 16:58:41.204' ORDER BY contentid LIMIT 14`) // as many as are in sight
	seen := map[string]bool{}
	for _, title := range first {
		for name, table := range map[string]*unicode.RangeTable{"CJK": unicode.Han, "Arabic": unicode.Arabic, "Devanagari": unicode.Devanagari, "emoji": unicode.So} {
			for _, r := range title {
				seen[name] = seen[name] || unicode.Is(table, r)
			}
		}
	}
	if !seen["CJK"] || !seen["Arabic"] || !seen["Devanagari"] || !seen["emoji"] {
		t.Errorf("the first rows are %q", first)
	}
}

// TestTitlesFitTheirColumn: a demo goes into real databases, which refuse a title that is
// too long.
func TestTitlesFitTheirColumn(t *testing.T) {
	for _, title := range []string{"Short", strings.Repeat("x", 254), strings.Repeat("漢", 255)} {
		old := oldTitle(title)
		if n := utf8.RuneCountInString(old); n > titleMax || !strings.HasPrefix("Old "+title, old) || n < min(titleMax, 4+utf8.RuneCountInString(title)) {
			t.Errorf("%q became %q, %d characters", title, old, n)
		}
	}
	r := newRandom(1, 1)
	for range 1000 {
		if n := utf8.RuneCountInString(oldTitle(longTitle(r, "1"))); n > titleMax {
			t.Fatalf("a title of %d characters", n)
		}
	}
}
