package grid

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sluice/ui/keymap"
	"sluice/ui/look"
	"sluice/ui/texts"
)

// GridKeys is what keys do in the table.
func GridKeys() keymap.Map[*Grid] {
	t := texts.T.Keys
	moves := func(does string, moves map[fyne.KeyName]Move, strokes []keymap.Stroke) keymap.Binding[*Grid] {
		return keymap.Binding[*Grid]{Strokes: strokes, Does: does, Do: func(g *Grid, s keymap.Stroke) { g.Step(moves[s.Key]) }}
	}
	extends := func(moves map[fyne.KeyName]Move, strokes ...keymap.Stroke) keymap.Binding[*Grid] {
		return keymap.Binding[*Grid]{Strokes: strokes, Does: t.Range, Do: func(g *Grid, s keymap.Stroke) { g.Extend(moves[s.Key]) }}
	}
	both := fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift
	return keymap.Map[*Grid]{
		extends(map[fyne.KeyName]Move{fyne.KeyUp: MoveUp, fyne.KeyDown: MoveDown}, keymap.Shift(fyne.KeyUp, fyne.KeyDown)...),
		extends(map[fyne.KeyName]Move{fyne.KeyLeft: MoveLeft, fyne.KeyRight: MoveRight}, keymap.Shift(fyne.KeyLeft, fyne.KeyRight)...),
		extends(map[fyne.KeyName]Move{fyne.KeyPageUp: MovePageUp, fyne.KeyPageDown: MovePageDown}, keymap.Shift(fyne.KeyPageUp, fyne.KeyPageDown)...),
		extends(map[fyne.KeyName]Move{fyne.KeyHome: MoveRowStart, fyne.KeyEnd: MoveRowEnd}, keymap.Shift(fyne.KeyHome, fyne.KeyEnd)...),
		extends(map[fyne.KeyName]Move{fyne.KeyHome: MoveFirstRow, fyne.KeyEnd: MoveLastRow}, keymap.With(both, fyne.KeyHome, fyne.KeyEnd)...),
		moves(t.Cells, map[fyne.KeyName]Move{fyne.KeyUp: MoveUp, fyne.KeyDown: MoveDown, fyne.KeyLeft: MoveLeft, fyne.KeyRight: MoveRight}, keymap.Arrows()),
		moves(t.Pages, map[fyne.KeyName]Move{fyne.KeyPageUp: MovePageUp, fyne.KeyPageDown: MovePageDown}, keymap.Keys(fyne.KeyPageUp, fyne.KeyPageDown)),
		moves(t.Columns, map[fyne.KeyName]Move{fyne.KeyHome: MoveRowStart, fyne.KeyEnd: MoveRowEnd}, keymap.Keys(fyne.KeyHome, fyne.KeyEnd)),
		moves(t.Columns, map[fyne.KeyName]Move{fyne.KeyLeft: MoveRowStart, fyne.KeyRight: MoveRowEnd}, keymap.Ctrl(fyne.KeyLeft, fyne.KeyRight)),
		moves(t.Rows, map[fyne.KeyName]Move{fyne.KeyHome: MoveFirstRow, fyne.KeyEnd: MoveLastRow}, keymap.Ctrl(fyne.KeyHome, fyne.KeyEnd)),
		moves(t.Rows, map[fyne.KeyName]Move{fyne.KeyUp: MoveFirstRow, fyne.KeyDown: MoveLastRow}, keymap.Ctrl(fyne.KeyUp, fyne.KeyDown)),
		{Strokes: keymap.Keys(fyne.KeyReturn), Does: t.ShowCell, Do: func(g *Grid, _ keymap.Stroke) {
			if g.o.OnActivate != nil {
				g.o.OnActivate(g.row, g.col)
			}
		}},
		{Strokes: slices.Concat(keymap.Alt(fyne.KeyDown), keymap.Menu()), Does: t.CellMenu, Do: func(g *Grid, _ keymap.Stroke) { g.menuByKey() }},
		{Strokes: keymap.Runes("+-"), Does: t.Widths, Do: func(g *Grid, s keymap.Stroke) {
			g.widen(map[rune]float64{'+': widthStep, '-': -widthStep}[s.Rune])
		}},
	}
}

const widthStep = 16 // pixels that + and - change a column's width by

// Step moves the cursor as a key does.
func (g *Grid) Step(m Move) {
	if g.o.OnStep != nil {
		defer func(began time.Time) { g.o.OnStep(time.Since(began)) }(time.Now())
	}
	g.Unchoose()
	g.step(m)
}

func (g *Grid) step(m Move) {
	if (m == MoveFirstRow || m == MoveLastRow) && !g.corner.set && g.o.OnLeap != nil && g.o.OnLeap(m) {
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
	if e.Name == fyne.KeyEscape && g.Unchoose() {
		return
	}
	if !GridKeys().Run(g, keymap.Typed(e)) && g.o.OnKey != nil {
		g.o.OnKey(e)
	}
}

// TypedRune takes the letters that do something.
func (g *Grid) TypedRune(r rune) { GridKeys().Run(g, keymap.TypedRune(r)) }

// widen makes the column in focus wider, or narrower.
func (g *Grid) widen(by float64) {
	p := g.columns.Place(g.col)
	if p < 0 {
		return
	}
	_, w := g.columns.Span(p)
	g.columns.Resize(g.col, w+by)
	g.draw()
	if g.o.OnWidths != nil {
		g.o.OnWidths()
	}
}

// TypedShortcut moves the cursor to the ends, offers the shortcut to OnShortcut,
// and last to the window, which never sees a shortcut that a focused widget got.
func (g *Grid) TypedShortcut(s fyne.Shortcut) {
	if stroke, ok := keymap.Shortcut(s); ok && GridKeys().Run(g, stroke) {
		return
	}
	if g.o.OnShortcut == nil || !g.o.OnShortcut(s) {
		look.ShortcutToWindow(g, s)
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
	look.BeginMenu(g)
}

// FocusGained and FocusLost show where the keyboard is.
func (g *Grid) FocusGained() { g.setFocused(true) }

// FocusLost tells that the keyboard went elsewhere.
func (g *Grid) FocusLost() { g.setFocused(false) }

func (g *Grid) setFocused(on bool) {
	g.focused = on
	if g.parts != nil {
		g.parts.ring.Show(on)
	}
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
