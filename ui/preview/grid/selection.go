package grid

import "fyne.io/fyne/v2"

// Range is a block of cells: rows [From, To) and the shown places [First, Last) of
// columns.
type Range struct {
	From, To    int64
	First, Last int
}

// holds reports whether a cell is in the range.
func (r Range) holds(row int64, place int) bool {
	return row >= r.From && row < r.To && place >= r.First && place < r.Last
}

// corner is the cell at which a range began; the cell in focus is the other corner.
type corner struct {
	set bool
	row int64
	col int // the data's index
}

// Range is what is chosen: the cell in focus and, if there is more, all cells between it
// and where choosing began; some says that there is more.
func (g *Grid) Range() (r Range, some bool) {
	place := g.columns.Place(g.col)
	r = Range{g.row, g.row + 1, place, place + 1}
	if !g.corner.set {
		return r, false
	}
	if p := g.columns.Place(g.corner.col); p >= 0 {
		r.First, r.Last = min(p, place), max(p, place)+1
	}
	r.From, r.To = min(g.corner.row, g.row), max(g.corner.row, g.row)+1
	return r, r.To-r.From > 1 || r.Last-r.First > 1
}

// Unchoose leaves the cell in focus alone chosen, and reports whether there was more.
func (g *Grid) Unchoose() bool {
	_, some := g.Range()
	g.corner = corner{}
	if some {
		g.draw()
		g.toldRange()
	}
	return some
}

// extend lets a range begin at the cell in focus, unless one has begun.
func (g *Grid) extend() {
	if !g.corner.set {
		g.corner = corner{true, g.row, g.col}
	}
}

// Extend moves the cursor as a key does with Shift: the range goes to where it is then.
func (g *Grid) Extend(m Move) {
	g.extend()
	g.step(m)
	g.toldRange()
}

// extendTo makes the range go to a cell; row or place -1 keep theirs.
func (g *Grid) extendTo(row int64, place int) {
	g.extend()
	g.pick(row, place)
	g.toldRange()
}

func (g *Grid) toldRange() {
	if g.o.OnRange != nil {
		g.o.OnRange()
	}
}

// dragCells makes the range go to the cell under the pointer, or to the next one beyond
// the edge of what is in sight.
func (g *Grid) dragCells(p fyne.Position) {
	y := float64(p.Y) - HeaderHeight
	row := g.view.RowAt(min(max(y, 0), g.view.Height-1))
	switch from, n := g.view.Whole(); {
	case y < 0:
		row = from - 1
	case y >= g.view.Height:
		row = from + n
	}
	row = max(0, min(row, g.view.Rows-1))
	place := g.placeAt(min(float64(p.X), g.bodyWidth()-1))
	if row == g.row && (place < 0 || g.columns.Index(place) == g.col) {
		return
	}
	g.view.Reveal(row)
	g.extendTo(row, place)
}
