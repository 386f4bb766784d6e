// Package wallclock reads times as converters store them, turns the wall clock
// of a server into UTC and writes UTC, without allocating.
//
// The times of Confluence's own tables are wall-clock times of the server's
// zone, which is stored nowhere (spec/confluence-database.md §1). Converters
// write them as text in several spellings, some with a zone that is false.
package wallclock

import (
	"errors"
	"math"
)

// Reading is a time as it is stored.
type Reading struct {
	// Seconds since 1970-01-01 00:00:00: of the wall clock, or of UTC if the
	// reading is Absolute.
	Seconds  int64
	Nanos    int32 // 0 to 999,999,999
	Absolute bool  // the stored value was a count since the epoch
}

// ErrNoTime is returned for a text that is no time.
var ErrNoTime = errors.New("is no date and time")

// ErrZeros is returned for 0000-00-00, with or without a time of day: MySQL's way
// to store that there is no date.
var ErrZeros = errors.New("is a date of zeros")

// Parse reads a time of a column without zone: a date, a T or space, hours,
// minutes, seconds and up to nine digits of a fraction. The time of day may be
// missing. A zone behind it (Z, +hh, +hhmm, +hh:mm) is an artefact of the
// converter and is dropped (spec/snapshots.md §6). Text of digits alone is a
// count since the epoch, see FromEpoch. The error is ErrNoTime or ErrZeros.
func Parse(b []byte) (Reading, error) {
	if len(b) < 10 || b[4] != '-' || b[7] != '-' {
		return parseEpoch(b)
	}
	century, year, month, day := pair(b), pair(b[2:]), pair(b[5:]), pair(b[8:])
	if century < 0 || year < 0 {
		return Reading{}, ErrNoTime
	}
	year += 100 * century
	if year == 0 && month == 0 && day == 0 {
		return Reading{}, ErrZeros
	}
	if month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return Reading{}, ErrNoTime
	}
	r := Reading{Seconds: daysFromCivil(year, month, day) * 86400}
	if len(b) == 10 {
		return r, nil
	}
	if len(b) < 19 || b[10] != ' ' && b[10] != 'T' || b[13] != ':' || b[16] != ':' {
		return Reading{}, ErrNoTime
	}
	hour, minute, second := pair(b[11:]), pair(b[14:]), pair(b[17:])
	if uint(hour) > 23 || uint(minute) > 59 || uint(second) > 59 {
		return Reading{}, ErrNoTime
	}
	r.Seconds += int64(hour)*3600 + int64(minute)*60 + int64(second)
	rest := b[19:]
	if len(rest) > 0 && rest[0] == '.' {
		n := 1
		for n < len(rest) && rest[n]-'0' <= 9 {
			n++
		}
		if n == 1 || n > 10 {
			return Reading{}, ErrNoTime
		}
		r.Nanos = fraction(rest[1:n])
		rest = rest[n:]
	}
	if !isZone(rest) {
		return Reading{}, ErrNoTime
	}
	return r, nil
}

// isZone reports whether b is empty or a zone.
func isZone(b []byte) bool {
	if len(b) > 0 && b[0] == ' ' {
		b = b[1:]
	}
	switch {
	case len(b) == 0, len(b) == 1 && b[0] == 'Z':
		return true
	case b[0] != '+' && b[0] != '-':
		return false
	}
	switch b = b[1:]; len(b) {
	case 2, 4:
		return digits(b) >= 0
	case 5:
		return digits(b[:2]) >= 0 && b[2] == ':' && digits(b[3:]) >= 0
	}
	return false
}

func parseEpoch(b []byte) (Reading, error) {
	negative := len(b) > 0 && b[0] == '-'
	if negative {
		b = b[1:]
	}
	if string(b) == "0" && !negative { // 1970 where counts are stored as text
		return FromEpoch(0), nil
	}
	if len(b) < 5 || len(b) > 18 {
		return Reading{}, ErrNoTime
	}
	var n int64
	for _, c := range b {
		if c < '0' || c > '9' {
			return Reading{}, ErrNoTime
		}
		n = n*10 + int64(c-'0')
	}
	if negative {
		n = -n
	}
	return FromEpoch(n), nil
}

// secondsUpTo is the largest count that is taken for seconds: as seconds it is
// in the year 5138, as milliseconds in 1973.
const secondsUpTo = 100_000_000_000

// FromEpoch is the time of a count of milliseconds since 1970 in UTC, or of
// seconds if the number is small enough.
func FromEpoch(n int64) Reading {
	if n > -secondsUpTo && n < secondsUpTo {
		return Reading{Seconds: n, Absolute: true}
	}
	return FromMillis(n)
}

// FromMillis is the time of a count of milliseconds since 1970 in UTC.
func FromMillis(n int64) Reading {
	s, ms := n/1000, n%1000
	if ms < 0 {
		s, ms = s-1, ms+1000
	}
	return Reading{Seconds: s, Nanos: int32(ms) * 1_000_000, Absolute: true}
}

// FromFloat is FromEpoch for a number with a fraction.
func FromFloat(f float64) (Reading, error) {
	if math.IsNaN(f) || math.Abs(f) > 1e17 {
		return Reading{}, ErrNoTime
	}
	whole := math.Floor(f)
	r := FromEpoch(int64(whole))
	if r.Nanos == 0 && math.Abs(whole) < secondsUpTo {
		r.Nanos = int32((f - whole) * 1e9)
	}
	return r, nil
}

// pair is the number that the two digits at the start of b spell, or -1 if one of
// them is no digit.
func pair(b []byte) int {
	tens, ones := b[0]-'0', b[1]-'0'
	if tens > 9 || ones > 9 {
		return -1
	}
	return int(tens)*10 + int(ones)
}

// digits is the number that b spells, or -1 if a byte is no digit.
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

// fraction is the nanoseconds of the digits behind a decimal point.
func fraction(b []byte) int32 {
	n := int32(0)
	for i := range 9 {
		n *= 10
		if i < len(b) {
			n += int32(b[i] - '0')
		}
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

// The two functions below convert days since 1970-01-01 to and from the
// Gregorian calendar, counting years from March so that the leap day comes
// last; 146,097 days are 400 years.

func daysFromCivil(year, month, day int) int64 {
	y, m := int64(year), int64(month)
	if m <= 2 {
		y--
		m += 12
	}
	era := y / 400
	if y < 0 {
		era = (y - 399) / 400
	}
	yoe := y - era*400
	doy := (153*(m-3)+2)/5 + int64(day) - 1
	return era*146097 + yoe*365 + yoe/4 - yoe/100 + doy - 719468
}

func civilFromDays(days int64) (year, month, day int) {
	days += 719468
	era := days / 146097
	if days < 0 {
		era = (days - 146096) / 146097
	}
	doe := days - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day = int(doy - (153*mp+2)/5 + 1)
	month = int(mp + 3)
	year = int(yoe + era*400)
	if month > 12 {
		month -= 12
		year++
	}
	return year, month, day
}
