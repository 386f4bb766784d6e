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
	losers  []player
	winner  player
}

// player is a reader with the word of its key, which mostly tells who wins: readers
// themselves lie far apart in memory.
type player struct {
	word   uint64
	reader int32 // -1: nobody
}

func newTree(readers []*reader) *tree {
	t := &tree{readers: readers, losers: make([]player, len(readers))}
	for i := range t.losers {
		t.losers[i].reader = -1
	}
	for i := range readers {
		t.enter(int32(i))
	}
	return t
}

func (t *tree) top() *reader { return t.readers[t.winner.reader] }

// enter lets reader i go up as far as to the first node where nobody has been.
func (t *tree) enter(i int32) {
	p := player{t.readers[i].word, i}
	for node := (int(i) + len(t.readers)) / 2; node > 0; node /= 2 {
		other := &t.losers[node]
		if other.reader < 0 {
			*other = p
			return
		}
		if t.less(*other, p) {
			*other, p = p, *other
		}
	}
	t.winner = p
}

// play lets the reader that has won, whose key is new, go up. Who wins is as good as
// random, so that nothing branches on it but where words are the same.
func (t *tree) play() {
	i := t.winner.reader
	word := t.readers[i].word
	for node := (int(i) + len(t.readers)) / 2; node > 0; node /= 2 {
		other := &t.losers[node]
		w, r := other.word, other.reader
		if w == word {
			if t.lessEqual(r, i) {
				other.reader, i = i, r
			}
			continue
		}
		lw, lr := w, r // who loses
		if w < word {
			lw = word
		}
		if w < word {
			lr = i
		}
		if w < word {
			i = r
		}
		word = min(w, word)
		other.word, other.reader = lw, lr
	}
	t.winner = player{word, i}
}

func (t *tree) less(a, b player) bool {
	if a.word != b.word {
		return a.word < b.word
	}
	return t.lessEqual(a.reader, b.reader)
}

// lessEqual is less for readers whose words are the same.
func (t *tree) lessEqual(a, b int32) bool {
	x, y := t.readers[a], t.readers[b]
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
	t.play()
	return nil
}
