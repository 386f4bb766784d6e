package csvfile

import (
	"bytes"
	"strconv"
	"time"
)

// parseNumber reads a cell as a number, the way people write them in CSV files:
// digits with an optional sign, decimal point and exponent, blanks around.
// Words such as "Inf" and "NaN" and other bases are text.
func parseNumber(cell []byte) (float64, bool) {
	cell = bytes.TrimSpace(cell)
	if len(cell) == 0 || len(cell) > 64 {
		return 0, false
	}
	if v, ok := parseInt(cell); ok {
		return float64(v), true
	}
	for _, c := range cell {
		if (c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E' {
			return 0, false
		}
	}
	v, err := strconv.ParseFloat(string(cell), 64)
	return v, err == nil
}

// parseInt reads up to 18 digits with an optional sign.
func parseInt(b []byte) (int64, bool) {
	neg := b[0] == '-'
	if neg || b[0] == '+' {
		b = b[1:]
	}
	if len(b) == 0 || len(b) > 18 {
		return 0, false
	}
	var v int64
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		v = v*10 + int64(c-'0')
	}
	if neg {
		v = -v
	}
	return v, true
}

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
	if len(cell) < 10 || len(cell) > 40 || cell[4] != '-' || cell[7] != '-' || cell[0] < '0' || cell[0] > '9' {
		return time.Time{}, false, false
	}
	if t, ok := parseUTC(cell); ok {
		return t, false, true
	}
	s := string(cell)
	for _, layout := range timeLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), layout == time.DateOnly, true
		}
	}
	return time.Time{}, false, false
}

// parseUTC reads exactly 2006-01-02T15:04:05Z, by far the most frequent form,
// many times faster than time.Parse.
func parseUTC(b []byte) (time.Time, bool) {
	if len(b) != 20 || b[10] != 'T' || b[13] != ':' || b[16] != ':' || b[19] != 'Z' {
		return time.Time{}, false
	}
	var v [6]int
	for i, f := range [6][2]int{{0, 4}, {5, 7}, {8, 10}, {11, 13}, {14, 16}, {17, 19}} {
		for _, c := range b[f[0]:f[1]] {
			if c < '0' || c > '9' {
				return time.Time{}, false
			}
			v[i] = v[i]*10 + int(c-'0')
		}
	}
	if v[1] < 1 || v[1] > 12 || v[2] < 1 || v[2] > 31 || v[3] > 23 || v[4] > 59 || v[5] > 59 {
		return time.Time{}, false
	}
	t := time.Date(v[0], time.Month(v[1]), v[2], v[3], v[4], v[5], 0, time.UTC)
	return t, t.Day() == v[2] // not the 31st of February
}
