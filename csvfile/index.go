package csvfile

import (
	"iter"
	"sort"
	"sync"

	"sluice/csvfile/internal/block"
)

// slabLen is how many entries are allocated at once: half a gigabyte of file.
const slabLen = 8 << 10

// entry says how the file stands at the start of a block: the number of records
// that end before it, and the quoting state. 62 bits and 2 bits.
type entry uint64

func makeEntry(records int64, st block.State) entry { return entry(records)<<2 | entry(st) }

func (e entry) records() int64     { return int64(e >> 2) }
func (e entry) state() block.State { return block.State(e & 3) }

// index knows the start of every block from the first up to a frontier. It
// begins with the start of the file, so there always is a place to search from.
// When complete, its last entry describes the end of the file.
type index struct {
	mu       sync.RWMutex
	slabs    [][]entry
	n        int64
	complete bool
	growth   chan struct{} // closed and replaced whenever entries are added
}

func newIndex() *index {
	x := &index{growth: make(chan struct{})}
	x.append([]entry{makeEntry(0, block.Outside)})
	return x
}

func (x *index) append(es []entry) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, e := range es {
		if x.n%slabLen == 0 {
			x.slabs = append(x.slabs, make([]entry, 0, slabLen))
		}
		last := &x.slabs[len(x.slabs)-1]
		*last = append(*last, e)
		x.n++
	}
	x.notify()
}

func (x *index) notify() {
	close(x.growth)
	x.growth = make(chan struct{})
}

// tell wakes who waits for the index to grow.
func (x *index) tell() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.notify()
}

// grown returns a channel that closes when the index grows or completes.
func (x *index) grown() <-chan struct{} {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.growth
}

// adopt takes over a complete index that was kept.
func (x *index) adopt(slabs [][]entry) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.slabs, x.n = slabs, 0
	for _, s := range slabs {
		x.n += int64(len(s))
	}
	x.complete = true
	x.notify()
}

// all yields the entries in order.
func (x *index) all() iter.Seq[[]entry] {
	return func(yield func([]entry) bool) {
		x.mu.RLock()
		defer x.mu.RUnlock()
		for _, s := range x.slabs {
			if !yield(s) {
				return
			}
		}
	}
}

func (x *index) finish() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.complete = true
	x.notify()
}

// get must be called with the lock held.
func (x *index) get(b int64) entry { return x.slabs[b/slabLen][b%slabLen] }

// at returns the entry of block b and whether it is known.
func (x *index) at(b int64) (entry, bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if b >= x.n {
		return 0, false
	}
	return x.get(b), true
}

// last returns the frontier: the last known block, and whether it is the end.
func (x *index) last() (b int64, e entry, complete bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.n - 1, x.get(x.n - 1), x.complete
}

// find returns the last known block before whose start fewer than n records
// end: the one in which the n-th record ends, unless that lies behind the
// frontier (known is false; the block is the frontier then). n is from 1 on.
func (x *index) find(n int64) (b int64, e entry, known, complete bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	i := int64(sort.Search(int(x.n), func(i int) bool { return x.get(int64(i)).records() >= n }))
	return i - 1, x.get(i - 1), i < x.n, x.complete
}
