package changes

import "slices"

// Observer is told of what differs, cell by cell. Its methods are called from one
// goroutine at a time; what they are given is valid during the call. Rows that are too
// large to be held whole are not told.
type Observer interface {
	// Begin is told that a file is compared from its start, also if it was before: then
	// what was told of it does not count.
	Begin(file string)
	// Cell is told of two cells of a column that differ.
	Cell(file, column string, a, b Row)
	// OnlyA and OnlyB are told of rows that only one side has.
	OnlyA(file string, row Row)
	OnlyB(file string, row Row)
}

// Row is a row of one side.
type Row struct{ s *side }

// Cell is the value of a column; nil if there is none.
func (r Row) Cell(column string) []byte {
	i := slices.Index(r.s.t.header, column)
	if i < 0 {
		return nil
	}
	return r.s.walk.Cell(i)
}

// observing tells an observer, in turns.
func (m *merger) observing(tell func(o Observer, file string)) {
	p := m.pair
	if p.observer == nil {
		return
	}
	p.turn.Lock()
	defer p.turn.Unlock()
	tell(p.observer, p.name)
}

// only tells of the current row of a side that the other has not.
func (m *merger) only(s *side, tell func(o Observer, file string, r Row)) {
	if m.pair.observer == nil || s.walk.Large() {
		return
	}
	s.walk.Cells()
	m.observing(func(o Observer, file string) { tell(o, file, Row{s}) })
}
