package saveas

import (
	"bytes"
	"strconv"
	"time"

	"sluice/csvfile"
)

// typing finds out which type all values of a column have, without losing a digit or a
// letter of one: whole numbers of 64 bits and decimals of up to 15 digits, as JSON writes
// numbers; times with a zone, to the millisecond; true and false. Empty cells have any.
type typing struct {
	values                           int64
	notInt, notDec, notTime, notBool bool
	notNumber                        bool // some value is none, of however many digits
	digits                           int  // of the longest whole number
}

// mostDigits is how many digits of a decimal number a float64 keeps.
const mostDigits = 15

func (t *typing) add(cell []byte) {
	if len(cell) == 0 {
		return
	}
	t.values++
	if !t.notInt || !t.notDec || !t.notNumber {
		digits, whole, ok := jsonNumber(cell)
		t.digits = max(t.digits, digits)
		if !ok || !whole {
			t.notInt = true
		} else if digits > 18 {
			_, err := strconv.ParseInt(string(cell), 10, 64)
			t.notInt = t.notInt || err != nil
		}
		t.notDec = t.notDec || !ok || digits > mostDigits
		t.notNumber = t.notNumber || !ok
	}
	t.notBool = t.notBool || string(cell) != "true" && string(cell) != "false"
	if !t.notTime {
		_, ok := moment(cell)
		t.notTime = !ok
	}
}

// is is the type of the column.
func (t *typing) is() csvfile.ValueType {
	switch {
	case t.values == 0:
		return csvfile.TypeText
	case !t.notInt:
		return csvfile.TypeInteger
	case !t.notDec:
		return csvfile.TypeDecimal
	case !t.notTime:
		return csvfile.TypeTime
	case !t.notBool:
		return csvfile.TypeBoolean
	}
	return csvfile.TypeText
}

// long reports whether all values are numbers, of which some have more digits than the types of
// numbers keep: the column is one of texts for that alone.
func (t *typing) long() bool {
	return t.values > 0 && !t.notNumber && t.notInt && t.notDec
}

// jsonNumber reads a number as JSON writes it, but -0, and one with an exponent of three
// digits, and returns how many digits it has that count, and whether it is whole.
func jsonNumber(b []byte) (digits int, whole, ok bool) {
	negative := b[0] == '-'
	if negative {
		b = b[1:]
	}
	n := run(b)
	if n == 0 || n > 1 && b[0] == '0' {
		return 0, false, false
	}
	zero := n == 1 && b[0] == '0'
	digits = n
	if zero {
		digits = 0
	}
	b, whole = b[n:], true
	if len(b) > 0 && b[0] == '.' {
		if n = run(b[1:]); n == 0 {
			return 0, false, false
		}
		if zero {
			digits += len(bytes.TrimLeft(b[1:n+1], "0"))
		} else {
			digits += n
		}
		b, whole = b[n+1:], false
	}
	if len(b) > 0 && (b[0] == 'e' || b[0] == 'E') {
		b = b[1:]
		if len(b) > 0 && (b[0] == '+' || b[0] == '-') {
			b = b[1:]
		}
		if n = run(b); n == 0 || n > 2 {
			return 0, false, false
		}
		b, whole = b[n:], false
	}
	return digits, whole, len(b) == 0 && !(negative && digits == 0)
}

// run is how many digits b begins with.
func run(b []byte) (n int) {
	for n < len(b) && b[n] >= '0' && b[n] <= '9' {
		n++
	}
	return n
}

// moment reads a time with a zone, to the millisecond.
func moment(cell []byte) (time.Time, bool) {
	if len(cell) < 20 || len(cell) > 32 || cell[4] != '-' || cell[10] != 'T' {
		return time.Time{}, false
	}
	t, err := time.Parse(time.RFC3339Nano, string(cell))
	return t, err == nil && t.Nanosecond()%int(time.Millisecond) == 0
}
