package confluence

import (
	"bytes"
	"math"
	"slices"
	"sort"

	"sluice/wording"
)

// labelNames are the names of labels in a few pieces of memory, whatever their
// number: about 25 bytes for each and the name.
type labelNames struct {
	ids  []int64
	text []byte   // the names one after the other
	ends []uint32 // where each ends

	byID  []int32 // entries in the order of their ids; nil if they come so
	rank  []int32 // of each entry: position of its name among all
	first []int32 // of each rank: an entry that has the name
}

// newLabelNames makes room for a number of names of so many bytes.
func newLabelNames(n, size int64) *labelNames {
	n, size = min(n, math.MaxInt32), min(size, math.MaxUint32)
	return &labelNames{ids: make([]int64, 0, n), text: make([]byte, 0, size), ends: make([]uint32, 0, n)}
}

// add takes the name of a label; of several with one id the last one counts.
func (l *labelNames) add(id int64, name []byte) error {
	if len(l.text)+len(name) > math.MaxUint32 || len(l.ids) == math.MaxInt32 {
		return wording.New("the names of the labels are longer than 4 GB together, which is more than Sluice reads")
	}
	l.ids = append(l.ids, id)
	l.text = append(l.text, name...)
	l.ends = append(l.ends, uint32(len(l.text)))
	return nil
}

// name is the name of an entry.
func (l *labelNames) name(i int32) []byte {
	start := uint32(0)
	if i > 0 {
		start = l.ends[i-1]
	}
	return l.text[start:l.ends[i]]
}

// sort gives equal names the same rank, in the order of the names. Nothing is added
// afterwards.
func (l *labelNames) sort() {
	if !slices.IsSorted(l.ids) {
		l.byID = upTo(len(l.ids))
		slices.SortStableFunc(l.byID, func(a, b int32) int {
			if l.ids[a] < l.ids[b] {
				return -1
			} else if l.ids[a] > l.ids[b] {
				return 1
			}
			return 0
		})
	}
	sorted := upTo(len(l.ids))
	slices.SortFunc(sorted, func(a, b int32) int { return bytes.Compare(l.name(a), l.name(b)) })
	l.rank = make([]int32, len(sorted))
	n := int32(0)
	for i, entry := range sorted {
		if i > 0 && !bytes.Equal(l.name(entry), l.name(sorted[n])) {
			n++
		}
		sorted[n] = entry // ranks never outrun entries
		l.rank[entry] = n
	}
	if len(sorted) > 0 {
		l.first = sorted[:n+1]
	}
}

// upTo are the numbers from 0 up to n, without it.
func upTo(n int) []int32 {
	all := make([]int32, n)
	for i := range all {
		all[i] = int32(i)
	}
	return all
}

// rankOf is the rank of the name of a label.
func (l *labelNames) rankOf(id int64) (rank int32, ok bool) {
	at := func(i int) int32 {
		if l.byID == nil {
			return int32(i)
		}
		return l.byID[i]
	}
	i := sort.Search(len(l.ids), func(i int) bool { return l.ids[at(i)] > id }) - 1 // the last of several
	if i < 0 || l.ids[at(i)] != id {
		return 0, false
	}
	return l.rank[at(i)], true
}

// Len implements record.Texts: names are numbered by their ranks.
func (l *labelNames) Len() int { return len(l.first) }

// Text implements record.Texts.
func (l *labelNames) Text(rank int32) []byte { return l.name(l.first[rank]) }
