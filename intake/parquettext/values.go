package parquettext

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/format"
)

// writer appends a value as text.
type writer = func(dst []byte, v parquet.Value) []byte

// writerOf is how values of a type are written, and whether JSON has them in quotes. The
// types are those of the format's LogicalTypes.md.
func writerOf(t parquet.Type) (w writer, quoted bool) {
	if l := t.LogicalType(); l != nil {
		switch l := l.Value.(type) {
		case *format.DecimalType:
			return decimal(t.Kind(), int(l.Scale)), false
		case *format.DateType:
			return date, true
		case *format.TimeType:
			return clock(l.Unit.Value.Duration()), true
		case *format.TimestampType:
			return timestamp(l.Unit.Value.Duration(), l.IsAdjustedToUTC), true
		case *format.IntType:
			if !l.IsSigned {
				return unsigned(t.Kind()), false
			}
		case *format.UUIDType:
			return uuid, true
		case *format.Float16Type:
			return half, false
		}
	}
	if c := t.ConvertedType(); c != nil && *c == deprecated.Interval && t.Kind() == parquet.FixedLenByteArray {
		return interval, true
	}
	switch t.Kind() {
	case parquet.Boolean:
		return func(dst []byte, v parquet.Value) []byte { return strconv.AppendBool(dst, v.Boolean()) }, false
	case parquet.Int32, parquet.Int64:
		return func(dst []byte, v parquet.Value) []byte { return strconv.AppendInt(dst, whole(v), 10) }, false
	case parquet.Int96:
		return julian, true
	case parquet.Float:
		return func(dst []byte, v parquet.Value) []byte { return appendFloat(dst, float64(v.Float()), 32) }, false
	case parquet.Double:
		return func(dst []byte, v parquet.Value) []byte { return appendFloat(dst, v.Double(), 64) }, false
	}
	return texts, true
}

// whole is the value of an integer.
func whole(v parquet.Value) int64 {
	if v.Kind() == parquet.Int32 {
		return int64(v.Int32())
	}
	return v.Int64()
}

func appendFloat(dst []byte, x float64, bits int) []byte {
	form := byte('f')
	if a := math.Abs(x); a != 0 && (a < 1e-6 || a >= 1e21) {
		form = 'g'
	}
	return strconv.AppendFloat(dst, x, form, -1, bits)
}

// texts appends a text; bytes that are no UTF-8 stand as hexadecimal digits.
func texts(dst []byte, v parquet.Value) []byte {
	b := v.ByteArray()
	if utf8.Valid(b) {
		return append(dst, b...)
	}
	return hex.AppendEncode(append(dst, "0x"...), b)
}

func unsigned(k parquet.Kind) writer {
	if k == parquet.Int32 {
		return func(dst []byte, v parquet.Value) []byte { return strconv.AppendUint(dst, uint64(v.Uint32()), 10) }
	}
	return func(dst []byte, v parquet.Value) []byte { return strconv.AppendUint(dst, v.Uint64(), 10) }
}

// decimal writes numbers with so many digits behind the point.
func decimal(k parquet.Kind, scale int) writer {
	if k == parquet.Int32 || k == parquet.Int64 {
		return func(dst []byte, v parquet.Value) []byte { return appendDecimal(dst, big.NewInt(whole(v)), scale) }
	}
	return func(dst []byte, v parquet.Value) []byte {
		b := v.ByteArray()
		n := new(big.Int).SetBytes(b)
		if len(b) > 0 && b[0] >= 0x80 { // two's complement
			n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
		}
		return appendDecimal(dst, n, scale)
	}
}

func appendDecimal(dst []byte, n *big.Int, scale int) []byte {
	if n.Sign() < 0 {
		dst = append(dst, '-')
	}
	digits := new(big.Int).Abs(n).String()
	if scale <= 0 {
		return append(dst, digits...)
	}
	for len(digits) <= scale {
		digits = "0" + digits
	}
	at := len(digits) - scale
	return append(append(append(dst, digits[:at]...), '.'), digits[at:]...)
}

func date(dst []byte, v parquet.Value) []byte {
	return time.Unix(int64(v.Int32())*86400, 0).UTC().AppendFormat(dst, time.DateOnly)
}

// clock writes a time of day, counted in a unit.
func clock(unit time.Duration) writer {
	return func(dst []byte, v parquet.Value) []byte {
		n := whole(v)
		parts := int64(time.Second / unit)
		return appendTime(dst, n/parts, n%parts*int64(unit), "15:04:05", "")
	}
}

// timestamp writes a time counted in a unit since 1970: in UTC as exports write it, or,
// where no zone is known, without one.
func timestamp(unit time.Duration, utc bool) writer {
	zone := ""
	if utc {
		zone = "Z"
	}
	parts := int64(time.Second / unit)
	return func(dst []byte, v parquet.Value) []byte {
		n := v.Int64()
		seconds, rest := n/parts, n%parts
		if rest < 0 {
			seconds, rest = seconds-1, rest+parts
		}
		return appendTime(dst, seconds, rest*int64(unit), "2006-01-02T15:04:05", zone)
	}
}

// appendTime appends a time with as much of its second as there is: nothing, milliseconds,
// microseconds or nanoseconds.
func appendTime(dst []byte, seconds, nanos int64, layout, zone string) []byte {
	dst = time.Unix(seconds, 0).UTC().AppendFormat(dst, layout)
	switch {
	case nanos == 0:
	case nanos%1e6 == 0:
		dst = fmt.Appendf(dst, ".%03d", nanos/1e6)
	case nanos%1e3 == 0:
		dst = fmt.Appendf(dst, ".%06d", nanos/1e3)
	default:
		dst = fmt.Appendf(dst, ".%09d", nanos)
	}
	return append(dst, zone...)
}

// julian writes a time of the old form of 96 bits: nanoseconds of a day, and the number of
// the day, which is 2440588 for the first of 1970.
func julian(dst []byte, v parquet.Value) []byte {
	i := v.Int96()
	nanos := int64(uint64(i[1])<<32 | uint64(i[0]))
	return appendTime(dst, (int64(i[2])-2440588)*86400+nanos/1e9, nanos%1e9, "2006-01-02T15:04:05", "Z")
}

func uuid(dst []byte, v parquet.Value) []byte {
	b := v.ByteArray()
	if len(b) != 16 {
		return texts(dst, v)
	}
	return fmt.Appendf(dst, "%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// half writes a number of 16 bits: a sign, five bits of the exponent, ten of the fraction.
func half(dst []byte, v parquet.Value) []byte {
	b := v.ByteArray()
	if len(b) != 2 {
		return texts(dst, v)
	}
	n := binary.LittleEndian.Uint16(b)
	exponent, fraction := int(n>>10&0x1f), float64(n&0x3ff)
	var x float64
	switch exponent {
	case 0:
		x = math.Ldexp(fraction, -24)
	case 0x1f:
		if x = math.Inf(1); fraction != 0 {
			x = math.NaN()
		}
	default:
		x = math.Ldexp(1024+fraction, exponent-25)
	}
	if n>>15 == 1 {
		x = -x
	}
	return appendFloat(dst, x, 32)
}

// interval writes months, days and milliseconds as ISO 8601 does.
func interval(dst []byte, v parquet.Value) []byte {
	b := v.ByteArray()
	if len(b) != 12 {
		return texts(dst, v)
	}
	part := func(i int) uint32 { return binary.LittleEndian.Uint32(b[4*i:]) }
	return fmt.Appendf(dst, "P%dM%dDT%sS", part(0), part(1), strconv.FormatFloat(float64(part(2))/1000, 'f', -1, 64))
}
