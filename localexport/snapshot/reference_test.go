package snapshot

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"sluice/localexport/wallclock"
)

// The clock of the tests, and the date of their files.
var testNow = time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)

// series are rows of content, one a day up to the given one, the keys from 1000 up.
func series(last string, rows, days int) string {
	return fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
		INSERT INTO content (contentid, creationdate, lastmoddate) SELECT 1000 + i, datetime('%s', '-' || (%d * i) || ' days'), NULL FROM n`, rows-1, last, days)
}

func page(id int, at string) string {
	return fmt.Sprintf("INSERT INTO content (contentid, creationdate, lastmoddate) VALUES (%d, '2020-01-01 00:00:00', '%s')", id, at)
}

// eventTable holds events once a day up to the given moment, and others.
func eventTable(index bool, last time.Time, rows int, others ...int64) []string {
	statements := []string{`CREATE TABLE "AO_7B47A5_EVENT" ("ID" INTEGER PRIMARY KEY, "NAME", "EVENT_AT" BIGINT, "CONTENT_ID")`}
	if index {
		statements = append(statements, `CREATE INDEX e ON "AO_7B47A5_EVENT" ("EVENT_AT", "ID")`)
	}
	statements = append(statements, fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
		INSERT INTO "AO_7B47A5_EVENT" SELECT 5000 - i, 'page_viewed', %d - 86400000 * i, 1 FROM n`, rows-1, last.UnixMilli()))
	for i, at := range others {
		statements = append(statements, fmt.Sprintf(`INSERT INTO "AO_7B47A5_EVENT" VALUES (%d, 'page_viewed', %d, 1)`, 9000+i, at))
	}
	return statements
}

func TestReference(t *testing.T) {
	year2100 := time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC).UnixMilli()
	few, lots := []int64{year2100, year2100 + 1, year2100 + 2}, make([]int64, 40)
	for i := range lots {
		lots[i] = year2100 + int64(i)
	}
	content := func(statements ...string) []string { return statements }
	base := series("2026-11-20 10:00:00", 300, 1)
	newest := time.Date(2026, 11, 20, 18, 0, 0, 0, time.UTC)
	both := func(index bool, others ...int64) []string {
		return append(eventTable(index, newest, 300, others...), base)
	}
	for _, tt := range []struct {
		name, want string
		statements []string
		outliers   string // what the warning says; "" for none
	}{
		{"usual", "2026-11-20T18:00:00Z", both(true), ""},
		{"content alone", "2026-11-20T10:00:00Z", content(base), ""},
		{"an event in 2100", "2026-11-20T18:00:00Z", both(true, year2100), ": 1 (table AO_7B47A5_EVENT, ID 9000: EVENT_AT 4102444800000 (2100-01-01T00:00:00Z))."},
		{"without an index", "2026-11-20T18:00:00Z", both(false, year2100), ": 1 (table AO_7B47A5_EVENT, ID 9000"},
		{"three events", "2026-11-20T18:00:00Z", both(true, few...), ": 3 (table AO_7B47A5_EVENT, ID 9002"},
		{"a clock that was wrong for long", "2026-11-20T18:00:00Z", both(true, lots...), "; and 37 more)."},
		{"year 11983", "2026-11-20T18:00:00Z", both(true, 316000000000000), "EVENT_AT 316000000000000 (11983-"},
		{"year 292 million", "2026-11-20T18:00:00Z", both(true, 9223372036854775807), "ID 9000: EVENT_AT 9223372036854775807"},
		{"a text for a time", "2026-11-20T18:00:00Z", append(both(true), `UPDATE "AO_7B47A5_EVENT" SET "EVENT_AT" = 'now' WHERE "ID" % 100 = 1`), ""},
		{"a text for a time, and one in 2100", "2026-11-20T18:00:00Z", append(both(false, year2100), `UPDATE "AO_7B47A5_EVENT" SET "EVENT_AT" = 'now' WHERE "ID" = 4990`), ": 1 (table AO_7B47A5_EVENT, ID 9000: EVENT_AT 4102444800000 (2100-01-01T00:00:00Z))."},
		{"long ago", "2026-11-20T18:00:00Z", both(true, 0, -5, -9223372036854775808), ""},
		{"events only", "2026-11-20T18:00:00Z", eventTable(true, newest, 300, year2100), "ID 9000"},
		{"a page in 2100", "2026-11-20T10:00:00Z", content(base, page(7, "2100-01-01 00:00:00")), "table content, contentid 7: date 2100-01-01T00:00:00)."},
		{"a page in the last year", "2026-11-20T10:00:00Z", content(base, page(7, "9999-12-31 23:59:59")), "contentid 7"},
		{"one page in the past, years after the rest", "2022-03-01T00:00:00Z", content(series("2022-03-01", 300, 1), page(7, "2025-06-01 00:00:00")), "contentid 7"},
		{"ten pages, years after the rest", "2025-06-01T00:00:00Z", content(series("2022-03-01", 300, 1), strings.Replace(series("2025-06-01", 10, 1), "1000 + i", "i", 1)), ""},
		{"outliers before outliers", "2022-03-01T00:00:00Z", content(series("2022-03-01", 300, 1), page(7, "2024-06-01 00:00:00"), page(8, "2026-06-01 00:00:00"), page(9, "2400-06-01 00:00:00")), ": 3 (table content, contentid 9"},
		{"a quiet wiki", "2026-03-01T00:00:00Z", content(series("2026-03-01", 30, 200)), ""},
		{"a small one", "2025-06-01T00:00:00Z", content(page(1, "2021-01-01 00:00:00"), page(2, "2025-06-01 00:00:00")), ""},
		{"a small one with an outlier", "2021-01-01T00:00:00Z", content(page(1, "2021-01-01 00:00:00"), page(2, "2125-06-01 00:00:00")), "contentid 2"},
		{"the clock here is behind", "2028-11-20T00:00:00Z", content(series("2028-11-20", 1000, 1)), ""},
		{"the clock here is far behind", "2090-11-20T00:00:00Z", content(series("2090-11-20", 1000, 1)), ""},
		{"the clock here is behind, and an outlier", "2028-11-20T00:00:00Z", content(series("2028-11-20", 1000, 1), page(7, "2100-01-01 00:00:00")), "contentid 7"},
		{"a clock that was wrong for many pages", "2026-11-20T10:00:00Z", content(base, strings.Replace(series("2100-11-20", 30, 0), "1000 + i", "i + 1", 1)), ": 30 (table content"},
		{"counts since 1970", "2026-11-20T10:00:00Z", content(base, "INSERT INTO content (contentid, creationdate, lastmoddate) VALUES (7, 0, 316000000000000)"), "contentid 7: date 11983-"},
		{"epoch", "1970-01-01T00:00:00Z", content("INSERT INTO content (contentid, creationdate, lastmoddate) VALUES (7, 0, NULL)"), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := database(t, with(tt.statements...)...)
			if err := os.Chtimes(path, testNow, testNow); err != nil {
				t.Fatal(err)
			}
			s, err := Open(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			s.now = func() time.Time { return testNow }
			for _, workers := range []int{1, 3} {
				got, err := s.Newest(t.Context(), wallclock.NewZone(time.UTC), workers)
				if err != nil || got.At.Format(time.RFC3339) != tt.want {
					t.Errorf("the reference moment is %v, %v, want %s", got.At, err, tt.want)
				}
				said := ""
				for _, d := range got.Outliers {
					said += d.Key + d.Message
				}
				if (said == "") != (tt.outliers == "") || !strings.Contains(said, tt.outliers) {
					t.Errorf("the warning is %q, want it to contain %q", said, tt.outliers)
				}
			}
		})
	}
}

// TestReferenceOfAFileFromLater: a file that is younger than the clock here vouches
// for its times.
func TestReferenceOfAFileFromLater(t *testing.T) {
	path := database(t, with(series("2022-03-01", 300, 1), page(7, "2023-01-01 00:00:00"))...)
	if err := os.Chtimes(path, testNow, time.Date(2023, 1, 2, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	s.now = func() time.Time { return time.Unix(0, 0) }
	got, err := s.Newest(t.Context(), wallclock.NewZone(time.UTC), 1)
	if err != nil || got.At.Year() != 2023 || len(got.Outliers) > 0 {
		t.Errorf("%+v, %v", got, err)
	}
}
