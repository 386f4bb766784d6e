package grid

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Sizes of the drawing in pixels.
const (
	RowHeight    = 32
	HeaderHeight = 36
	cellPad      = 12 // room at both sides of a cell's text
	barSize      = 12 // scroll bars
	cornerRadius = 11 // of the card that the grid fills
	handleReach  = 5  // how near to a column's edge the pointer takes hold of it
)

// Options are the callbacks of a grid; each may be nil. All of them run on the UI
// goroutine.
type Options struct {
	// Model is the data; required.
	Model Model
	// Dispatch runs a function on the UI goroutine; nil runs it in place.
	Dispatch func(func())
	// Coalesce is the shortest time between two scroll steps of the mouse wheel;
	// what the wheel turns in between is gathered. 0 gathers nothing.
	Coalesce time.Duration
	// OnView tells which rows are in sight, after every change of them.
	OnView func(from, n int64)
	// OnCursor tells that another cell is in focus; col is the data's index.
	OnCursor func(row int64, col int)
	// OnRange tells that other cells are chosen; see [Grid.Range].
	OnRange func()
	// OnMenu asks for the menu of a cell, or of a column (row -1), at a place on the canvas.
	OnMenu func(row int64, col int, at fyne.Position)
	// OnWidths tells that the user gave a column another width.
	OnWidths func()
	// OnAutoWidth asks for the column to be made as wide as its content.
	OnAutoWidth func(col int)
	// OnActivate tells that a cell was asked for in full, by Enter or a double click.
	OnActivate func(row int64, col int)
	// OnLeap is asked before a step to the first or the last row; it reports whether
	// it went there itself.
	OnLeap func(m Move) bool
	// OnStep tells how long a step by keyboard took, with all that the owner does
	// about it; the drawing of the toolkit comes after it.
	OnStep func(took time.Duration)
	// OnKey gets the keys that the grid has no use for.
	OnKey func(*fyne.KeyEvent)
	// OnShortcut gets the shortcuts; it reports whether it had a use for one.
	OnShortcut func(fyne.Shortcut) bool
}

// Grid is the table. It takes the focus, the keyboard and the mouse wheel itself.
type Grid struct {
	widget.BaseWidget
	o Options

	view    Viewport
	columns Columns
	scrollX float64 // pixels that the scrolling columns are moved to the left
	row     int64   // cell in focus; col is the data's index
	col     int
	corner  corner   // where the range of chosen cells began
	chosen  struct { // as it is drawn
		Range
		some bool
	}
	focused bool
	grip    grip // what the pointer holds
	pressed bool // a mouse button was pressed, and the tap that follows is still to come
	hover   int  // place whose edge the pointer is at, -1
	wheel   wheel

	colors             palette
	parts              *renderer // nil until the grid is first shown
	plain, bold        *ruler
	textSize           float32
	textHeight         float64
	rows, cells        *layer // labels and frozen columns; scrolling columns
	head, headScroll   *layer
	bodyClip, cellClip *container.Clip
	headClip           *container.Clip
	lastFrom, lastN    int64
}

var (
	_ fyne.Focusable         = (*Grid)(nil)
	_ fyne.Scrollable        = (*Grid)(nil)
	_ fyne.Draggable         = (*Grid)(nil)
	_ fyne.DoubleTappable    = (*Grid)(nil)
	_ fyne.Shortcutable      = (*Grid)(nil)
	_ desktop.Mouseable      = (*Grid)(nil)
	_ desktop.Hoverable      = (*Grid)(nil)
	_ desktop.Cursorable     = (*Grid)(nil)
	_ fyne.WidgetRenderer    = (*renderer)(nil)
	_ fyne.SecondaryTappable = (*Grid)(nil)
)

// New makes a grid without columns; see [Grid.SetColumns].
func New(o Options) *Grid {
	if o.Dispatch == nil {
		o.Dispatch = func(f func()) { f() }
	}
	g := &Grid{o: o, hover: -1, view: Viewport{RowHeight: RowHeight}, lastFrom: -1}
	g.cells = newLayer()
	g.cellClip = container.NewClip(g.cells.object)
	g.rows = newLayer(g.cellClip)
	g.bodyClip = container.NewClip(g.rows.object)
	g.headScroll = newLayer()
	g.headClip = container.NewClip(g.headScroll.object)
	g.head = newLayer(g.headClip)
	g.wheel = wheel{every: o.Coalesce, dispatch: o.Dispatch, apply: g.turned, now: time.Now}
	g.ExtendBaseWidget(g)
	g.restyle()
	return g
}

// restyle looks colours and fonts up again: at the start and when the theme changes.
func (g *Grid) restyle() {
	th := g.Theme()
	g.colors = newPalette(th, fyne.CurrentApp().Settings().ThemeVariant())
	size := th.Size(theme.SizeNameText) - 1
	if g.plain == nil || g.textSize != size {
		g.textSize = size
		g.plain = newRuler(th, size, fyne.TextStyle{})
		g.bold = newRuler(th, size, fyne.TextStyle{Bold: true})
		g.textHeight = float64(fyne.MeasureText("Ág", size, fyne.TextStyle{}).Height)
	}
}

// SetColumns replaces the columns; the cursor stays on its column if it can.
func (g *Grid) SetColumns(all []Column) {
	g.columns.Set(all)
	g.ColumnsChanged()
}

// Columns is the state of the columns. Call [Grid.ColumnsChanged] after changing it.
func (g *Grid) Columns() *Columns { return &g.columns }

// ColumnsChanged redraws after a change of the columns.
func (g *Grid) ColumnsChanged() {
	if g.columns.Len() > 0 && g.columns.Place(g.col) < 0 {
		g.col = g.columns.Index(0)
	}
	if g.columns.Place(g.corner.col) < 0 {
		g.corner = corner{}
	}
	g.draw()
}

// DataChanged redraws after rows came or went.
func (g *Grid) DataChanged() {
	g.view.Rows = max(0, g.o.Model.Rows())
	g.view.Clamp()
	g.row = max(0, min(g.row, g.view.Rows-1))
	g.corner.row = max(0, min(g.corner.row, g.view.Rows-1))
	g.draw()
}

// FocusCell is the cell in focus: its row and the data's index of its column.
func (g *Grid) FocusCell() (row int64, col int) { return g.row, g.col }

// Select puts the focus on a cell and brings it into sight; a row that is out of
// sight comes to the middle. A hidden column leaves the focus in its column.
func (g *Grid) Select(row int64, col int) {
	g.Unchoose()
	g.view.Rows = max(0, g.o.Model.Rows())
	row = max(0, min(row, g.view.Rows-1))
	g.view.RevealCentred(row)
	g.moveCursor(row, col)
}

// moveCursor sets the focus and tells about it.
func (g *Grid) moveCursor(row int64, col int) {
	if g.columns.Place(col) < 0 {
		col = g.col
	}
	changed := row != g.row || col != g.col
	g.row, g.col = row, col
	g.revealColumn()
	g.draw()
	if changed && g.o.OnCursor != nil {
		g.o.OnCursor(g.row, g.col)
	}
}

// revealColumn scrolls sideways until the column in focus is in sight.
func (g *Grid) revealColumn() {
	p := g.columns.Place(g.col)
	if p < g.columns.Frozen() {
		return
	}
	x, w := g.columns.Span(p)
	room := g.scrollRoom()
	if x+w > g.scrollX+room {
		// The first column in sight is a whole one, where the room allows it.
		g.scrollX = x + w - room
		if from, _ := g.columns.InSight(g.scrollX, room); from < p {
			if start, width := g.columns.Span(from); start < g.scrollX {
				g.scrollX = start + width
			}
		}
	}
	if x < g.scrollX {
		g.scrollX = x
	}
}

// Whole says which rows are shown, as a reader would count them.
func (g *Grid) Whole() (from, n int64) { return g.view.Whole() }

// InSight says which rows are in sight, cut ones included.
func (g *Grid) InSight() (from, n int64) { return g.view.Visible() }

// ScrollTo shows row at the top and leaves the focus where it is.
func (g *Grid) ScrollTo(row int64) {
	g.view.ScrollTo(row)
	g.draw()
}

// TextWidth is the width a column needs for a line of text, padding included.
func (g *Grid) TextWidth(s string, header bool) float64 {
	r := g.plain
	if header {
		r = g.bold
	}
	return r.width(s, MaxColumnWidth) + 2*cellPad + 1
}

// Refresh draws the grid anew, with the colours of the theme.
func (g *Grid) Refresh() {
	g.restyle()
	g.view.Rows = max(0, g.o.Model.Rows())
	g.view.Clamp()
	g.draw()
	g.BaseWidget.Refresh()
}

// Texts are the texts that are drawn, for those who test what is shown: titles,
// labels and cells as far as they are in sight.
func (g *Grid) Texts() []string {
	var out []string
	for _, l := range []*layer{g.head, g.headScroll, g.rows, g.cells} {
		out = append(out, l.shown()...)
	}
	return out
}

// MinSize leaves room for the header and three rows.
func (g *Grid) MinSize() fyne.Size {
	g.ExtendBaseWidget(g)
	return fyne.NewSize(160, HeaderHeight+3*RowHeight+barSize)
}
