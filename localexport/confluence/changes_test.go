package confluence

import (
	"path/filepath"
	"testing"
	"time"

	"sluice/localexport/demo"
	"sluice/localexport/snapshot"
	"sluice/localexport/wallclock"
)

// TestNewestThatWasRead: an export tells the newest change of what it has read, whatever
// its time range and however it reads. A date that is not plausible does not count.
func TestNewestThatWasRead(t *testing.T) {
	const page = "(SELECT min(contentid) FROM content WHERE " + livePages + ")"
	for name, statement := range map[string]string{
		"as it is":            "",
		"a page in 2100":      "UPDATE content SET lastmoddate = '2100-01-01 00:00:00' WHERE contentid = " + page,
		"an event in 2100":    `INSERT INTO "AO_7B47A5_EVENT" ("ID", "NAME", "EVENT_AT") VALUES (99999999, 'page_viewed', 4102444800000)`,
		"an event in 11983":   `INSERT INTO "AO_7B47A5_EVENT" ("ID", "NAME", "EVENT_AT") VALUES (99999999, 'page_viewed', 316000000000000)`,
		"without events":      `DROP TABLE "AO_7B47A5_EVENT"`,
		"created, not edited": "UPDATE content SET lastmoddate = NULL WHERE " + livePages,
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "demo.db")
			if _, err := demo.Write(t.Context(), path, demo.Options{Pages: 300, Seed: 4}); err != nil {
				t.Fatal(err)
			}
			if statement != "" {
				alter(t, path, statement)
			}
			whole := newestOfAll(t, path)
			for _, o := range []Options{{}, {From: time.Unix(0, 0)}, {From: whole.Add(-time.Hour)}, {From: whole.Add(time.Hour)},
				{From: whole, SQLiteOnly: true, Workers: 1}, {Workers: 3}} {
				_, r := export(t, path, o)
				if r.Newest.IsZero() || r.Newest.After(whole) || whole.Sub(r.Newest) > 24*time.Hour && name != "without events" {
					t.Errorf("from %v: the newest change that was read is of %v, and of all of %v", o.From, r.Newest, whole)
				}
				if name == "as it is" && !r.Newest.Equal(whole) {
					t.Errorf("from %v: the newest change that was read is of %v, want %v", o.From, r.Newest, whole)
				}
			}
		})
	}
}

// newestOfAll is the newest change that is found by a look at every row.
func newestOfAll(t *testing.T, path string) time.Time {
	t.Helper()
	s, err := snapshot.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	p, err := MakePlan(t.Context(), s, Options{Location: berlin}, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Newest(t.Context(), wallclock.NewZone(p.Zone), 2)
	if err != nil {
		t.Fatal(err)
	}
	return r.At
}
