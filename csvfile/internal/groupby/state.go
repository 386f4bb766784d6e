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
type numbers struct {
	n    []int64
	sums []Sum
}

func (s *numbers) grow() { s.n, s.sums = append(s.n, 0), append(s.sums, Sum{}) }

func (s *numbers) add(i int, v *Value) {
	if v.Kind == Number {
		s.n[i]++
		s.sums[i].Add(v.Sum)
	}
}

func (s *numbers) append(b []byte, i int) []byte {
	return s.sums[i].append(binary.AppendUvarint(b, uint64(s.n[i])))
}

func (s *numbers) read(i int, b []byte) []byte {
	n, size := binary.Uvarint(b)
	s.n[i] += int64(n)
	sum, rest := readSum(b[size:])
	s.sums[i].Add(sum)
	return rest
}

func (s *numbers) reset() { s.n, s.sums = s.n[:0], s.sums[:0] }

func (s *numbers) size() int { return (8 + int(unsafe.Sizeof(Sum{}))) * len(s.n) }

// extremes keeps the least or greatest cell of each group: of the numbers, of the times,
// and of all, by their bytes. Which of them counts is known at the end.
type extremes struct {
	sign  int
	best  []extreme
	texts int // bytes
}

// extreme is what is least or greatest by each of the orders. What is compared stands here
// and not behind a pointer: groups are many, and memory is far.
type extreme struct {
	byBytes, byNumber, byTime kept
	start                     [2]uint64 // of the text of byBytes
	sum                       Sum       // of byNumber
	sec                       int64     // of byTime
	nanos                     int32
}

// kept is the text of a cell.
type kept struct {
	text []byte
	any  bool
}

func (e *extremes) grow() { e.best = append(e.best, extreme{}) }

func (e *extremes) add(i int, v *Value) {
	best := &e.best[i]
	if start := startOf(v.Text); !best.byBytes.any || e.beats(compareStarts(start, best.start), v.Text, best.byBytes.text) {
		best.start = start
		e.keep(&best.byBytes, v.Text)
	}
	switch v.Kind {
	case Number:
		if !best.byNumber.any || e.sign*v.Sum.Compare(best.sum) > 0 {
			best.sum = v.Sum
			e.keep(&best.byNumber, v.Text)
		}
	case Time:
		if c := cmp.Or(cmp.Compare(v.Sec, best.sec), cmp.Compare(v.Nanos, best.nanos)); !best.byTime.any || e.sign*c > 0 {
			best.sec, best.nanos = v.Sec, v.Nanos
			e.keep(&best.byTime, v.Text)
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
func (e *extremes) keep(at *kept, text []byte) {
	e.texts -= cap(at.text)
	at.text, at.any = append(at.text[:0], text...), true
	e.texts += cap(at.text)
}

func (e *extremes) append(b []byte, i int) []byte {
	best := &e.best[i]
	for k, one := range []*kept{&best.byBytes, &best.byNumber, &best.byTime} {
		if !one.any {
			b = append(b, 0)
			continue
		}
		b = append(b, 1)
		b = append(binary.AppendUvarint(b, uint64(len(one.text))), one.text...)
		switch Kind(k) {
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
	one := [Kinds]*kept{Text: &best.byBytes, Number: &best.byNumber, Time: &best.byTime}[k]
	if !one.any {
		return nil
	}
	return append([]byte{}, one.text...)
}
