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
