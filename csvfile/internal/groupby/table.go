package groupby

import (
	"bytes"
	"encoding/binary"
	"hash/maphash"
)

// Table is a hash table of groups.
type Table struct {
	seed   maphash.Seed
	slots  []uint64 // number of a group plus 1, below the upper half of its hash; 0 for none
	hashes []uint64
	keys   []byte
	ends   []uint32 // of the keys of groups
	rows   []int64
	states []state
}

const leastSlots = 1 << 8 // a power of two, as all numbers of slots are

func newTable(seed maphash.Seed, ops []Op) *Table {
	t := &Table{seed: seed, slots: make([]uint64, leastSlots)}
	for _, op := range ops {
		t.states = append(t.states, newState(op))
	}
	return t
}

// Len is the number of groups.
func (t *Table) Len() int { return len(t.ends) }

// key is that of group i.
func (t *Table) key(i int) []byte {
	from := uint32(0)
	if i > 0 {
		from = t.ends[i-1]
	}
	return t.keys[from:t.ends[i]]
}

// group is the number of the group of a key, a new one if there is none yet.
func (t *Table) group(key []byte) int {
	h := maphash.Bytes(t.seed, key)
	mask := uint64(len(t.slots) - 1)
	at := h & mask
	for ; t.slots[at] != 0; at = (at + 1) & mask {
		if s := t.slots[at]; s>>32 == h>>32 {
			if i := int(uint32(s)) - 1; bytes.Equal(t.key(i), key) {
				return i
			}
		}
	}
	i := len(t.ends)
	t.slots[at] = h>>32<<32 | uint64(i+1)
	t.hashes = append(t.hashes, h)
	t.keys = append(t.keys, key...)
	t.ends = append(t.ends, uint32(len(t.keys)))
	t.rows = append(t.rows, 0)
	for _, s := range t.states {
		s.grow()
	}
	if 4*(i+1) > 3*len(t.slots) {
		t.rehash(2 * len(t.slots))
	}
	return i
}

func (t *Table) rehash(n int) {
	t.slots = make([]uint64, n)
	mask := uint64(n - 1)
	for i, h := range t.hashes {
		at := h & mask
		for t.slots[at] != 0 {
			at = (at + 1) & mask
		}
		t.slots[at] = h>>32<<32 | uint64(i+1)
	}
}

// used is the memory that the groups take, in bytes: what they took before the table was
// emptied stays in it for others.
func (t *Table) used() int {
	const each = 8 + 4 + 8 + 16 // hash, end of the key, rows, and slots of which at most three quarters are taken
	n := len(t.keys) + each*len(t.ends)
	for _, s := range t.states {
		n += s.size()
	}
	return n
}

func (t *Table) reset() {
	clear(t.slots)
	t.hashes, t.keys, t.ends, t.rows = t.hashes[:0], t.keys[:0], t.ends[:0], t.rows[:0]
	for _, s := range t.states {
		s.reset()
	}
}

// append writes group i down for read.
func (t *Table) append(b []byte, i int) []byte {
	key := t.key(i)
	b = append(binary.AppendUvarint(b, uint64(len(key))), key...)
	b = binary.AppendUvarint(b, uint64(t.rows[i]))
	for _, s := range t.states {
		b = s.append(b, i)
	}
	return b
}

// read adds a group that was written down, and returns what follows it.
func (t *Table) read(b []byte) []byte {
	size, n := binary.Uvarint(b)
	b = b[n:]
	i := t.group(b[:size])
	rows, n := binary.Uvarint(b[size:])
	t.rows[i] += int64(rows)
	b = b[int(size)+n:]
	for _, s := range t.states {
		b = s.read(i, b)
	}
	return b
}

// merge adds the groups of o.
func (t *Table) merge(o *Table) {
	var b []byte
	for i := range o.Len() {
		b = o.append(b[:0], i)
		t.read(b)
	}
}
