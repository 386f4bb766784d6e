package confluence

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/localexport/demo"
	"sluice/localexport/snapshot"
)

// TestOneWrongClock: one event, page or key far beyond all others changes neither
// the default time range nor the zone that is guessed, and is named.
func TestOneWrongClock(t *testing.T) {
	const event = `INSERT INTO "AO_7B47A5_EVENT" ("ID", "NAME", "EVENT_AT") VALUES (%id, 'page_viewed', %at)`
	at := func(id, millis string) string { return strings.NewReplacer("%id", id, "%at", millis).Replace(event) }
	write := func(t *testing.T, statements ...string) *snapshot.Snapshot {
		path := filepath.Join(t.TempDir(), "demo.db")
		if _, err := demo.Write(t.Context(), path, demo.Options{Pages: 300, Seed: 4}); err != nil {
			t.Fatal(err)
		}
		for _, s := range statements {
			alter(t, path, s)
		}
		s, err := snapshot.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s
	}
	plan := func(t *testing.T, s *snapshot.Snapshot) (Plan, int64) {
		p, err := MakePlan(t.Context(), s, Options{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		var m memory
		r, err := Export(t.Context(), s, Options{}, m.open, nil)
		if err != nil {
			t.Fatal(err)
		}
		return p, r.Files[filePages].Rows
	}
	want, rows := plan(t, write(t))
	if rows == 0 {
		t.Fatal("the demo has no pages in the default time range")
	}
	for _, tt := range []struct{ name, statement, says string }{
		{"year 2100", at("99999999", "4102444800000"), "ID 99999999: EVENT_AT 4102444800000"},
		{"year 11983", at("99999999", "316000000000000"), "ID 99999999"},
		{"largest number", at("99999999", "9223372036854775807"), "ID 99999999"},
		{"smallest number", at("99999999", "-9223372036854775808"), ""},
		{"largest key", at("9223372036854775806", "1700000000000"), ""},
		{"smallest key", at("-9223372036854775807", "1700000000000"), ""},
		{"a page", "UPDATE content SET lastmoddate = '2199-01-01 00:00:00' WHERE contentid = (SELECT min(contentid) FROM content)", "date 2199-01-01T00:00:00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, found := plan(t, write(t, tt.statement))
			if !got.From.Equal(want.From) || got.Location != want.Location || found < rows {
				t.Errorf("from %v in %s with %d pages, want from %v in %s with %d", got.From, got.Location, found, want.From, want.Location, rows)
			}
			said := ""
			for _, d := range got.Warnings {
				if d.Key == KeyImplausibleTime {
					said += d.Message
				}
			}
			if (said == "") != (tt.says == "") || !strings.Contains(said, tt.says) {
				t.Errorf("the warning is %q, want %q in it", said, tt.says)
			}
		})
	}
}

// TestEventsOutOfRange: an event that no file can hold is counted.
func TestEventsOutOfRange(t *testing.T) {
	path := edge(t, `INSERT INTO "AO_7B47A5_EVENT" ("ID", "NAME", "EVENT_AT") VALUES (9001, 'page_viewed', 316000000000000), (9002, 'page_viewed', 253402300799999)`)
	for _, o := range []Options{{}, {SQLiteOnly: true, Workers: 2}} {
		m, r := export(t, path, o)
		events := m.files["analytics_events"].String()
		if strings.Contains(events, ",9001,") || !strings.Contains(events, ",9002,page_viewed,9999-12-31T23:59:59Z,") {
			t.Error(events)
		}
		want := "were left out: 1 (first: ID 9001)."
		if d := diagnostic(r, KeyEventOutOfRange); !strings.HasSuffix(d, want) {
			t.Errorf("the warning is %q, want %q", d, want)
		}
	}
}

// TestDatesOfZeros: what MySQL stores for no date is none, and is counted.
func TestDatesOfZeros(t *testing.T) {
	path := edge(t, "UPDATE content SET lastmoddate = '0000-00-00 00:00:00' WHERE contentid IN (1005, 2001)")
	m, r := export(t, path, Options{})
	if !strings.Contains(m.files["pages"].String(), "\r\n1005,") {
		t.Error(m.files["pages"])
	}
	total := ""
	for _, d := range r.Warnings {
		if d.Key == KeyZeroDate {
			total += d.Message
		}
	}
	if !strings.Contains(total, "were taken for none: 2 (first: in the row with id 1005).") {
		t.Errorf("%q in %+v", total, r.Warnings)
	}
}

// TestWindowStart: the default time range has a start that can be stored.
func TestWindowStart(t *testing.T) {
	for _, tt := range []struct{ newest, modified, want time.Time }{
		{time.Time{}, time.Date(2024, 3, 1, 0, 0, 0, 5, time.UTC), time.Date(2023, 3, 2, 0, 0, 0, 0, time.UTC)},
		{time.Date(1970, 6, 1, 0, 0, 0, 0, time.UTC), time.Time{}, beginning},
		{time.Time{}, time.Time{}, beginning},
		{time.Time{}, time.Unix(1<<50, 0), beginning},
	} {
		if got := windowStart(tt.newest, tt.modified); !got.Equal(tt.want) {
			t.Errorf("windowStart(%v, %v) = %v, want %v", tt.newest, tt.modified, got, tt.want)
		}
	}
}

// diagnostic is the warning with a key, or "".
func diagnostic(r Result, key string) string {
	for _, d := range r.Warnings {
		if d.Key == key {
			return d.Message
		}
	}
	return ""
}
