package changes

import (
	"slices"
	"time"
)

// Observer is told of what differs, cell by cell. Its methods are called from one
// goroutine at a time; what they are given is valid during the call. Rows that are too
// large to be held whole are not told.
type Observer interface {
	// Begin is told that a file is compared from its start, also if it was before: then
	// what was told of it does not count.
	Begin(file string)
	// Cell is told of two cells of a column that differ.
	Cell(file, column string, a, b Row)
	// Both is told of a row that both sides have, as it stands in A.
	Both(file string, row Row)
	// OnlyA is told of a row that B lacks. asked reports whether B asked for it, as far as
	// is known: that it lacks another one tells nothing.
	OnlyA(file string, row Row, asked bool)
	// OnlyB is told of a row that A lacks.
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

// Changed is when the row was changed last, as its cells say. ok is false if they do not.
func (r Row) Changed() (at time.Time, ok bool) {
	at, err := time.Parse(time.RFC3339, string(r.s.changed()))
	return at, err == nil
}

// changed is the cell with the date of the last change of the current row, of which the
// cells are known; nil if there is none.
func (s *side) changed() []byte {
	for _, column := range s.t.dates {
		if date := s.walk.Cell(column); len(date) > 0 {
			return date
		}
	}
	return nil
}

// Whole reports whether a file is exported whole, whatever the from date.
func Whole(file string) bool { return slices.Contains(whole, file) }

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

// tell tells of the current row of a side.
func (m *merger) tell(s *side, say func(o Observer, file string, r Row)) {
	if m.pair.observer == nil || s.walk.Large() {
		return
	}
	s.walk.Cells()
	m.observing(func(o Observer, file string) { say(o, file, Row{s}) })
}
