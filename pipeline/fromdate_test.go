package pipeline

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// TestFromDate is what people write, and the instant that it means.
func TestFromDate(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 30, 23, 30, 0, 0, time.UTC) // the next day in Berlin
	anchor := Anchor{Newest: now, Last: time.Date(2026, 11, 20, 8, 0, 59, 0, time.UTC)}
	for _, c := range []struct{ text, want, says string }{
		{"2025-01-31T00:00+01:00", "2025-01-31T00:00+01:00", ""},
		{" 2025-01-31T00:00:30Z ", "2025-01-31T00:00:30Z", ""},
		{"2026-11-01", "2026-11-01T00:00+01:00", ""},
		{"2026-07-01", "2026-07-01T00:00+02:00", ""},
		{"2026-07-01T08:30", "2026-07-01T08:30+02:00", ""},
		{"2026-07-01 08:30:15", "2026-07-01T08:30:15+02:00", ""},
		{"2026-10-25T02:30", "2026-10-25T02:30+02:00", ""}, // the first of the two
		{"2026-10-25T01:59", "2026-10-25T01:59+02:00", ""},
		{"2026-10-25T03:00", "2026-10-25T03:00+01:00", ""},
		{"today", "2026-12-01T00:00+01:00", ""},
		{"yesterday", "2026-11-30T00:00+01:00", ""},
		{"Yesterday", "2026-11-30T00:00+01:00", ""},
		{"-0d", "2026-12-01T00:00+01:00", ""},
		{"-7d", "2026-11-24T00:00+01:00", ""},
		{"-2w", "2026-11-17T00:00+01:00", ""},
		{"-365d", "2025-12-01T00:00+01:00", ""},
		{"-5mo", "2026-07-01T00:00+02:00", ""},
		{"-12MO", "2025-12-01T00:00+01:00", ""},
		{"-1y", "2025-12-01T00:00+01:00", ""},
		{"last-success", "2026-11-20T09:00+01:00", ""},
		{"everything", "1970-01-01T00:00Z", ""},
		{"last-30-days", "2026-11-01T00:00+01:00", ""},
		{"Last-1-Day", "2026-11-30T00:00+01:00", ""},
		{"last-2-weeks", "2026-11-17T00:00+01:00", ""},
		{"last-5-months", "2026-07-01T00:00+02:00", ""},
		{"last-1-year", "2025-12-01T00:00+01:00", ""},
		{"since-last-success", "2026-11-20T09:00+01:00", ""},
		{"all", "1970-01-01T00:00Z", ""},
		{"last-days", "", "is no from date"},
		{"last-30-hours", "", "is no from date"},
		{"2027-01-01", "", "lies in the future"},
		{"2027-01-01T00:00Z", "", "lies in the future"},
		{"-9999y", "", "beyond the year 0"},
		{"-99999mo", "", "beyond the year 0"},
		{"", "", "is no from date"},
		{"soon", "", "is no from date: write a date such as"},
		{"7d", "", "is no from date"},
		{"-7", "", "is no from date"},
		{"-7m", "", "is no from date"},
		{"-1.5d", "", "is no from date"},
		{"2026-13-01", "", "is no from date"},
		{"01/11/2026", "", "is no from date"},
	} {
		from, err := ReadFromDate(c.text)
		var at time.Time
		if err == nil {
			at, err = from.Instant(anchor, berlin, now)
		}
		if c.says != "" {
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%q: %v, %v, want %q", c.text, at, err, c.says)
			}
			continue
		}
		if got := FormatFromDate(at); err != nil || got != c.want {
			t.Errorf("%q: %s, %v, want %s", c.text, got, err, c.want)
		}
	}
	from, _ := ReadFromDate("last-success")
	if _, err := from.Instant(Anchor{Newest: now}, berlin, now); !errors.Is(err, ErrNoExport) {
		t.Errorf("nothing to go on from: %v", err)
	}
	if clock, _ := ReadFromDate("2026-07-01T08:30"); !clock.NeedsZone() || clock.Exact() {
		t.Error("a time of day without a zone")
	}
	if day, _ := ReadFromDate("2026-07-01"); day.NeedsZone() || day.Exact() || day.Counts() {
		t.Error("a day")
	}
}

// TestMonthsBack ends at the last day of a shorter month.
func TestMonthsBack(t *testing.T) {
	for months, want := range map[int]string{1: "2026-02-28", 2: "2026-01-31", 13: "2025-02-28", 25: "2024-02-29", 4: "2025-11-30"} {
		if got := MonthsBack(time.Date(2026, 3, 31, 17, 0, 0, 0, time.UTC), months).Format(time.DateOnly); got != want {
			t.Errorf("%d months before: %s, want %s", months, got, want)
		}
	}
}

// TestFirst takes the first of the two moments at which a clock that was set back has
// shown the same: a change is rather exported twice than never. A day begins once.
func TestFirst(t *testing.T) {
	for _, c := range []struct{ zone, clock, want string }{
		{"Europe/Berlin", "2026-10-25T02:00:00", "2026-10-25T02:00:00+02:00"},
		{"Europe/Berlin", "2026-10-25T02:59:59", "2026-10-25T02:59:59+02:00"},
		{"Europe/Berlin", "2026-10-25T03:00:00", "2026-10-25T03:00:00+01:00"},
		{"Australia/Lord_Howe", "2026-04-05T01:45:00", "2026-04-05T01:45:00+11:00"}, // by half an hour
		{"America/Havana", "2026-11-01T00:00:00", "2026-11-01T00:00:00-04:00"},
		{"UTC", "2026-10-25T02:30:00", "2026-10-25T02:30:00Z"},
		{"Asia/Kolkata", "2026-10-25T02:30:00", "2026-10-25T02:30:00+05:30"},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		clock, err := time.ParseInLocation("2006-01-02T15:04:05", c.clock, zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := First(clock).Format(time.RFC3339); got != c.want {
			t.Errorf("%s in %s: %s, want %s", c.clock, c.zone, got, c.want)
		}
	}
	havana, err := time.LoadLocation("America/Havana")
	if err != nil {
		t.Fatal(err)
	}
	newest := time.Date(2026, 11, 8, 12, 0, 0, 0, havana)
	for what, day := range map[string]time.Time{"days": DaysBack(newest, 7), "months": MonthsBack(newest.AddDate(0, 0, -7).AddDate(0, 1, 0), 1)} {
		if got := day.Format(time.RFC3339); got != "2026-11-01T00:00:00-04:00" {
			t.Errorf("%s back: %s", what, got)
		}
	}
	santiago, err := time.LoadLocation("America/Santiago")
	if err != nil {
		t.Fatal(err)
	}
	if got := DaysBack(time.Date(2026, 9, 7, 12, 0, 0, 0, santiago), 1); got.After(time.Date(2026, 9, 6, 4, 0, 0, 0, time.UTC)) {
		t.Errorf("a day without midnight begins at %s", got)
	}
}

// FuzzFromDate: no text means an instant that cannot be written or lies in the future.
func FuzzFromDate(f *testing.F) {
	for _, s := range []string{"-7d", "2026-11-01", "-12mo", "yesterday", "last-success", "2026-07-01T08:30", "-99999y"} {
		f.Add(s)
	}
	now := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, s string) {
		from, err := ReadFromDate(s)
		if err != nil {
			return
		}
		at, err := from.Instant(Anchor{Newest: now, Last: now}, time.UTC, now)
		if err == nil && (at.After(now) || !Writable(at)) {
			t.Errorf("%q means %v", s, at)
		}
	})
}
