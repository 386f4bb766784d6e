package csvfile

import (
	"bytes"
	"strconv"
)

// exactNumber is a number with all its digits.
type exactNumber struct {
	f     float64 // the nearest
	i     int64   // the number itself, if it is whole and has up to 18 digits
	whole bool
	text  []byte // as it is written
}

// parseExact reads what parseNumber takes for a number.
func parseExact(cell []byte) (n exactNumber, ok bool) {
	n.text = bytes.TrimSpace(cell)
	if n.f, ok = parseNumber(n.text); !ok {
		return n, false
	}
	n.i, n.whole = parseInt(n.text)
	return n, true
}

// compare compares a cell, trimmed, whose nearest number is v, with n: below 0 if the cell
// is less. What is nearest keeps the order, so that digits decide only where it is equal.
func (n exactNumber) compare(v float64, cell []byte) int {
	switch {
	case v < n.f:
		return -1
	case v > n.f:
		return 1
	case n.text == nil: // no bound
		return 0
	}
	return compareExact(cell, n.text)
}

// inexact reports whether v may stand for several whole numbers.
func inexact(v float64) bool { return v >= 1<<53 || v <= -(1<<53) }

// compareExact compares what parseNumber takes for numbers.
func compareExact(a, b []byte) int {
	var x, y decimal
	x.parse(bytes.TrimSpace(a))
	y.parse(bytes.TrimSpace(b))
	return x.compare(y)
}

// appendKey appends what is the same for the same number, however it is written.
func (n exactNumber) appendKey(dst []byte) []byte {
	var d decimal
	d.parse(n.text)
	if d.n == 0 {
		return append(dst, '0')
	}
	if d.neg {
		dst = append(dst, '-')
	}
	dst = append(dst, d.digits[:d.n]...)
	dst = append(dst, 'e')
	return strconv.AppendInt(dst, int64(d.exp), 10)
}

// decimal is a number as 0.digits times ten to the power of exp. Its digits begin and end
// with another than 0; zero has none.
type decimal struct {
	neg    bool
	digits [64]byte // parseNumber takes no more
	n      int
	exp    int
}

// mostExponent bounds exponents, far outside of those that a number can have.
const mostExponent = 1 << 24

// parse reads a number that parseNumber takes for one, without blanks around it.
func (d *decimal) parse(text []byte) {
	if len(text) > 0 && (text[0] == '-' || text[0] == '+') {
		d.neg = text[0] == '-'
		text = text[1:]
	}
	point := false
	for i, c := range text {
		switch {
		case c == '.':
			point = true
		case c == 'e' || c == 'E':
			e, err := strconv.Atoi(string(text[i+1:]))
			if err != nil {
				e = mostExponent
				if i+1 < len(text) && text[i+1] == '-' {
					e = -mostExponent
				}
			}
			d.exp += min(max(e, -mostExponent), mostExponent)
			d.trim()
			return
		default:
			d.digit(c, point)
		}
	}
	d.trim()
}

// digit takes the next digit, before or behind the point.
func (d *decimal) digit(c byte, point bool) {
	if d.n == 0 && c == '0' { // a leading zero
		if point {
			d.exp--
		}
		return
	}
	if !point {
		d.exp++
	}
	d.digits[d.n] = c
	d.n++
}

func (d *decimal) trim() {
	for d.n > 0 && d.digits[d.n-1] == '0' {
		d.n--
	}
	if d.n == 0 {
		d.neg, d.exp = false, 0
	}
}

// compare is below 0 if d is less than e, above 0 if it is greater.
func (d *decimal) compare(e decimal) int {
	switch {
	case d.neg != e.neg:
		if d.neg {
			return -1
		}
		return 1
	case d.neg:
		return -d.compareSize(e)
	}
	return d.compareSize(e)
}

func (d *decimal) compareSize(e decimal) int {
	switch {
	case d.n == 0 || e.n == 0:
		return d.n - e.n
	case d.exp != e.exp:
		return d.exp - e.exp
	}
	return bytes.Compare(d.digits[:d.n], e.digits[:e.n])
}
