package demo

import (
	"fmt"
	"testing"
	"time"
)

func TestWallClockIsBerlin(t *testing.T) {
	zone, err := time.LoadLocation(TimeZone)
	if err != nil {
		t.Skipf("no zone database to compare with: %v", err)
	}
	check := func(at time.Time) {
		t.Helper()
		want := at.In(zone).Format("2006-01-02 15:04:05.000")
		if got := string(wallClock(nil, at.UnixMilli())); got != want {
			t.Errorf("%v: got %s, want %s", at, got, want)
		}
	}
	for year := 2022; year <= 2027; year++ {
		for _, ms := range []int64{lastSunday(year, time.March), lastSunday(year, time.October)} {
			for _, step := range []int64{-1, 0, 1} {
				check(time.UnixMilli(ms + step).UTC())
			}
		}
		for hour := range 366 * 24 / 7 {
			check(time.Date(year, 1, 1, 7*hour, 17, 3, int(hour%1000)*1e6, time.UTC))
		}
	}
}

func TestClockKeepsOrder(t *testing.T) {
	c := newClock()
	if got := c.work(c.end); got != newest.UnixMilli() {
		t.Errorf("the end is %v, want %v", time.UnixMilli(got).UTC(), newest)
	}
	const n = 50_000
	var before, beforeWork int64
	for i := range int64(n) {
		at := c.page(i, n)
		if work := c.work(at); at < before || work < beforeWork || at > c.end {
			t.Fatalf("page %d at %d (%v), the one before at %d", i, at, time.UnixMilli(work).UTC(), before)
		}
		before, beforeWork = at, c.work(at)
	}
	for _, i := range []int64{0, 1, n / 2, n - 1} {
		if age := c.end - c.page(i, n); age < 0 || age > siteAge {
			t.Errorf("page %d is %v old", i, time.Duration(age)*time.Millisecond)
		}
	}
	r := newRandom(1, 1)
	for range 10_000 {
		at := c.end - r.below(siteAge)
		if later := c.later(r, at, 100*day); later < at || later > c.end {
			t.Fatalf("%d is not between %d and %d", later, at, c.end)
		}
	}
}

func TestPeopleWorkInOfficeHours(t *testing.T) {
	db := open(t, large.path)
	all := count(t, db, "SELECT count(*) FROM content WHERE contenttype = 'PAGE'")
	weekend := count(t, db, "SELECT count(*) FROM content WHERE contenttype = 'PAGE' AND strftime('%w', creationdate) IN ('0', '6')")
	night := count(t, db, "SELECT count(*) FROM content WHERE contenttype = 'PAGE' AND CAST(substr(creationdate, 12, 2) AS INTEGER) < 6")
	if weekend == 0 || weekend > all/20 || night == 0 || night > all/20 {
		t.Errorf("of %d pages, %d are from weekends and %d from nights; want a few", all, weekend, night)
	}
}

// TestEventsShowTheZone does what an exporter does to guess the server's zone: events are in true UTC, content is in
// wall clock time, and the most frequent difference is the offset.
func TestEventsShowTheZone(t *testing.T) {
	db := open(t, large.path)
	for _, c := range []struct {
		name, column, from, to string
		hours                  int
	}{
		{"created", "creationdate", "2025-11-01", "2026-03-01", 1},
		{"created", "creationdate", "2026-04-01", "2026-10-01", 2},
		{"updated", "lastmoddate", "2025-11-01", "2026-03-01", 1},
		{"updated", "lastmoddate", "2026-04-01", "2026-10-01", 2},
	} {
		offsets := texts(t, db, fmt.Sprintf(`SELECT CAST(round((strftime('%%s', c.%[1]s) - e."EVENT_AT" / 1000) / 900.0) AS INTEGER)
			FROM "AO_7B47A5_EVENT" e JOIN content c ON c.contentid = e."CONTENT_ID"
			WHERE "NAME" IN ('page_%[2]s', 'blog_%[2]s', 'comment_%[2]s') AND prevver IS NULL AND c.%[1]s BETWEEN '%[3]s' AND '%[4]s'`,
			c.column, c.name, c.from, c.to))
		agree := 0
		for _, o := range offsets {
			if o == fmt.Sprint(4*c.hours) {
				agree++
			}
		}
		if len(offsets) < 50 || agree*2 <= len(offsets) {
			t.Errorf("%s from %s to %s: %d of %d events show %d hours", c.name, c.from, c.to, agree, len(offsets), c.hours)
		}
	}
}
