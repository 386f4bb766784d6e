package groupby

import (
	"encoding/binary"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// meanDigits are the decimals of a mean beyond those of its values.
const meanDigits = 6

// Sum is an exact sum of decimal numbers: units / 10^scale. The zero value is 0.
type Sum struct {
	units int64
	large *big.Int // instead of units, once they do not fit
	scale int32    // 0 and more
}

var powers = func() (p [19]int64) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = 10 * p[i-1]
	}
	return p
}()

func power(n int32) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}

func (s *Sum) negate() {
	s.units = -s.units
	if s.large != nil {
		s.large.Neg(s.large)
	}
}

// shrink goes back to units where they fit.
func (s *Sum) shrink() {
	if s.large.IsInt64() && s.large.Int64() != math.MinInt64 {
		s.units, s.large = s.large.Int64(), nil
	}
}

// raise multiplies the units with 10^n and adds n to the scale: the value stays.
func (s *Sum) raise(n int32) {
	s.scale += n
	if s.large == nil && int(n) < len(powers) {
		p := powers[n]
		if v := s.units * p; s.units == 0 || v/p == s.units && v != math.MinInt64 {
			s.units = v
			return
		}
	}
	s.grow()
	s.large.Mul(s.large, power(n))
}

// grow makes units a number of any size.
func (s *Sum) grow() {
	if s.large == nil {
		s.large = big.NewInt(s.units)
	}
}

// Add adds o, which stays as it is.
func (s *Sum) Add(o Sum) {
	if v := s.units + o.units; s.scale == o.scale && s.large == nil && o.large == nil && (v > s.units) == (o.units > 0) && v != math.MinInt64 {
		s.units = v
		return
	}
	s.addSlowly(o)
}

// addSlowly adds what has another scale, or is large, or makes the sum large.
func (s *Sum) addSlowly(o Sum) {
	switch {
	case o.scale > s.scale:
		s.raise(o.scale - s.scale)
	case o.scale < s.scale:
		o = o.copied()
		o.raise(s.scale - o.scale)
	}
	if s.large == nil && o.large == nil {
		v := s.units + o.units
		if (v > s.units) == (o.units > 0) && v != math.MinInt64 {
			s.units = v
			return
		}
	}
	s.grow()
	if o.large == nil {
		s.large.Add(s.large, big.NewInt(o.units))
	} else {
		s.large.Add(s.large, o.large)
	}
	s.shrink()
}

func (s Sum) copied() Sum {
	if s.large != nil {
		s.large = new(big.Int).Set(s.large)
	}
	return s
}

// Compare is negative if s is less than o, positive if it is more.
func (s Sum) Compare(o Sum) int {
	if s.scale == o.scale && s.large == nil && o.large == nil {
		switch {
		case s.units < o.units:
			return -1
		case s.units > o.units:
			return 1
		}
		return 0
	}
	a, b := s.copied(), o.copied()
	if a.scale < b.scale {
		a.raise(b.scale - a.scale)
	} else {
		b.raise(a.scale - b.scale)
	}
	a.grow()
	b.grow()
	return a.large.Cmp(b.large)
}

// String writes the number with all its digits, without an exponent and without zeros at
// the end of its decimals.
func (s Sum) String() string {
	if s.large == nil {
		return decimal(strconv.FormatInt(s.units, 10), int(s.scale))
	}
	return decimal(s.large.String(), int(s.scale))
}

// decimal puts the decimal point into a whole number.
func decimal(digits string, scale int) string {
	if scale == 0 {
		return digits
	}
	sign := ""
	if digits[0] == '-' {
		sign, digits = "-", digits[1:]
	}
	if missing := scale + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	whole, rest := digits[:len(digits)-scale], strings.TrimRight(digits[len(digits)-scale:], "0")
	if rest == "" {
		if whole == "0" {
			return whole
		}
		return sign + whole
	}
	return sign + whole + "." + rest
}

// Mean is the sum divided by n, rounded to six decimals more than the numbers have.
func (s Sum) Mean(n int64) string {
	m := s.copied()
	m.grow()
	m.large = new(big.Int).Mul(m.large, power(meanDigits))
	q, r := new(big.Int).QuoRem(m.large, big.NewInt(n), new(big.Int))
	if r.Abs(r).Lsh(r, 1).Cmp(big.NewInt(n)) >= 0 {
		q.Add(q, big.NewInt(int64(m.large.Sign())))
	}
	return decimal(q.String(), int(s.scale)+meanDigits)
}

// append writes the sum for read.
func (s Sum) append(b []byte) []byte {
	b = binary.AppendUvarint(b, uint64(s.scale))
	if s.large == nil {
		return binary.AppendVarint(append(b, 0), s.units)
	}
	text := s.large.Bytes()
	b = append(b, byte(2+s.large.Sign())) // 1 or 3
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

// readSum reads a sum, and returns what follows it.
func readSum(b []byte) (s Sum, rest []byte) {
	scale, n := binary.Uvarint(b)
	s.scale = int32(scale)
	sign := b[n]
	if b = b[n+1:]; sign == 0 {
		s.units, n = binary.Varint(b)
		return s, b[n:]
	}
	size, n := binary.Uvarint(b)
	b = b[n:]
	s.large = new(big.Int).SetBytes(b[:size])
	if sign == 1 {
		s.large.Neg(s.large)
	}
	return s, b[size:]
}
