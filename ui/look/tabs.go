package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"sluice/ui/keymap"
	"sluice/ui/texts"
)

// Tabs is a row of words over a line, the chosen one underlined. Each word is a
// stop of the tab key; left and right go from word to word.
type Tabs struct {
	widget.BaseWidget
	OnChosen func(i int)
	items    []*tab
	chosen   int
}

// NewTabs returns the tabs; the first is chosen.
func NewTabs(names []string, chosen func(i int)) *Tabs {
	t := &Tabs{OnChosen: chosen}
	for i, name := range names {
		item := &tab{owner: t, index: i, text: name}
		item.OnTapped = func() { t.Choose(i) }
		item.ExtendBaseWidget(item)
		t.items = append(t.items, item)
	}
	t.ExtendBaseWidget(t)
	return t
}

// Chosen is the index of the chosen tab.
func (t *Tabs) Chosen() int { return t.chosen }

// Choose switches to a tab and tells OnChosen.
func (t *Tabs) Choose(i int) {
	if i < 0 || i >= len(t.items) || i == t.chosen {
		return
	}
	t.chosen = i
	t.Refresh()
	if t.OnChosen != nil {
		t.OnChosen(i)
	}
}

// CreateRenderer implements fyne.Widget.
func (t *Tabs) CreateRenderer() fyne.WidgetRenderer {
	r := &tabsRenderer{t: t, line: canvas.NewRectangle(nil), under: canvas.NewRectangle(nil)}
	r.paint()
	return r
}

type tabsRenderer struct {
	t           *Tabs
	line, under *canvas.Rectangle
}

const tabHeight, tabGap float32 = 46, 24

func (r *tabsRenderer) Destroy() {}

func (r *tabsRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.line}
	for _, item := range r.t.items {
		objects = append(objects, item)
	}
	return append(objects, r.under)
}

func (r *tabsRenderer) MinSize() fyne.Size {
	size := fyne.NewSize(0, tabHeight)
	for i, item := range r.t.items {
		if i > 0 {
			size.Width += tabGap
		}
		size.Width += item.MinSize().Width
	}
	return size
}

func (r *tabsRenderer) Layout(size fyne.Size) {
	x := float32(0)
	for i, item := range r.t.items {
		m := item.MinSize()
		item.Move(fyne.NewPos(x, 6))
		item.Resize(fyne.NewSize(m.Width, size.Height-12))
		if i == r.t.chosen {
			r.under.Move(fyne.NewPos(x, size.Height-3))
			r.under.Resize(fyne.NewSize(m.Width, 3))
		}
		x += m.Width + tabGap
	}
	r.line.Move(fyne.NewPos(0, size.Height-1))
	r.line.Resize(fyne.NewSize(size.Width, Hairline))
}

func (r *tabsRenderer) paint() {
	r.line.FillColor = currentColor(ColorLine)
	r.under.FillColor = currentColor(ColorAccent)
}

func (r *tabsRenderer) Refresh() {
	r.paint()
	for _, item := range r.t.items {
		item.Refresh()
	}
	r.Layout(r.t.Size())
	r.line.Refresh()
	r.under.Refresh()
}

type tab struct {
	Pressable
	owner *Tabs
	index int
	text  string
}

// Text is what the tab says.
func (t *tab) Text() string { return t.text }

// TabKeys is what keys do in the row of tabs.
func TabKeys() keymap.Map[*Tabs] {
	return keymap.Map[*Tabs]{{Strokes: keymap.Keys(fyne.KeyLeft, fyne.KeyRight), Does: texts.T.Keys.NextTab, Do: func(t *Tabs, s keymap.Stroke) {
		if s.Key == fyne.KeyLeft {
			t.step(-1)
			return
		}
		t.step(1)
	}}}
}

// step goes to a neighbour of the chosen tab, with the keyboard.
func (t *Tabs) step(by int) {
	next := t.chosen + by
	if next < 0 || next >= len(t.items) {
		return
	}
	t.Choose(next)
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil {
		c.Focus(t.items[next])
	}
}

// TypedKey goes to the neighbours.
func (t *tab) TypedKey(e *fyne.KeyEvent) {
	if !TabKeys().Run(t.owner, keymap.Typed(e)) {
		t.Pressable.TypedKey(e)
	}
}

// Focus gives the chosen tab the keyboard.
func (t *Tabs) Focus(c fyne.Canvas) { c.Focus(t.items[t.chosen]) }

// CreateRenderer implements fyne.Widget.
func (t *tab) CreateRenderer() fyne.WidgetRenderer {
	created(t)
	r := &tabRenderer{t: t, label: NewText(t.text, SizeBody, ColorMuted), ring: NewRing(4)}
	r.Refresh()
	return r
}

type tabRenderer struct {
	t     *tab
	label *Text
	ring  *Ring
}

func (r *tabRenderer) Destroy() {}
func (r *tabRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.label, r.ring.Object}
}

// MinSize has the width of the bold text, so that nothing moves when a tab is
// chosen.
func (r *tabRenderer) MinSize() fyne.Size {
	return fyne.MeasureText(r.t.text, SizeBody, fyne.TextStyle{Bold: true}).AddWidthHeight(4, 4)
}

func (r *tabRenderer) Layout(size fyne.Size) {
	r.label.Move(fyne.NewPos(2, 0))
	r.label.Resize(fyne.NewSize(size.Width-2, size.Height))
	r.ring.Layout(size)
}

func (r *tabRenderer) Refresh() {
	ink := ColorMuted
	on := r.t.owner.chosen == r.t.index
	if on || r.t.Hovered() {
		ink = ColorText
	}
	r.label.style.Bold = on
	r.label.SetColored(r.t.text, ink)
	r.label.Refresh()
	r.ring.Show(r.t.focused)
	r.Layout(r.t.Size())
}

// Parts are the tabs.
func (t *Tabs) Parts() []fyne.CanvasObject {
	parts := make([]fyne.CanvasObject, len(t.items))
	for i, item := range t.items {
		parts[i] = item
	}
	return parts
}
