package confluence

import (
	"bufio"
	"math"
	"slices"

	"sluice/pipeline"
)

// Keeper is an Output that remembers how far it is, so that its file can be gone
// on with after an interruption. A Sink may return one.
type Keeper interface {
	Output
	// From is where to go on; nil means at the beginning. The bytes up to there
	// are in the destination already.
	From() *State
	// Due reports whether enough was written since the last Keep for another one
	// to be worth its while. It is cheap.
	Due() bool
	// Keep says that what was written up to now is the start of the file that
	// the state describes. Before the file is committed, Keep is called with a
	// State that is Done.
	Keep(State)
}

// State is how far the writing of a file is: all that is needed to go on from
// there and to get the file, the counts and the warnings that an export without
// an interruption gives. It holds for the same content of a snapshot, the same
// options and the same version of this package.
type State struct {
	Done  bool  `json:"done"`
	After int64 `json:"after"` // the records up to this key are written
	Rows  int64 `json:"rows"`  // data records
	Bytes int64 `json:"bytes"` // with the header
	// Counted and Said are what there is to warn of up to here.
	Counted []Counted             `json:"counted,omitempty"`
	Said    []pipeline.Diagnostic `json:"said,omitempty"`
	// Rejected are the rows that were left out up to here, for the file of those,
	// which is always written from its start.
	Rejected []RejectedRow `json:"rejected,omitempty"`
}

// mostRejected is how many rejected rows of a file are kept in a state. From the
// state before there are more the file is gone on with.
const mostRejected = 5000

// Counted is how many rows something happened to.
type Counted struct {
	Key     string `json:"key"`
	Text    string `json:"text"` // with places for the count and the example
	Count   int64  `json:"count"`
	Example int64  `json:"example"` // the smallest key
}

// keep puts what was noted into a state.
func (s *State) keep(n *notes) {
	s.Said = slices.Clone(n.fixed)
	for _, id := range n.ids() {
		x := n.counts[id]
		s.Counted = append(s.Counted, Counted{Key: id.key, Text: id.text, Count: x.count, Example: x.example})
	}
}

// notes is what was noted up to the state.
func (s *State) notes() notes {
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
	w.notes = s.notes()
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
	s.keep(&w.notes)
	s.Rejected = slices.Clone(w.left)
	w.keeper.Keep(s)
}
