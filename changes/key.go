package changes

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"math"
)

// key is the value by which rows are ordered and told apart: number for a key of one
// column of numbers, else text, whose bytes have the order of the key.
type key struct {
	number int64
	text   []byte
}

func (k key) compare(o key) int {
	if c := cmp.Compare(k.number, o.number); c != 0 {
		return c
	}
	return bytes.Compare(k.text, o.text)
}

// copyTo makes k a copy of o, in its own memory.
func (k *key) copyOf(o key) {
	k.number = o.number
	k.text = append(k.text[:0], o.text...)
}

// appendPart appends a column of a composed key in a form whose bytes have its order.
// Texts end with two zero bytes, and a zero byte within is followed by 0xff.
func appendPart(dst, value []byte, k kind) ([]byte, bool) {
	if k == byNumber {
		n, ok := parseNumber(value)
		return binary.BigEndian.AppendUint64(dst, uint64(n)^(1<<63)), ok
	}
	for {
		i := bytes.IndexByte(value, 0)
		if i < 0 {
			dst = append(dst, value...)
			return append(dst, 0, 0), true
		}
		dst = append(append(dst, value[:i+1]...), 0xff)
		value = value[i+1:]
	}
}

// parseNumber reads a whole number in its shortest form: digits, with a minus in front
// of a negative one. Another form of the same number would be another text.
func parseNumber(b []byte) (int64, bool) {
	digits := b
	negative := len(b) > 1 && b[0] == '-'
	if negative {
		digits = b[1:]
	}
	if len(digits) == 0 || len(digits) > 19 || digits[0] == '0' && (len(digits) > 1 || negative) {
		return 0, false
	}
	var n uint64
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + uint64(c-'0')
	}
	switch {
	case negative && n <= 1<<63:
		return int64(-n), true
	case !negative && n <= math.MaxInt64:
		return int64(n), true
	}
	return 0, false
}
