package grid

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sluice/ui/keymap"
)

// Steps of the wheel: the toolkit reports 10 pixels for one notch; these make it
// about three rows down and a narrow column sideways.
const (
	wheelRows    = 3 * RowHeight / 10.0
	wheelColumns = 6
)

// grip is what the pointer holds while its button is down.
type grip struct {
	kind  gripKind
	col   int     // data's index of the column that is resized
	start float64 // its edge, or the place of the thumb that was taken
}

type gripKind int

const (
	holdNothing gripKind = iota
	holdEdge
	holdVBar
	holdHBar
	holdCells
)

// zone is the part of the grid at a position.
type zone int

const (
	zoneNone zone = iota
	zoneHeader
	zoneEdge // the edge of a column in the header: place is the column at its left
	zoneBody
	zoneVBar
	zoneHBar
)

// at says what is at a position: the row and the shown place of the column, -1 where none is.
func (g *Grid) at(p fyne.Position) (z zone, row int64, place int) {
	x, y := float64(p.X), float64(p.Y)
	row, place = -1, -1
	switch {
	case x >= g.bodyWidth():
		return zoneVBar, row, place
	case y >= HeaderHeight+g.view.Height:
		return zoneHBar, row, place
	case y < HeaderHeight:
		if e := g.edgeAt(x); e >= 0 {
			return zoneEdge, row, e
		}
		return zoneHeader, row, g.placeAt(x)
	}
	return zoneBody, g.view.RowAt(y - HeaderHeight), g.placeAt(x)
}

func (g *Grid) placeAt(x float64) int {
	if x < g.left() {
		return g.columns.Hit(x-g.labelWidth(), true)
	}
	return g.columns.Hit(x-g.left()+g.scrollX, false)
}

// edgeAt is the place of the column whose right edge is within reach of x, -1 if none is.
func (g *Grid) edgeAt(x float64) int {
	for _, near := range []float64{x - handleReach, x + handleReach} {
		p := g.placeAt(near)
		if p >= 0 && math.Abs(g.rightEdge(p)-x) <= handleReach {
			return p
		}
	}
	return -1
}

// rightEdge is where the column at a place ends, in pixels of the grid.
func (g *Grid) rightEdge(place int) float64 {
	x, w := g.columns.Span(place)
	if place < g.columns.Frozen() {
		return g.labelWidth() + x + w
	}
	return g.left() + x + w - g.scrollX
}

// MouseDown puts the focus on a cell or takes hold of an edge or a scroll bar.
func (g *Grid) MouseDown(e *desktop.MouseEvent) {
	g.focus()
	g.pressed = true
	z, row, place := g.at(e.Position)
	if e.Button == desktop.MouseButtonSecondary {
		g.openMenu(z, row, place, e.AbsolutePosition)
		return
	}
	if z == zoneBody && e.Modifier&fyne.KeyModifierShift != 0 {
		g.grip = grip{kind: holdCells}
		g.extendTo(row, place)
		return
	}
	g.press(z, row, place, e.Position)
}

func (g *Grid) press(z zone, row int64, place int, p fyne.Position) {
	g.grip = grip{}
	switch z {
	case zoneEdge:
		g.grip = grip{kind: holdEdge, col: g.columns.Index(place), start: g.rightEdge(place) - float64(p.X)}
	case zoneHeader, zoneBody:
		g.Unchoose()
		g.pick(row, place)
		if z == zoneBody {
			g.grip = grip{kind: holdCells}
		}
	case zoneVBar:
		at, length := thumb(g.view.Height, g.view.Fraction(), g.view.Share())
		g.grip = grip{kind: holdVBar, start: hold(float64(p.Y)-HeaderHeight, at, length)}
		g.dragBar(p)
	case zoneHBar:
		at, length := thumb(g.scrollRoom(), g.xFraction(), g.xShare())
		g.grip = grip{kind: holdHBar, start: hold(float64(p.X)-g.left(), at, length)}
		g.dragBar(p)
	}
}

// hold is where on the thumb the pointer took it: its middle when it was beside it.
func hold(pointer, at, length float64) float64 {
	if pointer < at || pointer > at+length {
		return length / 2
	}
	return pointer - at
}

func (g *Grid) xShare() float64 { return g.scrollRoom() / max(1, g.columns.ScrollWidth()) }

func (g *Grid) xFraction() float64 {
	return g.scrollX / max(1, g.columns.ScrollWidth()-g.scrollRoom())
}

// pick moves the cursor to what was clicked; row or place -1 keep theirs.
func (g *Grid) pick(row int64, place int) {
	if row < 0 {
		row = g.row
	}
	col := g.col
	if place >= 0 {
		col = g.columns.Index(place)
	}
	g.moveCursor(row, col)
}

func (g *Grid) openMenu(z zone, row int64, place int, at fyne.Position) {
	if place < 0 || z == zoneVBar || z == zoneHBar {
		return
	}
	if r, some := g.Range(); !some || !r.holds(row, place) { // the menu of a range is about the range
		g.Unchoose()
		g.pick(row, place)
	}
	if g.o.OnMenu != nil {
		g.o.OnMenu(row, g.columns.Index(place), at)
	}
}

// MouseUp lets go.
func (g *Grid) MouseUp(*desktop.MouseEvent) { g.release() }

// DragEnd lets go.
func (g *Grid) DragEnd() { g.release() }

func (g *Grid) release() {
	if g.grip.kind == holdEdge && g.o.OnWidths != nil {
		g.o.OnWidths()
	}
	g.grip = grip{}
}

// Dragged resizes the column or moves the scroll bar that the pointer holds.
func (g *Grid) Dragged(e *fyne.DragEvent) {
	if g.grip.kind == holdEdge {
		if p := g.columns.Place(g.grip.col); p >= 0 {
			_, w := g.columns.Span(p)
			g.columns.Resize(g.grip.col, w+float64(e.Position.X)+g.grip.start-g.rightEdge(p))
			g.draw()
		}
		return
	}
	if g.grip.kind == holdCells {
		g.dragCells(e.Position)
		return
	}
	g.dragBar(e.Position)
}

func (g *Grid) dragBar(p fyne.Position) {
	switch g.grip.kind {
	case holdVBar:
		g.view.SetFraction(thumbPosition(g.view.Height, float64(p.Y)-HeaderHeight-g.grip.start, g.view.Share()))
	case holdHBar:
		f := thumbPosition(g.scrollRoom(), float64(p.X)-g.left()-g.grip.start, g.xShare())
		g.scrollX = f * (g.columns.ScrollWidth() - g.scrollRoom())
	default:
		return
	}
	g.draw()
}

// Tapped does for a touch what a press of the mouse button did already. After such
// a press it comes late, as it might have become a double click.
func (g *Grid) Tapped(e *fyne.PointEvent) {
	if g.pressed {
		g.pressed = false
		return
	}
	if z, row, place := g.at(e.Position); z == zoneBody || z == zoneHeader {
		g.focus()
		g.pick(row, place)
	}
}

// TappedSecondary is taken so that nothing below gets it; MouseDown opens the menu.
func (g *Grid) TappedSecondary(*fyne.PointEvent) {}

// DoubleTapped fits a column to its content or opens a cell.
func (g *Grid) DoubleTapped(e *fyne.PointEvent) {
	g.pressed = false
	switch z, row, place := g.at(e.Position); {
	case z == zoneEdge && g.o.OnAutoWidth != nil:
		g.o.OnAutoWidth(g.columns.Index(place))
	case z == zoneBody && row >= 0 && place >= 0 && g.o.OnActivate != nil:
		g.o.OnActivate(row, g.columns.Index(place))
	}
}

// Scrolled takes the mouse wheel; with Shift it turns sideways.
func (g *Grid) Scrolled(e *fyne.ScrollEvent) {
	dx, dy := float64(e.Scrolled.DX), float64(e.Scrolled.DY)
	if keymap.Held()&fyne.KeyModifierShift != 0 && dx == 0 {
		dx, dy = dy, 0
	}
	g.wheel.turn(dx, dy)
}

// turned scrolls by what the wheel gathered.
func (g *Grid) turned(dx, dy float64) {
	g.view.ScrollBy(-dy * wheelRows)
	g.scrollX -= dx * wheelColumns
	g.draw()
}

// MouseIn, MouseMoved and MouseOut light up the edge that can be dragged.
func (g *Grid) MouseIn(e *desktop.MouseEvent) { g.MouseMoved(e) }

// MouseMoved lights up the edge under the pointer.
func (g *Grid) MouseMoved(e *desktop.MouseEvent) {
	z, _, place := g.at(e.Position)
	if z != zoneEdge {
		place = -1
	}
	g.lightEdge(place)
}

// MouseOut puts the lit edge out.
func (g *Grid) MouseOut() { g.lightEdge(-1) }

func (g *Grid) lightEdge(place int) {
	if g.hover != place {
		g.hover = place
		g.draw()
	}
}
