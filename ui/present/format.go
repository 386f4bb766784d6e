package present

import (
	"fmt"
	"strconv"
	"time"

	"sluice/figures"
	"sluice/pipeline"
	"sluice/ui/texts"
)

// Count writes a number as the language in force does.
func Count(n int64) string { return texts.Count(n) }

// KnownCount is Count, and "?" for a number below 0, which stands for one that is not
// known.
func KnownCount(n int64) string {
	if n < 0 {
		return "?"
	}
	return Count(n)
}

// Size writes a number of bytes in decimal units: "412 GB", "4.1 MB".
func Size(n int64) string { return texts.Size(n) }

// Span writes a duration as people say it: "0.07 s", "41 s", "1 min 38 s",
// "2 h 14 min", "6 d 3 h", "5 y 271 d".
func Span(d time.Duration) string {
	f := texts.T.Format
	switch {
	case d < 0:
		return f.Dash
	case d < 9950*time.Millisecond:
		return fmt.Sprintf(f.SecondsShort, shortSeconds(d))
	}
	n, unit, rest := figures.Split(d.Round(time.Second))
	if rest == 0 {
		return fmt.Sprintf(map[figures.Unit]string{figures.Second: f.Seconds, figures.Minute: f.MinutesOnly, figures.Hour: f.HoursOnly,
			figures.Day: f.DaysOnly, figures.Year: f.YearsOnly}[unit], n)
	}
	return fmt.Sprintf(map[figures.Unit]string{figures.Minute: f.Minutes, figures.Hour: f.Hours, figures.Day: f.Days, figures.Year: f.Years}[unit], n, rest)
}

// shortSeconds writes less than ten seconds with one decimal, and less than a
// tenth with two.
func shortSeconds(d time.Duration) string {
	if d < 95*time.Millisecond {
		return texts.Decimal(strconv.FormatFloat(d.Seconds(), 'f', 2, 64))
	}
	return texts.Decimal(strconv.FormatFloat(d.Seconds(), 'f', 1, 64))
}

// secondsUntil is how long seconds matter in a figure that grows on the screen.
const secondsUntil = 10 * time.Minute

// RunningSpan is Span for a figure that grows on the screen: in whole seconds at
// first, later in whole minutes. Each change of it draws the whole window.
func RunningSpan(d time.Duration) string {
	switch {
	case d < time.Minute:
		return fmt.Sprintf(texts.T.Format.Seconds, int64(max(0, d)/time.Second))
	case d < secondsUntil:
		return Span(d.Truncate(time.Second))
	}
	return Span(d.Truncate(time.Minute))
}

// Ago writes how long ago something was, in the largest unit: "just now", "less than
// a minute ago", "4 min ago", "3 h ago", "6 d ago". It does not count seconds, so that
// what is seldom asked does not draw the window all the time.
func Ago(d time.Duration) string {
	switch {
	case d < 5*time.Second:
		return texts.T.Format.JustNow
	case d < time.Minute:
		return texts.T.Format.LessAgo
	}
	return fmt.Sprintf(texts.T.Format.Ago, Coarse(d))
}

// agoShort is Ago where room is short: what is not a minute old is just now.
func agoShort(d time.Duration) string {
	if d < time.Minute {
		return texts.T.Format.JustNow
	}
	return Ago(d)
}

// Coarse writes an age in its largest unit only: "47 h", "14 months", "5 years".
func Coarse(d time.Duration) string {
	f := texts.T.Format
	n, unit := figures.Coarse(d)
	switch unit {
	case figures.Month:
		return f.MonthsAge.Of(n)
	case figures.Year:
		return f.YearsAge.Of(n)
	}
	return fmt.Sprintf(map[figures.Unit]string{figures.Second: f.Seconds, figures.Minute: f.MinutesOnly, figures.Hour: f.HoursOnly,
		figures.Day: f.DaysOnly}[unit], n)
}

// Estimated writes a time that is left without more figures than it is worth:
// seconds, minutes rounded up, or hours with them.
func Estimated(d time.Duration) string {
	if d >= time.Minute {
		d = d.Truncate(time.Minute) + time.Minute
	}
	return RunningSpan(d)
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

// FromInZone is the from date of an export as it is shown: in a zone, if there is one. The
// beginning of all time is that of UTC, as the form and the command line have it.
func FromInZone(from time.Time, zone *time.Location) time.Time {
	if from.Equal(pipeline.Beginning()) {
		return from.UTC()
	}
	return InZone(from, zone)
}

// InZone moves a time into a zone, if there is one.
func InZone(t time.Time, zone *time.Location) time.Time {
	if zone == nil || t.IsZero() {
		return t
	}
	return t.In(zone)
}
