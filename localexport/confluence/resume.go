package confluence

import (
	"math"
	"slices"

	"sluice/localexport/product"
)

// mostRejected is how many rejected rows of a file are kept in a state. From the
// state before there are more the file is gone on with.
const mostRejected = 5000

// keepNotes puts what was noted into a state.
func keepNotes(s *State, n *notes) {
	s.Said = slices.Clone(n.fixed)
	for _, id := range n.ids() {
		x := n.counts[id]
		s.Counted = append(s.Counted, product.Counted{Key: id.key, Text: id.text, More: id.more, Count: x.count, Example: x.example})
	}
}

// notesOf is what was noted up to a state.
func notesOf(s *State) notes {
	n := notes{fixed: slices.Clone(s.Said)}
	for _, c := range s.Counted {
		x := n.at(noteID{c.Key, c.Text, c.More}, c.Example)
		x.count += c.Count
	}
	return n
}

// rest is the ranges behind a key, and how many there are before it.
func rest(splits []int64, after int64) (left []int64, before int) {
	if after == math.MinInt64 {
		return splits, 0
	}
	i, exact := slices.BinarySearch(splits, after)
	if exact {
		return splits[i:], i
	}
	left = slices.Clone(splits[max(i-1, 0):])
	left[0] = after
	return left, max(i-1, 0)
}
