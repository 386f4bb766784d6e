package extsort

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
)

// reader reads a run, key by key.
type reader struct {
	word  uint64
	place uint64
	rest  []byte
	flag  byte
	done  bool

	buf   []byte
	at    int
	spool *Spool
	from  int64 // what is not in buf yet
	to    int64
	size  int // of buf
}

func newReader(r run, s *Spool, size int) *reader {
	if r.mem != nil {
		return &reader{buf: r.mem}
	}
	return &reader{spool: s, from: r.from, to: r.to, size: size}
}

const headLen = 16 // of a key in a run: its first eight bytes and its place

// next reads the next key, or is done.
func (r *reader) next() error {
	if len(r.buf)-r.at < headLen+binary.MaxVarintLen64 && r.from < r.to {
		if err := r.fill(headLen + binary.MaxVarintLen64); err != nil {
			return err
		}
	}
	b := r.buf[r.at:]
	if len(b) < headLen {
		r.done, r.word, r.rest = true, math.MaxUint64, nil
		return nil
	}
	r.word, r.place = binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[8:])
	n, k := uint64(b[headLen]), 1
	if n >= 0x80 {
		n, k = binary.Uvarint(b[headLen:])
	}
	r.flag = byte(n & 1)
	n >>= 1
	start := headLen + k
	if uint64(len(b)-start) < n {
		if err := r.fill(start + int(n)); err != nil {
			return err
		}
		b = r.buf[r.at:]
	}
	r.rest = b[start : start+int(n)]
	r.at += start + int(n)
	return nil
}

// errSpool says that a spool has not what was written to it.
var errSpool = errors.New("what was put aside for sorting cannot be read again")

// fill reads on until there are need bytes, or the run ends.
func (r *reader) fill(need int) error {
	have := len(r.buf) - r.at
	size := max(r.size, need)
	if cap(r.buf) < size {
		grown := make([]byte, have, size)
		copy(grown, r.buf[r.at:])
		r.buf = grown
	} else {
		copy(r.buf[:have], r.buf[r.at:])
	}
	n := int(min(int64(size-have), r.to-r.from))
	r.buf, r.at = r.buf[:have+n], 0
	if _, err := readSpool(r.spool, r.buf[have:], r.from); err != nil {
		return err
	}
	r.from += int64(n)
	if have+n < need && have+n >= headLen+binary.MaxVarintLen64 {
		return errSpool
	}
	return nil
}

func notEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// tree finds the least of the current keys of some readers: those of earlier readers
// come first among equal ones. Each inner node holds the reader that lost there.
type tree struct {
	readers []*reader
	losers  []int32
	winner  int32
}

func newTree(readers []*reader) *tree {
	t := &tree{readers: readers, losers: make([]int32, len(readers))}
	for i := range t.losers {
		t.losers[i] = -1
	}
	for i := range readers {
		t.play(int32(i), true)
	}
	return t
}

func (t *tree) top() *reader { return t.readers[t.winner] }

// play lets reader i, whose key is new, go up. While the tree is built it stays at the
// first node where nobody has been.
func (t *tree) play(i int32, building bool) {
	for node := (int(i) + len(t.readers)) / 2; node > 0; node /= 2 {
		other := t.losers[node]
		if other < 0 && building {
			t.losers[node] = i
			return
		}
		if t.less(other, i) {
			t.losers[node], i = i, other
		}
	}
	t.winner = i
}

func (t *tree) less(a, b int32) bool {
	x, y := t.readers[a], t.readers[b]
	if x.word != y.word {
		return x.word < y.word
	}
	if x.done || y.done {
		return !x.done && y.done
	}
	if c := bytes.Compare(x.rest, y.rest); c != 0 {
		return c < 0
	}
	return a < b
}

// next moves behind the least key.
func (t *tree) next() error {
	r := t.top()
	word := r.word
	short := len(r.rest) == 0
	if err := r.next(); err != nil {
		return err
	}
	// What equals the least key and comes from the same reader is next: equal keys of
	// earlier readers have been.
	if short && r.word == word && len(r.rest) == 0 && !r.done {
		return nil
	}
	t.play(t.winner, false)
	return nil
}
