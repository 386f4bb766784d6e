package pipeline

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
)

func TestParseTime(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"2021-03-03T12:08:24.045+11:00", "2021-03-03T12:08:24.045+11:00"},
		{"2020-07-17T08:00:00+10:00", "2020-07-17T08:00:00.000+10:00"},
		{"2020-11-01T06-35-41-577+11", "2020-11-01T06:35:41.577+11:00"},
		{"2020-11-01T06-35-41-577Z", "2020-11-01T06:35:41.577Z"},
		{"2020-11-01T06-35-41-577+05:30", "2020-11-01T06:35:41.577+05:30"},
		{"2020-11-01T06-35-41+0530", "2020-11-01T06:35:41.000+05:30"},
		{"2020_09_24T03_32_18Z", "2020-09-24T03:32:18.000Z"},
		{"2020-12-30T23:01Z", "2020-12-30T23:01:00.000Z"},
		{"2020-12-30T22:01+01:00", "2020-12-30T22:01:00.000+01:00"},
		{"2020-12-30T22:01+0100", "2020-12-30T22:01:00.000+01:00"},
		{"2020-12-30T22:01+01", "2020-12-30T22:01:00.000+01:00"},
		{"2020-10-22T01:30:11Z", "2020-10-22T01:30:11.000Z"},
		{" 2021-02-26T04:14:38Z\n", "2021-02-26T04:14:38.000Z"},
	} {
		got, err := ParseTime(c.in)
		if err != nil {
			t.Errorf("%q: %v", c.in, err)
		} else if FormatTime(got) != c.want {
			t.Errorf("%q was read as %s, want %s", c.in, FormatTime(got), c.want)
		}
	}
}

func TestParseTimeErrors(t *testing.T) {
	for _, c := range []struct {
		in     string
		noZone bool
	}{
		{"", false}, {"yesterday", false}, {"2020-13-01T00:00Z", false}, {"2020-02-30T00:00Z", false},
		{"2020-11-01T25-35-41-577+11", false}, {"2020-12-30T22:01 01:00", false}, {"0000-01-01T00:00+24", false},
		{"2020-12-30T22:01", true}, {"2020-12-30", true}, {"2020-12-30 22:01:05", true}, {"2020-12-30T22:01:05.5", true},
	} {
		got, err := ParseTime(c.in)
		switch {
		case err == nil:
			t.Errorf("%q was read as %s", c.in, got)
		case errors.Is(err, ErrNoZone) != c.noZone:
			t.Errorf("%q: %v; said to lack a zone: %v, want %v", c.in, err, !c.noZone, c.noZone)
		}
	}
}

func TestParseFromDate(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	if _, err := ParseFromDate("2026-11-23T10:00+01:00", now); err != nil {
		t.Errorf("now itself: %v", err)
	}
	if _, err := ParseFromDate("2026-11-23T10:01+01:00", now); err == nil || !strings.Contains(err.Error(), "future") {
		t.Errorf("a minute ahead: %v", err)
	}
}

func TestFormatFromDate(t *testing.T) {
	zone := time.FixedZone("", 11*3600)
	for _, c := range []struct {
		t    time.Time
		want string
	}{
		{time.Date(2025, 11, 23, 0, 0, 0, 0, zone), "2025-11-23T00:00+11:00"},
		{time.Date(2025, 11, 23, 0, 0, 0, 0, time.UTC), "2025-11-23T00:00Z"},
		{time.Date(2025, 11, 23, 0, 0, 7, 0, time.UTC), "2025-11-23T00:00:07Z"},
		{time.Date(2025, 11, 23, 0, 0, 7, 36e6, time.UTC), "2025-11-23T00:00:07.036Z"},
	} {
		if got := FormatFromDate(c.t); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
		if back, err := ParseTime(c.want); err != nil || !back.Equal(c.t) {
			t.Errorf("%s is read back as %s, %v", c.want, back, err)
		}
	}
}

// TestOddTimes: what is written is read back as the same instant, or is refused.
func TestOddTimes(t *testing.T) {
	for _, c := range []struct {
		t    time.Time
		want string // "" if it cannot be written
	}{
		{time.Date(1970, 1, 1, 0, 0, 0, 0, time.FixedZone("LMT", -2670)), "1970-01-01T00:44:30.000Z"},
		{time.Date(2020, 1, 1, 0, 0, 0, 0, time.FixedZone("", 86400)), "2019-12-31T00:00:00.000Z"},
		{time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC), "0000-01-01T00:00:00.000Z"},
		{time.Date(9999, 12, 31, 22, 59, 59, 0, time.FixedZone("", -3600)), "9999-12-31T22:59:59.000-01:00"},
		{time.Date(9999, 12, 31, 23, 59, 59, 0, time.FixedZone("", -3600)), ""},
		{time.Date(0, 1, 1, 0, 0, 0, 0, time.FixedZone("", 3600)), ""},
		{time.UnixMilli(316000000000000).UTC(), ""},
		{time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC), ""},
		{time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), ""},
	} {
		b, err := json.Marshal(At(c.t))
		if c.want == "" {
			if err == nil || !strings.Contains(err.Error(), "0 to 9999") {
				t.Errorf("%s was written as %s, %v", c.t, b, err)
			}
			continue
		}
		var back Time
		if err != nil || string(b) != `"`+c.want+`"` || json.Unmarshal(b, &back) != nil || !back.Equal(c.t) {
			t.Errorf("%s was written as %s, %v, and read back as %s", c.t, b, err, back)
		}
		if back, err := ParseTime(FormatFromDate(c.t)); err != nil || !back.Equal(c.t) {
			t.Errorf("%s was written as %s and read back as %s, %v", c.t, FormatFromDate(c.t), back, err)
		}
	}
}

func FuzzParseTime(f *testing.F) {
	for _, s := range []string{"2021-03-03T12:08:24.045+11:00", "2020-11-01T06-35-41-577+11", "2020_09_24T03_32_18Z", "2020-12-30T23:01Z", "x",
		"9999-12-31T23:59:59-01:00", "0000-01-01T00:00+23:59", "11982-08-23T09:46:40Z"} {
		f.Add(s, 0)
		f.Add(s, -2670)
	}
	f.Fuzz(func(t *testing.T, s string, offset int) {
		first, err := ParseTime(s)
		if err != nil {
			return
		}
		again, err := ParseTime(FormatTime(first))
		if err != nil || !again.Equal(first.Truncate(time.Millisecond)) {
			t.Errorf("%q was read as %s, and that as %s, %v", s, first, again, err)
		}
		// In any zone it is written so that it is read back, or not at all.
		moved := first.Truncate(time.Millisecond).In(time.FixedZone("", offset%100_000))
		b, err := json.Marshal(At(moved))
		if (err == nil) != Writable(moved) {
			t.Errorf("%s was written as %s, %v", moved, b, err)
		}
		var back Time
		if err == nil && (json.Unmarshal(b, &back) != nil || !back.Equal(moved)) {
			t.Errorf("%s was written as %s, and read back as %s", moved, b, back)
		}
	})
}

// TestOnlyReadableTimesAreWritten tries the years at the ends of what the form can
// hold.
func TestOnlyReadableTimesAreWritten(t *testing.T) {
	for _, year := range []int{-1, 0, 1, 9999, 10000, 11982} {
		written := At(time.Date(year, 3, 4, 5, 6, 7, 8e6, time.FixedZone("", 3600)))
		b, err := json.Marshal(written)
		if can := year >= 0 && year <= 9999; can != (err == nil) {
			t.Errorf("year %d: %s, %v", year, b, err)
		}
		if err != nil {
			continue
		}
		var read Time
		if err := json.Unmarshal(b, &read); err != nil || !read.Equal(written.Time) {
			t.Errorf("year %d: %s is read as %v, %v", year, b, read, err)
		}
	}
}
