package pagefile

import "math"

// Kind is what a value is.
type Kind uint8

// The kinds of values.
const (
	Null Kind = iota
	Int
	Real
	Text
)

// Value is a value of a row.
type Value struct {
	Kind Kind
	Int  int64   // of an Int
	Real float64 // of a Real
	Text []byte  // of a Text; it must not change before the call ends that it is given to
}

// types of values in a record.
const (
	typeReal = 7
	typeZero = 8
	typeOne  = 9
	typeText = 13
)

// serial is the type of a value in a record, and how many bytes it takes there.
func (v *Value) serial() (kind uint64, size int) {
	switch v.Kind {
	case Int:
		return serialInt(v.Int)
	case Real:
		return typeReal, 8
	case Text:
		return typeText + 2*uint64(len(v.Text)), len(v.Text)
	}
	return 0, 0
}

func serialInt(v int64) (kind uint64, size int) {
	switch {
	case v == 0:
		return typeZero, 0
	case v == 1:
		return typeOne, 0
	case v == int64(int8(v)):
		return 1, 1
	case v == int64(int16(v)):
		return 2, 2
	case v >= -1<<23 && v < 1<<23:
		return 3, 3
	case v == int64(int32(v)):
		return 4, 4
	case v >= -1<<47 && v < 1<<47:
		return 5, 6
	}
	return 6, 8
}

// appendInt appends the bytes of a number, the highest first.
func appendInt(b []byte, v int64, size int) []byte {
	for i := size - 1; i >= 0; i-- {
		b = append(b, byte(v>>(8*i)))
	}
	return b
}

// appendHead appends the head of the record of a row, and returns the size of the
// whole record.
func appendHead(b []byte, row []Value) (head []byte, size int) {
	const room = 2 // of a number up to 16383
	types := len(b) + room
	b = append(b, make([]byte, room)...)
	for i := range row {
		kind, n := row[i].serial()
		b = appendVarint(b, kind)
		size += n
	}
	n := len(b) - types
	if n+1 < 0x80 { // the size counts itself
		b[types-1] = byte(n + 1)
		return b[types-1:], size + n + 1
	}
	b[types-2], b[types-1] = byte((n+2)>>7)|0x80, byte(n+2)&0x7f
	return b[types-2:], size + n + 2
}

// appendBody appends a value other than a text as a record holds it.
func (v *Value) appendBody(b []byte) []byte {
	switch v.Kind {
	case Int:
		_, n := serialInt(v.Int)
		return appendInt(b, v.Int, n)
	case Real:
		return appendInt(b, int64(math.Float64bits(v.Real)), 8)
	}
	return b
}
