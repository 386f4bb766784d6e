package when

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the zones of the tests, on every machine
)

func parsed(t *testing.T, text string) When {
	t.Helper()
	w, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func place(t *testing.T, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// TestClockIsSet goes over days on which the clocks of places are set: what falls into
// the gap happens once when it is over, what the clock shows twice happens once.
func TestClockIsSet(t *testing.T) {
	const layout = "2006-01-02 15:04 -0700"
	for name, test := range map[string]struct{ zone, when, after, want string }{
		"Berlin, forward":               {"Europe/Berlin", "daily 02:30", "2026-03-28 12:00 +0100", "2026-03-29 03:00 +0200, 2026-03-30 02:30 +0200"},
		"Berlin, forward, two in gap":   {"Europe/Berlin", "daily 02:10,02:40,03:00", "2026-03-29 00:00 +0100", "2026-03-29 03:00 +0200, 2026-03-30 02:10 +0200"},
		"Berlin, forward, beside it":    {"Europe/Berlin", "daily 01:59,03:01", "2026-03-29 00:00 +0100", "2026-03-29 01:59 +0100, 2026-03-29 03:01 +0200, 2026-03-30 01:59 +0200"},
		"Berlin, back":                  {"Europe/Berlin", "daily 02:30", "2026-10-24 12:00 +0200", "2026-10-25 02:30 +0200, 2026-10-26 02:30 +0100"},
		"Berlin, back, between both":    {"Europe/Berlin", "daily 02:30", "2026-10-25 02:45 +0200", "2026-10-26 02:30 +0100"},
		"Berlin, back, in the second":   {"Europe/Berlin", "daily 02:30", "2026-10-25 02:10 +0100", "2026-10-26 02:30 +0100"},
		"Berlin, back, three o'clock":   {"Europe/Berlin", "daily 03:00", "2026-10-25 02:45 +0200", "2026-10-25 03:00 +0100"},
		"Berlin, back, every hour":      {"Europe/Berlin", "every hour", "2026-10-25 01:30 +0200", "2026-10-25 02:00 +0200, 2026-10-25 02:00 +0100, 2026-10-25 03:00 +0100"},
		"Berlin, forward, every hour":   {"Europe/Berlin", "every hour", "2026-03-29 00:30 +0100", "2026-03-29 01:00 +0100, 2026-03-29 03:00 +0200, 2026-03-29 04:00 +0200"},
		"Berlin, back, half hours":      {"Europe/Berlin", "every 30 minutes", "2026-10-25 02:10 +0200", "2026-10-25 02:30 +0200, 2026-10-25 02:00 +0100, 2026-10-25 02:30 +0100, 2026-10-25 03:00 +0100"},
		"Berlin, back, two hours":       {"Europe/Berlin", "every 2 hours", "2026-10-25 00:30 +0200", "2026-10-25 02:00 +0200, 2026-10-25 04:00 +0100"},
		"New York, forward":             {"America/New_York", "daily 02:30", "2026-03-07 12:00 -0500", "2026-03-08 03:00 -0400, 2026-03-09 02:30 -0400"},
		"New York, back":                {"America/New_York", "daily 01:30", "2026-10-31 12:00 -0400", "2026-11-01 01:30 -0400, 2026-11-02 01:30 -0500"},
		"New York, back, cron":          {"America/New_York", "30 1 * * *", "2026-11-01 01:31 -0400", "2026-11-02 01:30 -0500"},
		"Lord Howe, forward by half":    {"Australia/Lord_Howe", "daily 02:15", "2026-10-03 12:00 +1030", "2026-10-04 02:30 +1100, 2026-10-05 02:15 +1100"},
		"Lord Howe, beside the gap":     {"Australia/Lord_Howe", "daily 02:30", "2026-10-03 12:00 +1030", "2026-10-04 02:30 +1100, 2026-10-05 02:30 +1100"},
		"Lord Howe, back by half":       {"Australia/Lord_Howe", "daily 01:45", "2026-04-04 12:00 +1100", "2026-04-05 01:45 +1100, 2026-04-06 01:45 +1030"},
		"Lord Howe, back, not twice":    {"Australia/Lord_Howe", "daily 01:15", "2026-04-05 01:50 +1100", "2026-04-06 01:15 +1030"},
		"Santiago, the gap at midnight": {"America/Santiago", "daily 00:00", "2026-09-05 12:00 -0400", "2026-09-06 01:00 -0300, 2026-09-07 00:00 -0300"},
		"Cairo, the last of a month":    {"Africa/Cairo", "fri 00:30", "2026-04-20 12:00 +0200", "2026-04-24 01:00 +0300, 2026-05-01 00:30 +0300"},
	} {
		zone := place(t, test.zone)
		at, err := time.Parse(layout, test.after)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for range strings.Count(test.want, ",") + 1 {
			at = parsed(t, test.when).Next(at, zone)
			got = append(got, at.In(zone).Format(layout))
		}
		if s := strings.Join(got, ", "); s != test.want {
			t.Errorf("%s: %s, want %s", name, s, test.want)
		}
	}
}

// TestNextGoesForward: over a whole year in each place, the next is later, once a day.
func TestNextGoesForward(t *testing.T) {
	for _, name := range []string{"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Tehran"} {
		zone, w := place(t, name), parsed(t, "daily 00:15,01:45,02:15,02:45")
		at := time.Date(2026, 1, 1, 0, 0, 0, 0, zone)
		seen := map[string]int{}
		for end := at.AddDate(1, 0, 0); at.Before(end); {
			next := w.Next(at, zone)
			if !next.After(at) {
				t.Fatalf("%s: after %s comes %s", name, at, next)
			}
			at = next
			seen[at.Format(time.DateOnly)]++
		}
		few := 0
		for day, n := range seen {
			if n > 4 || n < 3 && day != "2027-01-01" {
				t.Errorf("%s: %d on %s", name, n, day)
			}
			if n == 3 {
				few++
			}
		}
		if few > 1 { // two in one gap are one
			t.Errorf("%s: %d days have three", name, few)
		}
	}
}

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"weekdays 02:00":         "weekdays at 02:00",
		" Weekdays  at 2:00 ":    "weekdays at 02:00",
		"daily 14:00,02:00":      "every day at 02:00 and 14:00",
		"every day at 02:00":     "every day at 02:00",
		"mon,thu 01:30":          "Mondays and Thursdays at 01:30",
		"Monday, thursday 01:30": "Mondays and Thursdays at 01:30",
		"fri-mon 23:59":          "Mondays, Fridays, Saturdays and Sundays at 23:59",
		"mon-sun 00:00":          "every day at 00:00",
		"weekends 10:00":         "weekends at 10:00",
		"every 6 hours":          "every 6 hours",
		"every 15m":              "every 15 minutes",
		"every 90 minutes":       "",
		"every 24 hours":         "every day at 00:00",
		"hourly":                 "every hour",
		"every minute":           "every minute",
		"monthly 1 03:00":        "on day 1 of each month at 03:00",
		"monthly 1,last 03:00":   "on day 1 and the last day of each month at 03:00",
		"monthly 31 03:00":       "on day 31, where there is one, of each month at 03:00",
		"30 2 * * 1-5":           "by the cron expression 30 2 * * 1-5",
		"@daily":                 "every day at 00:00",
	} {
		w, err := Parse(text)
		if (err != nil) != (want == "") || w.Words() != want {
			t.Errorf("%q: %q, %v, want %q", text, w.Words(), err, want)
		}
	}
}

func TestNextOfWords(t *testing.T) {
	after := time.Date(2026, 2, 27, 12, 0, 0, 0, time.UTC) // a Friday
	for text, want := range map[string]string{
		"weekdays 02:00": "2026-03-02 02:00", "weekends 02:00": "2026-02-28 02:00", "daily 02:00,14:00": "2026-02-27 14:00",
		"mon,thu 01:30": "2026-03-02 01:30", "every 6 hours": "2026-02-27 18:00", "every 15 minutes": "2026-02-27 12:15",
		"monthly 1 03:00": "2026-03-01 03:00", "monthly last 03:00": "2026-02-28 03:00", "monthly 31 03:00": "2026-03-31 03:00",
		"30 2 29 2 *": "2028-02-29 02:30", "sun 02:00": "2026-03-01 02:00",
	} {
		if got := parsed(t, text).Next(after, time.UTC).Format("2006-01-02 15:04"); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// TestWhatIsNoWhen is refused in one sentence that says what can be written.
func TestWhatIsNoWhen(t *testing.T) {
	for text, says := range map[string]string{
		"": "when is not said", "weekdys 02:00": `the nearest is "weekdays"`, "weekdays": "both days and times", "daily 24:00": "no time of day",
		"daily 02:60": "no time of day", "daily 2": "no time of day", "every 7 hours": "come out even", "every 0 minutes": "come out even", "monthly 32 03:00": "no day of a month",
		"monthly 03:00": "no day of the month", "0 2 * * *  *": "six", "61 2 * * *": "no cron expression", "0 2 31 2 *": "never comes",
		"@yearly": "no name that cron has", "sometimes 02:00": "is no day", "monthly 30 of 03:00": "no day of the month", "mon tue 02:00": "cannot be understood", "every 99999 hours": "come out even",
	} {
		if says == "six" {
			says = "has 6 fields"
		}
		if w, err := Parse(text); err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), `is ""`) {
			t.Errorf("%q: %q, %v, want an error with %q", text, w.Words(), err, says)
		}
	}
}

// TestQuiet puts off what lies in quiet hours, also past midnight and when clocks are set.
func TestQuiet(t *testing.T) {
	const layout = "2006-01-02 15:04 -0700"
	berlin := place(t, "Europe/Berlin")
	for _, test := range []struct{ quiet, at, want string }{
		{"", "2026-02-27 12:00 +0100", "2026-02-27 12:00 +0100"},
		{"08:00-18:00", "2026-02-27 12:00 +0100", "2026-02-27 18:00 +0100"},
		{"08:00-18:00", "2026-02-27 08:00 +0100", "2026-02-27 18:00 +0100"},
		{"08:00-18:00", "2026-02-27 18:00 +0100", "2026-02-27 18:00 +0100"},
		{"22:00-06:00", "2026-02-27 23:00 +0100", "2026-02-28 06:00 +0100"},
		{"22:00-06:00", "2026-02-28 05:59 +0100", "2026-02-28 06:00 +0100"},
		{"22:00-06:00", "2026-02-28 21:59 +0100", "2026-02-28 21:59 +0100"},
		{"weekdays 22:00-06:00", "2026-02-28 05:00 +0100", "2026-02-28 06:00 +0100"}, // they began on Friday
		{"weekdays 22:00-06:00", "2026-03-01 05:00 +0100", "2026-03-01 05:00 +0100"}, // Saturday has none
		{"mon,tue 00:00-24:00", "2026-03-02 05:00 +0100", "2026-03-04 00:00 +0100"},  // one goes into the next
		{"22:00-02:30", "2026-03-28 23:00 +0100", "2026-03-29 03:00 +0200"},          // the end falls into the gap
		{"22:00-02:30", "2026-10-25 02:10 +0100", "2026-10-25 02:30 +0100"},          // the end is shown twice
	} {
		q, err := ParseQuiet(test.quiet)
		if err != nil {
			t.Fatal(err)
		}
		at, _ := time.Parse(layout, test.at)
		if got := q.PutOff(at, berlin).In(berlin).Format(layout); got != test.want {
			t.Errorf("%s, %s: %s, want %s", test.quiet, test.at, got, test.want)
		}
	}
	for _, text := range []string{"08:00", "08:00-08:00", "8-18", "25:00-26:00", "some 08:00-18:00", "weekdays 08:00 - 18:00", "08:00-18:61", "00:00-24:00", "daily 00:00-24:00", "mon-sun 00:00-24:00"} {
		if _, err := ParseQuiet(text); err == nil {
			t.Errorf("%q is read", text)
		}
	}
}

// FuzzParse: whatever is written, it is refused or comes again and again, ever later.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"weekdays 02:00", "every 6 hours", "monthly last 03:00", "*/5 0-4 1,15 * 1#2", "0 0 29 2 *", "@daily", "fri-mon 1:00,2:00"} {
		f.Add(s)
	}
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		w, err := Parse(text)
		if err != nil {
			return
		}
		at := time.Date(2026, 3, 28, 0, 0, 0, 0, berlin)
		for range 5 {
			next := w.Next(at, berlin)
			if next.IsZero() {
				return // a year that is over
			}
			if !next.After(at) {
				t.Fatalf("%q: after %s comes %s", text, at, next)
			}
			at = next
		}
		if w.Words() == "" || len(w.Crons()) == 0 {
			t.Errorf("%q: no words", text)
		}
	})
}
