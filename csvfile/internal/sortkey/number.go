package sortkey

import (
	"bytes"
	"math"
)

const (
	// zero is the first byte of the number 0: those of numbers above it are greater,
	// those of numbers below it less.
	zero = 0x80
	// near is up to which exponent, either way, one byte has it: it is nearBase then.
	near     = 62
	nearBase = 0xc0
	huge     = 0xff // first byte of a number with a greater exponent, in 8 bytes
	tiny     = 0x81 // of one with a lesser exponent
	// mostExponent is up to which an exponent is understood.
	mostExponent = 1 << 50
)

// decimal is a number as it is written: 0.d1 d2 d3 … times ten to the exponent, where d1
// is the first digit that is not 0.
type decimal struct {
	negative bool
	digits   []byte // of ASCII, perhaps with a point; none for 0
	exponent int64
}

// AppendNumber appends a decimal number: digits with an optional sign, point and
// exponent, blanks around, exactly, whatever its size. ok is false for all else, and dst
// as it was.
func AppendNumber(dst, cell []byte) (key []byte, ok bool) {
	d, ok := parse(cell)
	if !ok {
		return dst, false
	}
	if len(d.digits) == 0 {
		return append(dst, zero), true
	}
	start := len(dst)
	switch e := d.exponent; {
	case e > near:
		dst = append(dst, huge)
		dst = appendExponent(dst, e)
	case e < -near:
		dst = append(dst, tiny)
		dst = appendExponent(dst, e)
	default:
		dst = append(dst, byte(nearBase+e))
	}
	dst = appendDigits(dst, d.digits)
	if d.negative {
		for i := start; i < len(dst); i++ {
			dst[i] = ^dst[i]
		}
	}
	return dst, true
}

func appendExponent(dst []byte, e int64) []byte {
	u := uint64(e) ^ 1<<63
	for shift := 56; shift >= 0; shift -= 8 {
		dst = append(dst, byte(u>>shift))
	}
	return dst
}

// appendDigits appends two digits a byte, from 1 on, and 0 behind the last that are not
// both 0.
func appendDigits(dst, digits []byte) []byte {
	end, first, half := len(dst), byte(0), false
	for _, c := range digits {
		if c == '.' {
			continue
		}
		c -= '0'
		if !half {
			first, half = c*10, true
			continue
		}
		half = false
		dst = append(dst, 1+first+c)
		if first+c > 0 {
			end = len(dst)
		}
	}
	if half && first > 0 {
		dst = append(dst, 1+first)
		end = len(dst)
	}
	return append(dst[:end], 0)
}

// parse reads a number.
func parse(b []byte) (d decimal, ok bool) {
	if n := len(b); n > 0 && (b[0] <= ' ' || b[0] >= 0x80 || b[n-1] <= ' ' || b[n-1] >= 0x80) {
		b = bytes.TrimSpace(b)
	}
	if len(b) > 0 && (b[0] == '-' || b[0] == '+') {
		d.negative = b[0] == '-'
		b = b[1:]
	}
	point, first, seen, i := -1, -1, 0, 0 // places of the point and of the first digit that is not 0; digits seen
	for ; i < len(b); i++ {
		c := b[i]
		if c-'0' <= 9 {
			seen++
			if first < 0 && c != '0' {
				first = i
			}
			continue
		}
		if c != '.' || point >= 0 {
			break
		}
		point = i
	}
	if seen == 0 {
		return d, false
	}
	exponent := int64(0)
	if i < len(b) {
		if exponent, ok = parseExponent(b[i:]); !ok {
			return d, false
		}
	}
	if first < 0 {
		return decimal{}, true
	}
	if point < 0 {
		point = i
	}
	d.digits, d.exponent = b[first:i], exponent+int64(point-first)
	if first > point {
		d.exponent++ // the point is no digit
	}
	return d, true
}

// parseExponent reads what stands behind the digits of a number.
func parseExponent(b []byte) (int64, bool) {
	if b[0] != 'e' && b[0] != 'E' || len(b) < 2 {
		return 0, false
	}
	b = b[1:]
	negative := b[0] == '-'
	if negative || b[0] == '+' {
		b = b[1:]
	}
	if len(b) == 0 {
		return 0, false
	}
	v := int64(0)
	for _, c := range b {
		if c-'0' > 9 || v > math.MaxInt64/10-1 {
			return 0, false
		}
		v = v*10 + int64(c-'0')
	}
	if v > mostExponent {
		return 0, false
	}
	if negative {
		v = -v
	}
	return v, true
}
