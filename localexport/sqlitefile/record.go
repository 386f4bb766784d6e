package sqlitefile

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Kind is the storage class of a value.
type Kind uint8

// The storage classes, in the order in which SQLite sorts them.
const (
	Null Kind = iota
	Integer
	Real
	Text
	Blob

	unread // a number, until spilled has read it
)

// layout says what to do with the columns of a record.
type layout struct {
	name     string  // of the table or index, for errors
	slots    []int16 // of each column: its place in the row, -1 if it is not wanted
	real     []bool  // integers of this column stand for reals
	defaults []bool  // a missing value of this column is not null
	alias    int     // the column that stands for the rowid, -1 if none
	wanted   int     // number of places
	exact    bool    // every column must be there
}

// value is a value of a row.
type value struct {
	kind Kind
	bits uint64 // the integer or the float; of texts and blobs:
	at   int    // first byte in the payload
	size int
}

// serialSizes are the lengths of the values of the serial types 0 to 127
// (file format §2.1). 10 and 11 are not for files: they fit in no row.
var serialSizes = func() (sizes [0x80]uint32) {
	copy(sizes[:], []uint32{0, 1, 2, 3, 4, 6, 8, 8, 0, 0, math.MaxUint32, math.MaxUint32})
	for serial := 12; serial < len(sizes); serial++ {
		sizes[serial] = uint32(serial-12) / 2
	}
	return sizes
}()

// maxRecordHeader is more than a table of 32767 columns needs.
const maxRecordHeader = 9*32768 + 9

// parse reads the head of the record and the numbers among the wanted values.
// The sum of all lengths must be the record's.
func (w *Row) parse() error {
	head, body, err := w.head()
	if err != nil {
		return err
	}
	at, col, late := body, 0, false
	slots := w.layout.slots
	for i := w.headStart; i < len(head); col++ {
		serial := uint64(head[i])
		i++
		var length uint64
		if serial < uint64(len(serialSizes)) {
			length = uint64(serialSizes[serial])
		} else {
			if serial, i = longVarint(head, i-1); i == 0 {
				return w.broken("the head of %s ends within a type", w.subject())
			}
			length = (serial - 12) / 2
		}
		if col >= len(slots) {
			return unsupported(w.layout.name, "%s has more values than there are columns", w.subject())
		}
		if length > uint64(w.size-at) {
			return w.broken("%s has a value of type %d, which does not fit in", w.subject(), serial)
		}
		size := int(length)
		if slot := slots[col]; slot >= 0 {
			late = w.set(col, &w.values[slot], serial, at, size) || late
		}
		at += size
	}
	if at != w.size {
		return w.broken("the values of %s end at byte %d of %d", w.subject(), at, w.size)
	}
	if col < len(slots) {
		if err := w.absent(col); err != nil {
			return err
		}
	}
	if late {
		return w.spilled()
	}
	return nil
}

// head returns the record's head, with headStart where the types begin in it,
// and where the first value begins.
func (w *Row) head() (head []byte, body int, err error) {
	size, start := varint(w.local, 0)
	if start == 0 || size < uint64(start) || size > uint64(w.size) || size > maxRecordHeader {
		return nil, 0, w.broken("the head of %s has %d bytes of %d", w.subject(), size, w.size)
	}
	w.headStart = start
	if size <= uint64(len(w.local)) {
		return w.local[:size], int(size), nil
	}
	if w.long, err = w.appendTo(w.long[:0], 0, int(size)); err != nil {
		return nil, 0, err
	}
	return w.long, int(size), nil
}

// set notes a value. It reports whether it is a number in the overflow pages,
// which is read only when the record is known to make sense.
func (w *Row) set(col int, v *value, serial uint64, at, size int) (late bool) {
	switch {
	case col == w.layout.alias:
		*v = value{kind: Integer, bits: uint64(w.rowid)}
	case serial >= 12:
		*v = value{kind: Blob - Kind(serial&1), at: at, size: size}
	case size == 0:
		v.number(nil, serial, w.layout.real[col])
	case at+size <= len(w.local):
		v.number(w.local[at:at+size], serial, w.layout.real[col])
	default:
		*v = value{kind: unread, bits: serial, at: at, size: size}
		return true
	}
	return false
}

// number decodes a value of the serial types 0 to 9.
func (v *value) number(b []byte, serial uint64, real bool) {
	v.kind = Integer
	var n int64
	switch serial {
	case 0:
		v.kind = Null
		return
	case 1:
		n = int64(int8(b[0]))
	case 2:
		n = int64(int16(binary.BigEndian.Uint16(b)))
	case 3:
		n = int64(int8(b[0]))<<16 | int64(b[1])<<8 | int64(b[2])
	case 4:
		n = int64(int32(binary.BigEndian.Uint32(b)))
	case 5:
		n = int64(int16(binary.BigEndian.Uint16(b)))<<32 | int64(binary.BigEndian.Uint32(b[2:]))
	case 6:
		n = int64(binary.BigEndian.Uint64(b))
	case 7:
		v.kind, v.bits = Real, binary.BigEndian.Uint64(b)
		if math.IsNaN(math.Float64frombits(v.bits)) {
			v.kind = Null // as SQLite reads it
		}
		return
	case 9:
		n = 1
	}
	v.bits = uint64(n)
	if real {
		v.kind, v.bits = Real, math.Float64bits(float64(n))
	}
}

// spilled reads the wanted numbers that lie in overflow pages.
func (w *Row) spilled() error {
	for col, slot := range w.layout.slots {
		if slot < 0 {
			continue
		}
		v := &w.values[slot]
		if v.kind != unread {
			continue
		}
		var err error
		if w.long, err = w.appendTo(w.long[:0], v.at, v.at+v.size); err != nil {
			return err
		}
		v.number(w.long, v.bits, w.layout.real[col])
	}
	return nil
}

// absent fills the columns from col on, which the record is too old to have.
func (w *Row) absent(col int) error {
	if w.layout.exact {
		return w.broken("an entry has %d values, not %d", col, len(w.layout.slots))
	}
	for ; col < len(w.layout.slots); col++ {
		slot := w.layout.slots[col]
		if slot < 0 {
			continue
		}
		if w.layout.defaults[col] {
			return unsupported(w.layout.name, "row %d is older than a column that has a default", w.rowid)
		}
		w.values[slot].kind = Null
		if col == w.layout.alias {
			w.values[slot] = value{kind: Integer, bits: uint64(w.rowid)}
		}
	}
	return nil
}

// subject names the record in errors.
func (w *Row) subject() string {
	if w.layout.exact {
		return "an entry of index " + w.layout.name
	}
	return fmt.Sprintf("row %d of %s", w.rowid, w.layout.name)
}

func (w *Row) broken(format string, args ...any) error {
	return w.r.f.damaged(w.page, format, args...)
}
