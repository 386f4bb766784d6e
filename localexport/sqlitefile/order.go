package sqlitefile

import (
	"bytes"
	"math"
)

// compare compares column i of the entry before with that of the entry, as
// SQLite sorts values ("Datatypes in SQLite" §4.1).
func (c *IndexCursor) compare(i int) (int, error) {
	if !c.prev.set {
		return -1, nil
	}
	a, b := &c.prev.values[i], &c.values[i]
	if a.isNumber() && b.isNumber() {
		return compareNumbers(a, b), nil
	}
	if a.kind != b.kind || a.kind == Null {
		return int(a.kind) - int(b.kind), nil
	}
	text, err := c.Bytes(i)
	return bytes.Compare(c.prev.text[a.at:a.at+a.size], text), err
}

func (v *value) isNumber() bool { return v.kind == Integer || v.kind == Real }

func (v *value) float() float64 {
	if v.kind == Integer {
		return float64(int64(v.bits))
	}
	return math.Float64frombits(v.bits)
}

// compareNumbers compares integers and reals. Where the conversion of an integer
// to a real rounds, the exact values decide.
func compareNumbers(a, b *value) int {
	if a.kind == Integer && b.kind == Integer {
		return compareInt(int64(a.bits), int64(b.bits))
	}
	x, y := a.float(), b.float()
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	case a.kind == b.kind:
		return 0
	case x >= 1<<63: // the integer was rounded up to it
		return int(a.kind) - int(b.kind)
	case a.kind == Integer:
		return compareInt(int64(a.bits), int64(y))
	}
	return compareInt(int64(x), int64(b.bits))
}
