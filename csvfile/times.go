package csvfile

import "time"

// timeLayouts are the times that are recognised, the documented format of the
// exports first. Times without a zone are taken as UTC.
var timeLayouts = []string{
	"2006-01-02T15:04:05Z07:00",
	"2006-01-02T15:04:05Z0700",
	"2006-01-02 15:04:05Z07:00",
	"2006-01-02 15:04:05Z0700",
	"2006-01-02T15:04:05",
	"2006-01-02 15:04:05",
	"2006-01-02T15:04",
	"2006-01-02 15:04",
	"2006-01-02",
}

// parseTime reads a cell as a time. It takes a short way out for most text.
func parseTime(cell []byte) (t time.Time, dateOnly, ok bool) {
	if !startsWithDate(cell) {
		return time.Time{}, false, false
	}
	s := string(cell)
	for _, layout := range timeLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), layout == time.DateOnly, true
		}
	}
	return time.Time{}, false, false
}

func startsWithDate(b []byte) bool {
	return len(b) >= 10 && len(b) <= 40 && b[4] == '-' && b[7] == '-' && b[0] >= '0' && b[0] <= '9'
}

// parseSeconds is parseTime in seconds since 1970. It reads times written exactly
// as 2006-01-02T15:04:05Z, by far the most frequent form, many times faster.
func parseSeconds(b []byte) (float64, bool) {
	if !startsWithDate(b) {
		return 0, false
	}
	if s, ok := utcSeconds(b); ok {
		return float64(s), true
	}
	t, _, ok := parseTime(b)
	return float64(t.UnixMilli()) / 1000, ok
}

// parseInstant is parseTime in seconds since 1970 and nanoseconds, as quick as
// parseSeconds.
func parseInstant(b []byte) (seconds int64, nanos int, ok bool) {
	if !startsWithDate(b) {
		return 0, 0, false
	}
	if s, ok := utcSeconds(b); ok {
		return s, 0, true
	}
	t, _, ok := parseTime(b)
	return t.Unix(), t.Nanosecond(), ok
}

func utcSeconds(b []byte) (int64, bool) {
	if len(b) != 20 || b[10] != 'T' || b[13] != ':' || b[16] != ':' || b[19] != 'Z' {
		return 0, false
	}
	year, month, day := digits(b[0:4]), digits(b[5:7]), digits(b[8:10])
	hour, minute, second := digits(b[11:13]), digits(b[14:16]), digits(b[17:19])
	if year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) ||
		hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 {
		return 0, false
	}
	return days(year, month, day)*86400 + int64(hour)*3600 + int64(minute)*60 + int64(second), true
}

// digits returns the number that all of b writes, or -1.
func digits(b []byte) int {
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// days counts the days from 1970-01-01 in the Gregorian calendar, with years
// that begin in March, so that the leap day is a year's last.
func days(year, month, day int) int64 {
	if month <= 2 {
		year--
		month += 12
	}
	leaps := year/4 - year/100 + year/400
	return int64(365*year+leaps+(153*(month-3)+2)/5+day-1) - 719468
}
