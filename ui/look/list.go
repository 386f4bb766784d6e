package look

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sluice/ui/keymap"
	"sluice/ui/texts"
)

// List is the toolkit's list with a ring around the line that the keyboard is on, the
// keys that lists have, and the other keys for the window.
type List struct {
	widget.List
	take func(i int)
	// OnHover, if not nil, is told the line that the pointer is over, and when it is left.
	OnHover func(i int, line fyne.CanvasObject, over bool)
	// OnMenu, if not nil, shows the menu of a line at a place on the canvas.
	OnMenu func(i int, at fyne.Position)
	at     int // the line that the keyboard is on
	holds  bool
}

// NewList returns a list of length lines; take gets the line that was chosen. create
// makes a line, update fills it.
func NewList(length func() int, create func() fyne.CanvasObject, update func(i int, o fyne.CanvasObject), take func(i int)) *List {
	l := &List{take: take}
	l.Length = length
	l.CreateItem = func() fyne.CanvasObject { return newListLine(create()) }
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		line := o.(*listLine)
		line.list, line.i = l, i
		update(i, line.content)
		line.mark(l.holds && i == l.at)
	}
	l.HideSeparators = true
	l.OnSelected = func(i widget.ListItemID) {
		l.at = i
		take(i)
	}
	l.ExtendBaseWidget(l)
	return l
}

// Mark shows a line as the one that is chosen now, with the keyboard on it.
func (l *List) Mark(i int) {
	selected := l.OnSelected
	l.OnSelected = nil
	l.Select(i)
	l.OnSelected = selected
	l.at = i
}

// listPage is how many lines a page key goes on by.
const listPage = 10

// ListKeys is what keys do in a list.
func ListKeys() keymap.Map[*List] {
	t := texts.T.Keys
	by := func(up fyne.KeyName, lines int) func(*List, keymap.Stroke) {
		return func(l *List, s keymap.Stroke) {
			if s.Key == up {
				l.goTo(l.at - lines)
				return
			}
			l.goTo(l.at + lines)
		}
	}
	return keymap.Map[*List]{
		{Strokes: keymap.Keys(fyne.KeyUp, fyne.KeyDown), Does: t.ListStep, Do: by(fyne.KeyUp, 1)},
		{Strokes: keymap.Keys(fyne.KeyPageUp, fyne.KeyPageDown), Does: t.ListPage, Do: by(fyne.KeyPageUp, listPage)},
		{Strokes: keymap.Keys(fyne.KeyHome, fyne.KeyEnd), Does: t.ListEnds, Do: func(l *List, s keymap.Stroke) {
			if s.Key == fyne.KeyHome {
				l.goTo(0)
				return
			}
			l.goTo(l.Length() - 1)
		}},
		{Strokes: keymap.Keys(fyne.KeyReturn, fyne.KeySpace), Does: t.ListTake, Do: func(l *List, _ keymap.Stroke) {
			if l.at < l.Length() {
				l.take(l.at)
			}
		}},
		{Strokes: slices.Concat(keymap.Alt(fyne.KeyDown), keymap.Menu()), Does: t.ListMenu, Do: func(l *List, _ keymap.Stroke) { l.menuByKey() }},
	}
}

func (l *List) goTo(i int) {
	if n := l.Length(); n > 0 {
		l.at = max(0, min(i, n-1))
		l.Highlight(l.at)
	}
}

// At is the line that the keyboard is on.
func (l *List) At() int { return l.at }

// TypedKey goes from line to line; keys without a use are for the window.
func (l *List) TypedKey(e *fyne.KeyEvent) {
	if !ListKeys().Run(l, keymap.Typed(e)) {
		ToWindow(l, e)
	}
}

// TypedShortcut takes the keys of a list that have something held down besides.
func (l *List) TypedShortcut(s fyne.Shortcut) {
	if stroke, ok := keymap.Shortcut(s); !ok || !ListKeys().Run(l, stroke) {
		ShortcutToWindow(l, s)
	}
}

// menuByKey shows the menu of the line that the keyboard is on below its beginning.
func (l *List) menuByKey() {
	if l.OnMenu == nil || l.at >= l.Length() {
		return
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(l)
	height := l.CreateItem().MinSize().Height + theme.Padding()
	l.OnMenu(l.at, at.AddXY(0, max(0, min(float32(l.at+1)*height-l.GetScrollOffset(), l.Size().Height))))
	BeginMenu(l)
}

// FocusGained implements fyne.Focusable.
func (l *List) FocusGained() {
	l.holds = true
	l.List.FocusGained()
	l.goTo(l.at)
}

// FocusLost implements fyne.Focusable.
func (l *List) FocusLost() {
	l.holds = false
	l.List.FocusLost()
	l.RefreshItem(l.at)
}

// listLine is a line with its ring.
type listLine struct {
	widget.BaseWidget
	content fyne.CanvasObject
	ring    *Ring
	on      bool
	list    *List
	i       int // the line of the list that it is now
	ground  *canvas.Rectangle
}

// MouseIn shows that the line can be clicked: the toolkit's line below it is not told.
func (l *listLine) MouseIn(*desktop.MouseEvent) { l.hover(true) }

// MouseMoved implements desktop.Hoverable.
func (l *listLine) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (l *listLine) MouseOut() { l.hover(false) }

func (l *listLine) hover(over bool) {
	l.ground.FillColor = currentColor(ColorNone)
	if over {
		l.ground.FillColor = currentColor(theme.ColorNameHover)
	}
	l.ground.Refresh()
	if l.list != nil && l.list.OnHover != nil {
		l.list.OnHover(l.i, l, over)
	}
}

// TappedSecondary shows the menu of the line.
func (l *listLine) TappedSecondary(e *fyne.PointEvent) {
	if l.list != nil && l.list.OnMenu != nil {
		l.list.OnMenu(l.i, e.AbsolutePosition)
	}
}

func newListLine(content fyne.CanvasObject) *listLine {
	line := &listLine{content: content, ring: NewInnerRing(4), ground: canvas.NewRectangle(color.Transparent)}
	line.ground.CornerRadius = 4
	line.ring.out = -2 // clear of the edge of the scroller, which cuts
	line.ExtendBaseWidget(line)
	return line
}

func (l *listLine) mark(on bool) {
	if on != l.on {
		l.on = on
		l.ring.Show(on)
	}
}

// CreateRenderer implements fyne.Widget.
func (l *listLine) CreateRenderer() fyne.WidgetRenderer { return &listLineRenderer{l} }

type listLineRenderer struct{ l *listLine }

func (r *listLineRenderer) Destroy()           {}
func (r *listLineRenderer) MinSize() fyne.Size { return r.l.content.MinSize() }
func (r *listLineRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.l.ground, r.l.content, r.l.ring.Object}
}

func (r *listLineRenderer) Layout(size fyne.Size) {
	r.l.ground.Resize(size)
	r.l.content.Resize(size)
	r.l.ring.Layout(size)
}

func (r *listLineRenderer) Refresh() {
	r.l.content.Refresh()
	r.l.ring.Show(r.l.on)
}
