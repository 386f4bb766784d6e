package sketch

import (
	"cmp"
	"slices"
)

const (
	topSlots = 4096 // of the hash table, a power of two
	topMax   = 2048 // counters kept
	// TextLimit is how many bytes of a value's text are kept.
	TextLimit = 120
)

// Top counts the most frequent values of a stream with a fixed number of
// counters, in the manner of the space-saving and Misra-Gries sketches: when
// they are used up, the median count is taken off all of them and those that
// reach zero are dropped. A count is then too small by at most Slack, and no
// value that occurs more than Slack times is missing.
type Top struct {
	slots [topSlots]int16 // index into counters plus 1, 0 for none
	used  []counter
	texts []byte // TextLimit bytes for each counter
	slack int64
}

type counter struct {
	hash  uint64
	count int64
	text  uint8 // length
}

// Value is a value and how often it occurs.
type Value struct {
	Text  string // its first TextLimit bytes
	Count int64
}

// NewTop returns an empty sketch of about 300 KB.
func NewTop() *Top {
	return &Top{used: make([]counter, 0, topMax), texts: make([]byte, topMax*TextLimit)}
}

// Add counts n occurrences of the value with the given hash.
func (t *Top) Add(hash uint64, value []byte, n int64) {
	i := hash & (topSlots - 1)
	for ; t.slots[i] != 0; i = (i + 1) & (topSlots - 1) {
		if c := &t.used[t.slots[i]-1]; c.hash == hash {
			c.count += n
			return
		}
	}
	if len(t.used) == topMax {
		t.prune()
		t.Add(hash, value, n)
		return
	}
	k := len(t.used)
	size := copy(t.texts[k*TextLimit:(k+1)*TextLimit], value)
	t.used = append(t.used, counter{hash, n, uint8(size)})
	t.slots[i] = int16(k + 1)
}

// prune takes the median count off all counters and drops those without a rest.
func (t *Top) prune() {
	counts := make([]int64, len(t.used))
	for i, c := range t.used {
		counts[i] = c.count
	}
	slices.Sort(counts)
	median := counts[len(counts)/2]
	t.slack += median
	t.slots = [topSlots]int16{}
	kept := t.used[:0]
	for from, c := range t.used {
		if c.count -= median; c.count <= 0 {
			continue
		}
		k := len(kept)
		kept = append(kept, c)
		copy(t.texts[k*TextLimit:(k+1)*TextLimit], t.texts[from*TextLimit:(from+1)*TextLimit])
		i := c.hash & (topSlots - 1)
		for t.slots[i] != 0 {
			i = (i + 1) & (topSlots - 1)
		}
		t.slots[i] = int16(k + 1)
	}
	t.used = kept
}

// Merge adds what o has counted.
func (t *Top) Merge(o *Top) {
	for k, c := range o.used {
		t.Add(c.hash, o.texts[k*TextLimit:k*TextLimit+int(c.text)], c.count)
	}
	t.slack += o.slack
}

// Slack is by how much a count may be too small; 0 means that every value of
// the stream is there with its exact count.
func (t *Top) Slack() int64 { return t.slack }

// Values returns up to n values, the most frequent first; n < 0 means all.
func (t *Top) Values(n int) []Value {
	all := make([]Value, len(t.used))
	for k, c := range t.used {
		all[k] = Value{string(t.texts[k*TextLimit : k*TextLimit+int(c.text)]), c.count}
	}
	slices.SortFunc(all, func(a, b Value) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Text, b.Text))
	})
	if n >= 0 && n < len(all) {
		all = all[:n]
	}
	return all
}
