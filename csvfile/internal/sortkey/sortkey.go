// Package sortkey turns cells into bytes whose order is that of the values: a number
// of any size, a time, a text. Two keys of the same columns compare as the rows do, by
// their bytes alone, and none is the start of another.
//
// Each column begins with a byte that says what stands there. A value comes before a
// cell that is none (no number in a column of numbers), and that before an empty cell,
// whichever way the column is sorted; cells of the latter two kinds are all alike.
package sortkey

// Kind is what a column is sorted as.
type Kind uint8

const (
	// Text is in the order of Unicode's collation, as dictionaries have it.
	Text Kind = iota
	// Bytes is text byte for byte.
	Bytes
	// Number is decimal numbers of any size, exactly.
	Number
	// Time is instants.
	Time
)

// Column is how one column is sorted.
type Column struct {
	Kind Kind
	Desc bool
}

// Class is what a cell is for its column.
type Class uint8

const (
	Value  Class = 1 + iota
	Other        // a text where a number or time should stand
	Empty        // or missing
	LongOf       // a text of which the key has only the start: what follows is not told
)

// Encoder makes keys. It belongs to one goroutine.
type Encoder struct {
	columns []Column
	limit   int // bytes of a text that a key holds
	instant func(cell []byte) (seconds int64, nanos int, ok bool)
	order   *collation // nil if no column needs it
}

// NewEncoder returns an encoder for some columns. Keys tell the first limit bytes of a
// text, and a number of more bytes is none. instant reads a time, in seconds since 1970.
func NewEncoder(columns []Column, limit int, instant func(cell []byte) (int64, int, bool)) *Encoder {
	e := &Encoder{columns: columns, limit: limit, instant: instant}
	for _, c := range columns {
		if c.Kind == Text {
			e.order = newCollation()
			break
		}
	}
	return e
}

// Append appends the part of a key that column i gives. more says that cell is only the
// start of a longer one. After a text that is LongOf no further column is to be added.
func (e *Encoder) Append(dst []byte, i int, cell []byte, more bool) ([]byte, Class) {
	if len(cell) == 0 && !more {
		return append(dst, byte(Empty)), Empty
	}
	c := e.columns[i]
	start := len(dst) + 1
	dst = append(dst, byte(Value))
	class := Value
	switch c.Kind {
	case Number:
		var ok bool
		if dst, ok = AppendNumber(dst, cell[:min(len(cell), e.limit+1)]); !ok || more || len(cell) > e.limit {
			return append(dst[:start-1], byte(Other)), Other
		}
	case Time:
		seconds, nanos, ok := e.instant(cell)
		if !ok || more {
			return append(dst[:start-1], byte(Other)), Other
		}
		dst = AppendTime(dst, seconds, nanos)
	default:
		var long bool
		if dst, long = e.appendText(dst, c.Kind, cell, more); long {
			class = LongOf
		}
	}
	if c.Desc {
		for j := start; j < len(dst); j++ {
			dst[j] = ^dst[j]
		}
	}
	return dst, class
}

// appendText appends a text, up to the limit. Behind it, 0 says that it ends there, and
// 1 that it goes on.
func (e *Encoder) appendText(dst []byte, k Kind, cell []byte, more bool) ([]byte, bool) {
	long := more || len(cell) > e.limit
	if len(cell) > e.limit {
		cell = cell[:e.limit]
	}
	if k == Text {
		if long {
			cell = cell[:wholeRunes(cell)]
		}
		dst = e.order.append(dst, cell)
	} else {
		dst = appendBytes(dst, cell)
	}
	if long {
		return append(dst, 1, 0), true
	}
	return append(dst, 0), false
}

// appendBytes appends a text such that a smaller byte may follow: 0 stands as 1 1, and 1
// as 1 2.
func appendBytes(dst, text []byte) []byte {
	for i, c := range text {
		if c <= 1 {
			dst = append(dst, text[:i]...)
			for _, c := range text[i:] {
				if c <= 1 {
					dst = append(dst, 1)
					c++
				}
				dst = append(dst, c)
			}
			return dst
		}
	}
	return append(dst, text...)
}

// AppendTime appends an instant: 7 bytes, mostly.
func AppendTime(dst []byte, seconds int64, nanos int) []byte {
	s := uint64(seconds + 1<<46)
	dst = append(dst, byte(s>>40), byte(s>>32), byte(s>>24), byte(s>>16), byte(s>>8), byte(s))
	if nanos == 0 {
		return append(dst, 0)
	}
	return append(dst, 1, byte(nanos>>24), byte(nanos>>16), byte(nanos>>8), byte(nanos))
}
