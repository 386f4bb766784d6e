// Package figures writes numbers and durations for people, alike in the window, on
// the command line and in the sentences about an export.
package figures

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// Count writes a number with a comma between the thousands: "1,234,567".
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

// N is a number of things. Formatted with any verb it is written as Count does; ids,
// years and ports are none.
type N int64

// Format implements fmt.Formatter.
func (n N) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, Count(int64(n))) }

// Some is what is said of n things: one for a single thing, else many, in which %d is
// their number.
func Some(n int64, one, many string) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf(many, N(n))
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

// Unit is a unit of time.
type Unit int

// The units in which durations are said.
const (
	Second Unit = iota
	Minute
	Hour
	Day
	Month
	Year
)

const (
	day  = 24 * time.Hour
	year = 8766 * time.Hour // 365.25 days
)

// Split writes a duration of a second or more in the two largest units that matter:
// n of unit, and rest of the next smaller one that is used (days, for a year). A
// negative duration counts as none.
func Split(d time.Duration) (n int64, unit Unit, rest int64) {
	parts := func(large, small time.Duration, unit Unit) (int64, Unit, int64) {
		return int64(d / large), unit, int64(d % large / small)
	}
	switch d = max(0, d); {
	case d < time.Minute:
		return int64(d / time.Second), Second, 0
	case d < time.Hour:
		return parts(time.Minute, time.Second, Minute)
	case d < 2*day:
		return parts(time.Hour, time.Minute, Hour)
	case d < 30*day:
		return parts(day, time.Hour, Day)
	case d < year:
		return int64(d / day), Day, 0
	}
	return parts(year, day, Year)
}

// Coarse writes an age in its largest unit only, rounded down.
func Coarse(d time.Duration) (n int64, unit Unit) {
	switch {
	case d < 2*day:
		n, unit, _ = Split(d)
		return n, unit
	case d < 90*day:
		return int64(d / day), Day
	case d < 2*year:
		return int64(d / (year / 12)), Month
	}
	return int64(d / year), Year
}

// names are the short names of the units, in English.
var names = [...]string{Second: "s", Minute: "min", Hour: "h", Day: "d", Month: "mo", Year: "y"}

// below is the unit of the rest that Split gives.
var below = [...]Unit{Minute: Second, Hour: Minute, Day: Hour, Month: Day, Year: Day}

// Span writes a duration in English: "0.07 s", "9.5 s", "41 s", "1 min 38 s",
// "2 h 14 min", "6 d 3 h", "5 y 271 d".
func Span(d time.Duration) string {
	switch {
	case d < 95*time.Millisecond:
		return fmt.Sprintf("%.2f s", max(0, d).Seconds())
	case d < 9950*time.Millisecond:
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	n, unit, rest := Split(d.Round(time.Second))
	if rest == 0 {
		return fmt.Sprintf("%d %s", n, names[unit])
	}
	return fmt.Sprintf("%d %s %d %s", n, names[unit], rest, names[below[unit]])
}

// Ago writes an age in English: "just now", "4 min ago", "3 h ago", "14 mo ago".
func Ago(d time.Duration) string {
	if d < time.Minute {
		return "just now"
	}
	n, unit := Coarse(d)
	return fmt.Sprintf("%d %s ago", n, names[unit])
}

// SlowestRate is the lowest rate, in bytes a second, at which a source is read on
// request: below it the answers of a server about itself take minutes, and what looks
// like 20 MB was meant.
const SlowestRate = 10_000
