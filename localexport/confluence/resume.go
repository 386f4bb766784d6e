package confluence

import (
	"bufio"
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
		s.Counted = append(s.Counted, product.Counted{Key: id.key, Text: id.text, Count: x.count, Example: x.example})
	}
}

// notesOf is what was noted up to a state.
func notesOf(s *State) notes {
	n := notes{fixed: slices.Clone(s.Said)}
	for _, c := range s.Counted {
		x := n.at(noteID{c.Key, c.Text}, c.Example)
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

// writing is a file that is being written.
type writing struct {
	counter *FileCounter
	notes   notes
	ahead   forecast
	gather  *bufio.Writer // before the destination
	keeper  Keeper        // nil if the destination keeps nothing

	rejected *rejections
	left     []RejectedRow // those of the file, for its states
}

// from goes on from a state.
func (w *writing) from(s *State) error {
	w.counter.Bytes.Store(s.Bytes)
	w.counter.Rows.Store(s.Rows)
	w.notes = notesOf(s)
	return w.reject(s.Rejected)
}

// reject writes rows to the file of those that were left out.
func (w *writing) reject(rows []RejectedRow) error {
	if w.keeper != nil {
		w.left = append(w.left, rows...)
	}
	if len(w.left) > mostRejected {
		w.keeper, w.left = nil, nil
	}
	return w.rejected.write(slices.Clone(rows))
}

// rangeDone is called when a range is written, up to the key last.
func (w *writing) rangeDone(last int64, n notes) error {
	w.notes.merge(n)
	done := w.counter.RangesDone.Add(1)
	w.counter.Forecast.Store(w.ahead.after(done, w.counter.Ranges.Load(), w.counter.Rows.Load()))
	if w.keeper == nil || !w.keeper.Due() {
		return nil
	}
	if err := w.gather.Flush(); err != nil {
		return err
	}
	w.keep(last, false)
	return nil
}

func (w *writing) keep(after int64, done bool) {
	if w.keeper == nil {
		return
	}
	s := State{Done: done, After: after, Rows: w.counter.Rows.Load(), Bytes: w.counter.Bytes.Load()}
	keepNotes(&s, &w.notes)
	s.Rejected = slices.Clone(w.left)
	w.keeper.Keep(s)
}
