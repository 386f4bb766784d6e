package grid

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// keyMoves and ctrlMoves are the steps that keys make, alone and with Ctrl.
var (
	keyMoves = map[fyne.KeyName]Move{
		fyne.KeyUp: MoveUp, fyne.KeyDown: MoveDown, fyne.KeyLeft: MoveLeft, fyne.KeyRight: MoveRight,
		fyne.KeyPageUp: MovePageUp, fyne.KeyPageDown: MovePageDown,
		fyne.KeyHome: MoveRowStart, fyne.KeyEnd: MoveRowEnd,
	}
	ctrlMoves = map[fyne.KeyName]Move{
		fyne.KeyHome: MoveFirstRow, fyne.KeyEnd: MoveLastRow, fyne.KeyUp: MoveFirstRow, fyne.KeyDown: MoveLastRow,
		fyne.KeyLeft: MoveRowStart, fyne.KeyRight: MoveRowEnd,
	}
)

const widthStep = 16 // pixels that + and - change a column's width by

// Step moves the cursor as a key does.
func (g *Grid) Step(m Move) {
	if g.o.OnStep != nil {
		defer func(began time.Time) { g.o.OnStep(time.Since(began)) }(time.Now())
	}
	g.step(m)
}

func (g *Grid) step(m Move) {
	if (m == MoveFirstRow || m == MoveLastRow) && g.o.OnLeap != nil && g.o.OnLeap(m) {
		return
	}
	g.view.Rows = max(0, g.o.Model.Rows())
	place := max(0, g.columns.Place(g.col))
	c := Cursor{Row: g.row, Col: place}.Moved(m, g.view.Rows, g.columns.Len(), g.view.Fit())
	if g.columns.Len() == 0 {
		return
	}
	switch m {
	case MovePageUp, MovePageDown:
		// The page turns as a whole: the cursor keeps its place on the screen.
		g.view.ScrollTo(g.view.Top + c.Row - g.row)
	}
	g.view.Reveal(c.Row)
	g.moveCursor(c.Row, g.columns.Index(c.Col))
}

// TypedKey moves the cursor; keys without a use go to OnKey.
func (g *Grid) TypedKey(e *fyne.KeyEvent) {
	if m, ok := keyMoves[e.Name]; ok {
		g.Step(m)
		return
	}
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if g.o.OnActivate != nil {
			g.o.OnActivate(g.row, g.col)
		}
	default:
		if g.o.OnKey != nil {
			g.o.OnKey(e.Name, g.shift)
		}
	}
}

// TypedRune makes the column in focus wider or narrower with + and -.
func (g *Grid) TypedRune(r rune) {
	step := map[rune]float64{'+': widthStep, '-': -widthStep}[r]
	if p := g.columns.Place(g.col); step != 0 && p >= 0 {
		_, w := g.columns.Span(p)
		g.columns.Resize(g.col, w+step)
		g.draw()
		if g.o.OnWidths != nil {
			g.o.OnWidths()
		}
	}
}

// TypedShortcut moves the cursor to the ends, offers the shortcut to OnShortcut,
// and last to the window, which never sees a shortcut that a focused widget got.
func (g *Grid) TypedShortcut(s fyne.Shortcut) {
	if c, ok := s.(*desktop.CustomShortcut); ok {
		if m, ok := ctrlMoves[c.KeyName]; ok && c.Modifier == fyne.KeyModifierShortcutDefault {
			g.Step(m)
			return
		}
		if c.KeyName == fyne.KeyDown && c.Modifier == fyne.KeyModifierAlt {
			g.menuByKey()
			return
		}
	}
	if g.o.OnShortcut != nil && g.o.OnShortcut(s) {
		return
	}
	if c, ok := fyne.CurrentApp().Driver().CanvasForObject(g).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

// menuByKey opens the menu of the cell in focus below it.
func (g *Grid) menuByKey() {
	p := g.columns.Place(g.col)
	if p < 0 || g.o.OnMenu == nil {
		return
	}
	y := HeaderHeight + float64(g.row-g.view.Top+1)*g.view.RowHeight - g.view.Offset
	x, w := g.rightEdge(p), 0.0
	_, w = g.columns.Span(p)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(g)
	g.o.OnMenu(g.row, g.col, at.AddXY(float32(max(0, x-w)), float32(max(HeaderHeight, min(y, HeaderHeight+g.view.Height)))))
}

// KeyDown and KeyUp keep track of Shift, which the toolkit tells of in no other way.
func (g *Grid) KeyDown(e *fyne.KeyEvent) { g.setShift(e.Name, true) }

// KeyUp tells that a key was let go.
func (g *Grid) KeyUp(e *fyne.KeyEvent) { g.setShift(e.Name, false) }

func (g *Grid) setShift(k fyne.KeyName, down bool) {
	if k == desktop.KeyShiftLeft || k == desktop.KeyShiftRight {
		g.shift = down
	}
}

// FocusGained and FocusLost show where the keyboard is.
func (g *Grid) FocusGained() {
	g.focused = true
	g.draw()
}

// FocusLost tells that the keyboard went elsewhere.
func (g *Grid) FocusLost() {
	g.focused, g.shift = false, false
	g.draw()
}

// focus asks the window for the keyboard.
func (g *Grid) focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(g); c != nil && !g.focused {
		c.Focus(g)
	}
}

// Focus puts the keyboard on the grid.
func (g *Grid) Focus() { g.focus() }

// Cursor is what the mouse pointer looks like at the moment: it tells that an edge
// can be dragged.
func (g *Grid) Cursor() desktop.Cursor {
	if g.hover >= 0 || g.grip.kind == holdEdge {
		return desktop.HResizeCursor
	}
	return desktop.DefaultCursor
}
