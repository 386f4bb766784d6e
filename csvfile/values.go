package csvfile

import (
	"bytes"
	"strconv"
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

// KindOf is what a value looks like: a number or a time, as conditions know them, else
// text.
func KindOf(value string) ValueKind {
	if _, ok := parseNumber([]byte(value)); ok {
		return ValueNumber
	}
	if _, _, ok := parseTime([]byte(value)); ok {
		return ValueTime
	}
	return ValueText
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
