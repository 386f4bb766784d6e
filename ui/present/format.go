package present

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"sluice/ui/texts"
)

// Count writes a number with a comma between the thousands.
func Count(n int64) string {
	s := strconv.FormatInt(n, 10)
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}

// Size writes a number of bytes in decimal units: "412 GB", "4.1 MB".
func Size(n int64) string {
	units := [...]string{"B", "kB", "MB", "GB", "TB", "PB"}
	value, unit := float64(n), 0
	for value >= 999.5 && unit < len(units)-1 {
		value /= 1000
		unit++
	}
	if unit == 0 || value >= 99.95 {
		return fmt.Sprintf("%.0f %s", value, units[unit])
	}
	return fmt.Sprintf("%.1f %s", value, units[unit])
}

// Span writes a duration as people say it: "0.07 s", "41 s", "1 min 38 s",
// "2 h 14 min", "6 d 3 h".
func Span(d time.Duration) string {
	f := texts.T.Format
	seconds := int64(d.Round(time.Second) / time.Second)
	switch {
	case d < 0:
		return f.Dash
	case d < 9950*time.Millisecond:
		return fmt.Sprintf(f.SecondsShort, shortSeconds(d))
	case seconds < 60:
		return fmt.Sprintf(f.Seconds, seconds)
	case seconds < 3600:
		return pair(seconds, 60, f.Minutes, f.MinutesOnly)
	case seconds < 48*3600:
		return pair(seconds/60, 60, f.Hours, f.HoursOnly)
	}
	return pair(seconds/3600, 24, f.Days, f.DaysOnly)
}

func pair(small, per int64, both, one string) string {
	if small%per == 0 {
		return fmt.Sprintf(one, small/per)
	}
	return fmt.Sprintf(both, small/per, small%per)
}

// shortSeconds writes less than ten seconds with one decimal, and less than a
// tenth with two.
func shortSeconds(d time.Duration) string {
	if d < 95*time.Millisecond {
		return strconv.FormatFloat(d.Seconds(), 'f', 2, 64)
	}
	return strconv.FormatFloat(d.Seconds(), 'f', 1, 64)
}

// RunningSpan is Span in whole seconds, for a figure that grows on the screen.
func RunningSpan(d time.Duration) string {
	if d < 60*time.Second {
		return fmt.Sprintf(texts.T.Format.Seconds, int64(max(0, d)/time.Second))
	}
	return Span(d.Truncate(time.Second))
}

// Ago writes how long ago something was, in the largest unit: "just now",
// "4 min ago", "3 h ago", "6 d ago".
func Ago(d time.Duration) string {
	if d < 5*time.Second {
		return texts.T.Format.JustNow
	}
	return fmt.Sprintf(texts.T.Format.Ago, Coarse(d))
}

// Coarse is Span in its largest unit only.
func Coarse(d time.Duration) string {
	f := texts.T.Format
	switch {
	case d < time.Minute:
		return fmt.Sprintf(f.Seconds, int64(d/time.Second))
	case d < time.Hour:
		return fmt.Sprintf(f.MinutesOnly, int64(d/time.Minute))
	case d < 48*time.Hour:
		return fmt.Sprintf(f.HoursOnly, int64(d/time.Hour))
	}
	return fmt.Sprintf(f.DaysOnly, int64(d/(24*time.Hour)))
}

// Clock writes a moment: the time alone if it is today, else with its date.
func Clock(t, now time.Time) string {
	t = t.In(now.Location())
	if t.Format(time.DateOnly) == now.Format(time.DateOnly) {
		return t.Format(time.TimeOnly)
	}
	return t.Format("2006-01-02 15:04:05")
}

// Moment writes a moment to the minute, in its own zone: "2025-11-23 00:00 +11:00".
func Moment(t time.Time) string {
	if t.IsZero() {
		return texts.T.Format.Dash
	}
	return t.Format("2006-01-02 15:04 -07:00")
}

// Minute writes a moment to the minute, in a zone, without naming it.
func Minute(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return texts.T.Format.Dash
	}
	return t.In(zone).Format("2006-01-02 15:04")
}

// InZone moves a time into a zone, if there is one.
func InZone(t time.Time, zone *time.Location) time.Time {
	if zone == nil || t.IsZero() {
		return t
	}
	return t.In(zone)
}
