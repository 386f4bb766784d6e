// Package extsort sorts any number of keys, each with a place, in flat memory.
//
// Keys are bytes, of which none is the start of another. They are collected in batches,
// sorted batch by batch on as many goroutines as there are ([Batch.Sort]), and handed
// over as runs ([Sorter.Add]), which are merged ([Sorter.Merge]). What does not fit into
// memory lies in files without a name. Equal keys keep the order of their batches, and in
// a batch that in which they were added.
package extsort

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// Batch is keys to be sorted together. The zero value is empty.
type Batch struct {
	keys    []byte
	ends    []uint32 // of the keys
	places  []uint64
	long    []bool // nil if none is
	entries []Entry
	room    []Entry
}

// Entry is what is sorted: eight bytes of a key, and which it is.
type Entry struct {
	Word uint64
	Row  uint32
}

// Keys returns the keys so far, to which the next is to be appended before [Batch.Add].
func (b *Batch) Keys() []byte { return b.keys }

// Add adds a key, which is what keys has more than [Batch.Keys], with its place. long
// marks keys that tell only a part of a value.
func (b *Batch) Add(keys []byte, place uint64, long bool) {
	b.keys = keys
	if long && b.long == nil {
		b.long = make([]bool, len(b.places), len(b.places)+1)
	}
	if b.long != nil {
		b.long = append(b.long, long)
	}
	b.ends = append(b.ends, uint32(len(keys)))
	b.places = append(b.places, place)
}

// Len is the number of keys.
func (b *Batch) Len() int { return len(b.places) }

// Size is about how much memory the keys take.
func (b *Batch) Size() int { return len(b.keys) + 48*len(b.places) }

// RunSize is about how long the run of the keys is.
func (b *Batch) RunSize() int { return len(b.keys) + (headLen+2)*len(b.places) }

// Reset makes the batch empty.
func (b *Batch) Reset() {
	b.keys, b.ends, b.places, b.long, b.entries = b.keys[:0], b.ends[:0], b.places[:0], nil, b.entries[:0]
}

func (b *Batch) key(row uint32) []byte {
	start := uint32(0)
	if row > 0 {
		start = b.ends[row-1]
	}
	return b.keys[start:b.ends[row]]
}

// wordAt is the eight bytes of a key from depth on, zeros behind its end.
func wordAt(key []byte, depth int) uint64 {
	if len(key) >= depth+8 {
		return binary.BigEndian.Uint64(key[depth:])
	}
	var w uint64
	for i := depth; i < depth+8; i++ {
		w <<= 8
		if i < len(key) {
			w |= uint64(key[i])
		}
	}
	return w
}

// AppendRun sorts the batch and appends it as a run: for each key its first eight bytes,
// its place, the length of the rest with whether it is long, and the rest.
func (b *Batch) AppendRun(dst []byte) []byte {
	b.sort()
	for _, e := range b.entries {
		key := b.key(e.Row)
		dst = binary.LittleEndian.AppendUint64(dst, wordAt(key, 0))
		dst = binary.LittleEndian.AppendUint64(dst, b.places[e.Row])
		rest := key[min(8, len(key)):]
		n := uint64(len(rest)) << 1
		if b.long != nil && b.long[e.Row] {
			n |= 1
		}
		dst = binary.AppendUvarint(dst, n)
		dst = append(dst, rest...)
	}
	return dst
}

func (b *Batch) sort() {
	b.entries = slices.Grow(b.entries[:0], len(b.places))[:len(b.places)]
	b.room = slices.Grow(b.room[:0], len(b.places))[:len(b.places)]
	for i := range b.entries {
		b.entries[i].Row = uint32(i)
	}
	b.sortFrom(b.entries, b.room, 0)
}

// fewEntries is up to how many entries are sorted by comparing them.
const fewEntries = 64

// sortFrom sorts entries whose keys are equal up to depth.
func (b *Batch) sortFrom(entries, room []Entry, depth int) {
	if len(entries) < 2 {
		return
	}
	if len(entries) <= fewEntries {
		slices.SortStableFunc(entries, func(x, y Entry) int {
			return bytes.Compare(b.key(x.Row)[depth:], b.key(y.Row)[depth:])
		})
		return
	}
	for i := range entries {
		entries[i].Word = wordAt(b.key(entries[i].Row), depth)
	}
	SortWords(entries, room)
	depth += 8
	for from := 0; from < len(entries); {
		to := from + 1
		for to < len(entries) && entries[to].Word == entries[from].Word {
			to++
		}
		// As no key is the start of another, all keys of equal words end, or none does.
		if to-from > 1 && len(b.key(entries[from].Row)) > depth {
			b.sortFrom(entries[from:to], room[from:to], depth)
		}
		from = to
	}
}

// SortWords sorts entries by their words, equal ones in their order. room is of the same
// length.
func SortWords(entries, room []Entry) {
	var counts [8][256]uint32
	for _, e := range entries {
		for i := range counts {
			counts[i][byte(e.Word>>(8*i))]++
		}
	}
	from, to := entries, room
	for i := range counts {
		c := &counts[i]
		shift := 8 * i
		if len(from) == 0 || int(c[byte(from[0].Word>>shift)]) == len(from) {
			continue // all the same here
		}
		at := uint32(0)
		for j, n := range c {
			c[j], at = at, at+n
		}
		for _, e := range from {
			j := byte(e.Word >> shift)
			to[c[j]] = e
			c[j]++
		}
		from, to = to, from
	}
	if len(entries) > 0 && &from[0] != &entries[0] {
		copy(entries, from)
	}
}
