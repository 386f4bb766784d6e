package groupby

import (
	"bytes"
	"math/big"
	"strconv"
	"strings"
)

// maxNumber is how many bytes the text of a number has at most, and maxExponent how far
// its exponent goes: an exact sum has so many digits.
const (
	maxNumber   = 64
	maxExponent = 400
)

// ParseSum reads a cell as a number, the way people write them in CSV files: digits with
// an optional sign, decimal point and exponent, blanks around. Words such as "Inf" and
// other bases are none, nor are numbers with an exponent beyond 400.
func ParseSum(cell []byte) (s Sum, ok bool) {
	cell = bytes.TrimSpace(cell)
	if len(cell) == 0 || len(cell) > maxNumber {
		return s, false
	}
	digits, negative := cell, cell[0] == '-'
	if negative || cell[0] == '+' {
		digits = cell[1:]
	}
	count, point, i := 0, -1, 0
	for ; i < len(digits); i++ {
		c := digits[i]
		if c >= '0' && c <= '9' {
			if count < 18 {
				s.units = 10*s.units + int64(c-'0')
			}
			count++
			continue
		}
		if c != '.' || point >= 0 {
			break
		}
		point = count
	}
	if count == 0 {
		return Sum{}, false
	}
	exponent, ok := exponentOf(digits[i:])
	if !ok {
		return Sum{}, false
	}
	if count > 18 {
		s.setLong(digits[:i])
	}
	if negative {
		s.negate()
	}
	if point >= 0 {
		s.scale = int32(count - point)
	}
	s.scale -= exponent
	if s.scale < 0 {
		up := -s.scale
		s.scale = 0
		s.raise(up)
		s.scale = 0
	}
	return s, true
}

// exponentOf reads what stands behind the digits of a number.
func exponentOf(b []byte) (int32, bool) {
	if len(b) == 0 {
		return 0, true
	}
	if len(b) < 2 || b[0] != 'e' && b[0] != 'E' {
		return 0, false
	}
	e, err := strconv.ParseInt(string(b[1:]), 10, 32)
	return int32(e), err == nil && e >= -maxExponent && e <= maxExponent
}

// setLong sets a number of more digits than units has.
func (s *Sum) setLong(digits []byte) {
	text := strings.Replace(string(digits), ".", "", 1)
	s.large, _ = new(big.Int).SetString(text, 10)
	s.shrink()
}
