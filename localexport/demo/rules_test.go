package demo

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// TestIds: ids of two servers that share the blocks are given once, each server's
// grow, and a restart loses the rest of a block.
func TestIds(t *testing.T) {
	source := &idSource{nextBlock: 2}
	r := newRandom(3, 1)
	servers := []ids{{source: source, rand: r}, {source: source, rand: r}}
	seen := map[int64]bool{}
	var last [2]int64
	lost := false
	for range 200_000 {
		i := r.below(2)
		next := servers[i].peek()
		id := servers[i].take()
		if id != next {
			t.Fatalf("peek said %d, take gives %d", next, id)
		}
		if seen[id] || id <= last[i] || id <= 2*blockSize {
			t.Fatalf("server %d gives %d after %d; given before: %t", i, id, last[i], seen[id])
		}
		lost = lost || last[i] > 0 && id != last[i]+1 && last[i]%blockSize != blockSize-1
		seen[id], last[i] = true, id
	}
	if !lost {
		t.Error("no server was ever restarted")
	}
}

// TestSkewed: numbers keep to their range, all come, and small ones come more often.
func TestSkewed(t *testing.T) {
	r := newRandom(1, 2)
	var seen [10]int
	for range 100_000 {
		n := r.skewed(10)
		if n < 0 || n > 9 {
			t.Fatalf("%d of 10", n)
		}
		seen[n]++
	}
	for i := 1; i < len(seen); i++ {
		if seen[i] == 0 || seen[i] > seen[i-1] {
			t.Errorf("%d came %d times, %d %d times", i, seen[i], i-1, seen[i-1])
		}
	}
}

// TestListsBelongTogether: what stands at one place of two lists is of one thing, and
// what must be unique is.
func TestListsBelongTogether(t *testing.T) {
	for name, lists := range map[string][2][]string{
		"given names": {givenNames, asciiGivenNames}, "family names": {familyNames, asciiFamilyNames},
		"spaces": {spaceNames, spaceKeys}, "files": {fileNames, mediaTypes},
	} {
		if len(lists[0]) != len(lists[1]) {
			t.Errorf("%s: %d and %d", name, len(lists[0]), len(lists[1]))
		}
	}
	for _, login := range slices.Concat(asciiGivenNames, asciiFamilyNames) {
		if strings.Trim(login, "abcdefghijklmnopqrstuvwxyz") != "" {
			t.Errorf("%q is no part of a login", login)
		}
	}
	for name, list := range map[string][]string{"keys of spaces": spaceKeys, "labels": labelNames, "logins": asciiFamilyNames} {
		lower := map[string]bool{}
		for _, s := range list {
			if lower[strings.ToLower(s)] {
				t.Errorf("%s: %q stands twice", name, s)
			}
			lower[strings.ToLower(s)] = true
		}
	}
}

// TestUsersOfEveryKind: the fewest users that a site has are of all kinds, and however
// many there are, the owners of personal spaces are spread over all of them.
func TestUsersOfEveryKind(t *testing.T) {
	kinds := map[userKind]bool{}
	for i := range int64(minUsers) {
		kinds[kindOfUser(i)] = true
	}
	for k := ordinary; k <= unnamed; k++ {
		if !kinds[k] {
			t.Errorf("among %d users is none of kind %d", minUsers, k)
		}
	}
	for _, pages := range []int64{1, 1000, 2040, 2720, 40_000, MaxPages} {
		n := len(newPeople(newRandom(1, 1), pages).keys)
		if n < minUsers || n > maxUsers+1 || n%personalStep == 0 {
			t.Errorf("%d pages: %d users", pages, n)
		}
	}
}

// TestOldTitle is cut by characters, not by bytes.
func TestOldTitle(t *testing.T) {
	for _, title := range []string{"Plan", strings.Repeat("ä", titleMax), strings.Repeat("漢", titleMax-4), strings.Repeat("😀", titleMax)} {
		old := oldTitle(title)
		if n := utf8.RuneCountInString(old); n > titleMax || !utf8.ValidString(old) || !strings.HasPrefix(old, "Old ") || !strings.HasPrefix("Old "+title, old) {
			t.Errorf("%.20q becomes %d characters", title, n)
		}
	}
}

// TestHistory: the versions of a page before the present one are older, each stands
// once, and none is missing but the oldest ones of a page whose history was purged.
func TestHistory(t *testing.T) {
	db := open(t, large.path)
	const of = "FROM content h JOIN content c ON c.contentid = h.prevver WHERE h.contenttype IN ('PAGE', 'BLOGPOST') AND h.content_status = 'current'"
	for what, query := range map[string]string{
		"not older":    "SELECT count(*) " + of + " AND (h.version >= c.version OR h.lastmoddate > c.lastmoddate)",
		"twice":        "SELECT count(*) FROM (SELECT 1 " + of + " GROUP BY h.prevver, h.version HAVING count(*) > 1)",
		"with a gap":   "SELECT count(*) FROM (SELECT 1 " + of + " GROUP BY h.prevver HAVING max(h.version) <> c.version - 1 OR count(*) <> max(h.version) - min(h.version) + 1)",
		"of no page":   "SELECT count(*) FROM content h WHERE h.prevver IS NOT NULL AND h.prevver NOT IN (SELECT contentid FROM content)",
		"of a history": "SELECT count(*) " + of + " AND c.prevver IS NOT NULL",
	} {
		if n := count(t, db, query); n != 0 {
			t.Errorf("%d versions are %s", n, what)
		}
	}
	if n := count(t, db, "SELECT count(*) "+of); n < 1000 {
		t.Errorf("%d versions in all", n)
	}
}

// TestEventsAreKeptForTwoYears, and their ids grow with time, with the gaps of a
// sequence.
func TestEventsAreKeptForTwoYears(t *testing.T) {
	db := open(t, large.path)
	oldest := time.UnixMilli(count(t, db, `SELECT min("EVENT_AT") FROM "AO_7B47A5_EVENT"`))
	if age := newest.Sub(oldest); age > 2*366*24*time.Hour || age < 700*24*time.Hour {
		t.Errorf("the oldest event is %v before the newest change", age)
	}
	last := time.UnixMilli(count(t, db, `SELECT max("EVENT_AT") FROM "AO_7B47A5_EVENT"`))
	if last.After(newest.Add(time.Second)) {
		t.Errorf("an event is of %v", last)
	}
	gaps := count(t, db, `SELECT count(*) FROM (SELECT "ID" - lag("ID") OVER (ORDER BY "ID") AS step FROM "AO_7B47A5_EVENT") WHERE step = 33`)
	if all := count(t, db, `SELECT count(*) FROM "AO_7B47A5_EVENT"`); gaps < all/1100 || gaps > all/900 {
		t.Errorf("%d gaps in the ids of %d events", gaps, all)
	}
}

// TestLabelsAreOfSomething: no link leads nowhere, and none but the old ones lacks its
// page.
func TestLabelsAreOfSomething(t *testing.T) {
	db := open(t, large.path)
	for what, query := range map[string]string{
		"to no label":   "SELECT count(*) FROM content_label WHERE labelid NOT IN (SELECT labelid FROM label)",
		"to no content": "SELECT count(*) FROM content_label WHERE labelabletype = 'CONTENT' AND labelableid NOT IN (SELECT contentid FROM content)",
		"to two":        "SELECT count(*) FROM content_label WHERE contentid <> labelableid",
		"not owned":     "SELECT count(*) FROM content_label l JOIN label USING (labelid) WHERE (namespace = 'my') <> (l.owner IS NOT NULL)",
	} {
		if n := count(t, db, query); n != 0 {
			t.Errorf("%d links %s", n, what)
		}
	}
}
