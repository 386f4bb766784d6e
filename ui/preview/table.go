package preview

import (
	"sluice/csvfile"
	"sluice/ui/preview/celltext"
	"sluice/ui/preview/grid"
)

// Stand-ins for what is not there.
const (
	waiting = "…" // the row is being read
	noField = "–" // the row has no such field
	noValue = "NULL"
)

// table is a session as the grid asks for it.
type table struct{ s *session }

// Rows is how many rows can be scrolled to.
func (t *table) Rows() int64 {
	s := t.s
	switch {
	case s == nil:
		return 0
	case s.inTail():
		return int64(len(s.tail))
	}
	n, _ := s.shown.Total()
	if s.asFile() {
		n = max(n, s.firstRows)
	}
	return n
}

// record is a row that is in memory.
func (t *table) record(row int64) (csvfile.Row, bool) {
	if t.s == nil {
		return csvfile.Row{}, false
	}
	if t.s.inTail() {
		if row < 0 || row >= int64(len(t.s.tail)) {
			return csvfile.Row{}, false
		}
		return t.s.tail[row], true
	}
	return t.s.pages.Row(row)
}

// Cell is a field on one line; the ids of users and spaces show their names.
func (t *table) Cell(row int64, col int) grid.Cell {
	r, ok := t.record(row)
	switch {
	case !ok:
		return grid.Cell{Text: waiting, Tone: grid.ToneFaint}
	case col >= len(r.Fields):
		return grid.Cell{Text: noField, Tone: grid.ToneFaint}
	case r.Null(col):
		return grid.Cell{Text: noValue, Tone: grid.ToneFaint}
	}
	text := r.Fields[col]
	c := grid.Cell{Text: celltext.OneLine(text, shownRunes)}
	if name := t.s.nameOf(col, text); name != "" {
		c.Text = celltext.OneLine(name, shownRunes)
	}
	c.Hit = t.s.matches(col, text)
	return c
}

// RowLabel is the row's number in the file, counted from 1; rows of the tail have
// none until the index is complete. A ragged row has an exclamation mark.
func (t *table) RowLabel(row int64) (string, grid.Tone) {
	r, ok := t.record(row)
	n := row
	switch {
	case ok && r.Number >= 0:
		n = r.Number
	case t.s == nil || t.s.inTail() || !t.s.asFile():
		n = -1
	}
	label, tone := "", grid.TonePlain
	if n >= 0 {
		label = group(n + 1)
	}
	if ok && t.s.ragged(r) {
		return "! " + label, grid.ToneWarning
	}
	return label, tone
}

// WidestLabel has as many digits as the last row of the file.
func (t *table) WidestLabel() string {
	if t.s == nil {
		return ""
	}
	n, _ := t.s.f.Total()
	return "! " + group(max(n, t.s.firstRows))
}
