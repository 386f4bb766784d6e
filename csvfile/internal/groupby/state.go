package groupby

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"unsafe"
)

// Op is what is asked of a column.
type Op uint8

const (
	Filled   Op = iota // how many cells are not empty
	Distinct           // how many different ones of them there are
	Numbers            // their sum, and how many are numbers
	Least
	Greatest
)

// state keeps what is asked of one column for each group of a table.
type state interface {
	grow()                         // by a group
	add(i int, v *Value)           // a cell of group i
	append(b []byte, i int) []byte // writes it down
	read(i int, b []byte) []byte   // adds what was written down, and returns what follows
	reset()
	size() int // of memory, for the groups that there are
}

func newState(op Op) state {
	switch op {
	case Numbers:
		return &numbers{}
	case Least, Greatest:
		return &extremes{sign: map[Op]int{Least: -1, Greatest: 1}[op]}
	}
	return &counts{}
}

// counts counts cells.
type counts struct{ n []int64 }

func (c *counts) grow()               { c.n = append(c.n, 0) }
func (c *counts) add(i int, _ *Value) { c.n[i]++ }
func (c *counts) reset()              { c.n = c.n[:0] }
func (c *counts) size() int           { return 8 * len(c.n) }

func (c *counts) append(b []byte, i int) []byte { return binary.AppendUvarint(b, uint64(c.n[i])) }

func (c *counts) read(i int, b []byte) []byte {
	n, size := binary.Uvarint(b)
	c.n[i] += int64(n)
	return b[size:]
}

// numbers adds the numbers among cells up.
type numbers struct{ of []total }

// total is the sum of so many numbers.
type total struct {
	n   int64
	sum Sum
}

func (s *numbers) grow() { s.of = append(s.of, total{}) }

func (s *numbers) add(i int, v *Value) {
	if v.Kind == Number {
		t := &s.of[i]
		t.n++
		t.sum.Add(v.Sum)
	}
}

func (s *numbers) append(b []byte, i int) []byte {
	return s.of[i].sum.append(binary.AppendUvarint(b, uint64(s.of[i].n)))
}

func (s *numbers) read(i int, b []byte) []byte {
	n, size := binary.Uvarint(b)
	s.of[i].n += int64(n)
	sum, rest := readSum(b[size:])
	s.of[i].sum.Add(sum)
	return rest
}

func (s *numbers) reset() {
	clear(s.of)
	s.of = s.of[:0]
}

func (s *numbers) size() int { return int(unsafe.Sizeof(total{})) * len(s.of) }

// extremes keeps the least or greatest cell of each group: of the numbers, of the times,
// and of all, by their bytes. Which of them counts is known at the end.
type extremes struct {
	sign  int
	best  []extreme
	texts int // bytes
}

// extreme is what is least or greatest by each of the orders. What is compared stands
// together and not behind a pointer: groups are many, and memory is far.
type extreme struct {
	any   [Kinds]bool // there is one by this order
	nanos int32       // of that by time
	sec   int64
	start [2]uint64     // of the text of that by bytes
	sum   Sum           // that by number
	texts [Kinds][]byte // as they stand in the file
}

func (e *extremes) grow() { e.best = append(e.best, extreme{}) }

func (e *extremes) add(i int, v *Value) {
	best := &e.best[i]
	if start := startOf(v.Text); !best.any[Text] || e.beats(compareStarts(start, best.start), v.Text, best.texts[Text]) {
		best.start = start
		e.keep(best, Text, v.Text)
	}
	switch v.Kind {
	case Number:
		if !best.any[Number] || e.sign*v.Sum.Compare(best.sum) > 0 {
			best.sum = v.Sum
			e.keep(best, Number, v.Text)
		}
	case Time:
		if c := cmp.Or(cmp.Compare(v.Sec, best.sec), cmp.Compare(v.Nanos, best.nanos)); !best.any[Time] || e.sign*c > 0 {
			best.sec, best.nanos = v.Sec, v.Nanos
			e.keep(best, Time, v.Text)
		}
	}
}

// beats reports whether a text comes before, or behind, another, given how they begin.
func (e *extremes) beats(starts int, a, b []byte) bool {
	if starts != 0 {
		return e.sign*starts > 0
	}
	return e.sign*bytes.Compare(a, b) > 0
}

// startOf is the first bytes of a text, with zeros behind a shorter one.
func startOf(text []byte) (start [2]uint64) {
	var b [16]byte
	copy(b[:], text)
	return [2]uint64{binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:])}
}

func compareStarts(a, b [2]uint64) int {
	return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
}

// keep keeps a copy of a text, in the place of another.
func (e *extremes) keep(best *extreme, k Kind, text []byte) {
	at := &best.texts[k]
	e.texts -= cap(*at)
	*at, best.any[k] = append((*at)[:0], text...), true
	e.texts += cap(*at)
}

func (e *extremes) append(b []byte, i int) []byte {
	best := &e.best[i]
	for k := range Kinds {
		if !best.any[k] {
			b = append(b, 0)
			continue
		}
		b = append(b, 1)
		b = append(binary.AppendUvarint(b, uint64(len(best.texts[k]))), best.texts[k]...)
		switch k {
		case Number:
			b = best.sum.append(b)
		case Time:
			b = binary.AppendVarint(binary.AppendVarint(b, best.sec), int64(best.nanos))
		}
	}
	return b
}

func (e *extremes) read(i int, b []byte) []byte {
	for k := range Kinds {
		any := b[0] != 0
		if b = b[1:]; !any {
			continue
		}
		v := Value{Kind: k}
		size, n := binary.Uvarint(b)
		b = b[n:]
		v.Text, b = b[:size], b[size:]
		switch k {
		case Number:
			v.Sum, b = readSum(b)
		case Time:
			var nanos int64
			v.Sec, n = binary.Varint(b)
			b = b[n:]
			nanos, n = binary.Varint(b)
			v.Nanos, b = int32(nanos), b[n:]
		}
		e.add(i, &v)
	}
	return b
}

func (e *extremes) reset() {
	clear(e.best)
	e.best, e.texts = e.best[:0], 0
}

func (e *extremes) size() int { return int(unsafe.Sizeof(extreme{}))*len(e.best) + e.texts }

// of is the text of the extreme that counts for a column of a kind, nil if there is none.
func (e *extremes) of(i int, k Kind) []byte {
	best := &e.best[i]
	if !best.any[k] {
		return nil
	}
	return append([]byte{}, best.texts[k]...)
}
