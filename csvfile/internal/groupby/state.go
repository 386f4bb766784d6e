package groupby

import (
	"bytes"
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

type extreme struct{ byBytes, byNumber, byTime *Value }

func (e *extremes) grow() { e.best = append(e.best, extreme{}) }

func (e *extremes) add(i int, v *Value) {
	best := &e.best[i]
	if best.byBytes == nil || e.sign*bytes.Compare(v.Text, best.byBytes.Text) > 0 {
		e.keep(&best.byBytes, v)
	}
	switch v.Kind {
	case Number:
		if best.byNumber == nil || e.sign*v.Sum.Compare(best.byNumber.Sum) > 0 {
			e.keep(&best.byNumber, v)
		}
	case Time:
		if best.byTime == nil || e.sign*v.compareTime(best.byTime) > 0 {
			e.keep(&best.byTime, v)
		}
	}
}

// keep keeps a copy of a value, in the place of another.
func (e *extremes) keep(at **Value, v *Value) {
	if *at == nil {
		*at = &Value{}
		e.texts += int(unsafe.Sizeof(Value{}))
	}
	was := *at
	e.texts -= cap(was.Text)
	text := append(was.Text[:0], v.Text...)
	*was = *v
	was.Text = text
	e.texts += cap(text)
}

func (v *Value) compareTime(o *Value) int {
	switch {
	case v.Sec != o.Sec:
		return sign(v.Sec < o.Sec)
	case v.Nanos != o.Nanos:
		return sign(v.Nanos < o.Nanos)
	}
	return 0
}

func sign(less bool) int {
	if less {
		return -1
	}
	return 1
}

func (e *extremes) append(b []byte, i int) []byte {
	best := &e.best[i]
	for _, v := range []*Value{best.byBytes, best.byNumber, best.byTime} {
		if v == nil {
			b = append(b, 0)
			continue
		}
		b = append(b, 1+byte(v.Kind))
		b = append(binary.AppendUvarint(b, uint64(len(v.Text))), v.Text...)
		switch v.Kind {
		case Number:
			b = v.Sum.append(b)
		case Time:
			b = binary.AppendVarint(binary.AppendVarint(b, v.Sec), int64(v.Nanos))
		}
	}
	return b
}

func (e *extremes) read(i int, b []byte) []byte {
	for range 3 {
		kind := b[0]
		if b = b[1:]; kind == 0 {
			continue
		}
		v := Value{Kind: Kind(kind - 1)}
		size, n := binary.Uvarint(b)
		b = b[n:]
		v.Text, b = b[:size], b[size:]
		switch v.Kind {
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
	v := map[Kind]*Value{Text: best.byBytes, Number: best.byNumber, Time: best.byTime}[k]
	if v == nil {
		return nil
	}
	return v.Text
}
