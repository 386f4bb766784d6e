package preview

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"sluice/figures"
)

// group writes a whole number with commas between its thousands.
func group(n int64) string { return figures.Count(n) }

// plural writes a number with its noun, which takes an s unless there is one of it.
func plural(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return group(n) + " " + noun + "s"
}

// percent is the share done of total in whole percent. It is 100 only when all is
// done, and 0 only when nothing is.
func percent(done, total int64) int {
	if total <= 0 || done >= total {
		return 100
	}
	if done <= 0 {
		return 0
	}
	return max(1, min(99, int(float64(done)/float64(total)*100)))
}

// size writes a number of bytes in decimal units, as file managers do.
func size(n int64) string {
	const step = 1000
	if n < step {
		return plural(n, "byte")
	}
	v, unit := float64(n)/step, "kB"
	for _, u := range []string{"MB", "GB", "TB", "PB"} {
		if v < step {
			break
		}
		v, unit = v/step, u
	}
	if v < 10 {
		return fmt.Sprintf("%.1f %s", v, unit)
	}
	return fmt.Sprintf("%.0f %s", v, unit)
}

// parseRow reads a row number as people type it: with or without separators,
// from 1. Its error is a sentence for the field that it was typed in.
func parseRow(s string) (int64, error) {
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" ,.'_\u00a0\u202f", r) {
			return -1
		}
		return r
	}, strings.TrimSpace(s))
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < 1 {
		return 0, fmt.Errorf("%q is no row number; type a whole number from 1", s)
	}
	return n - 1, nil
}

// timeLayouts are the forms of time cells that are understood.
var timeLayouts = []string{time.RFC3339Nano, "2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05", "2006-01-02T15:04:05", time.DateOnly}

// parseTime reads a time cell; one without a zone is taken as UTC.
func parseTime(s string) (time.Time, bool) {
	if len(s) < 10 || s[0] < '0' || s[0] > '9' {
		return time.Time{}, false
	}
	for _, l := range timeLayouts {
		if t, err := time.Parse(l, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// explainTime says a time cell for people: weekday and local time, and how long ago.
func explainTime(s string, now time.Time) string {
	t, ok := parseTime(s)
	if !ok {
		return ""
	}
	return t.In(now.Location()).Format("Mon 2 Jan 2006, 15:04:05 MST") + " — " + ago(now.Sub(t))
}

// ago says how long ago something was, in the one unit that matters.
func ago(d time.Duration) string {
	suffix := " ago"
	if d < 0 {
		d, suffix = -d, " from now"
	}
	day := 24 * time.Hour
	for _, u := range []struct {
		unit time.Duration
		noun string
	}{{365 * day, "year"}, {30 * day, "month"}, {day, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}} {
		if d >= u.unit {
			return plural(int64(d/u.unit), u.noun) + suffix
		}
	}
	return "less than a minute" + suffix
}
