package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"sluice/ui/keymap"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// RailItem is an entry of the rail: a source with its kind, name and state. The state has
// an icon, a colour and words.
type RailItem struct {
	Pressable
	// OnStep gives the keyboard to the entry before this one, or after it.
	OnStep func(by int)
	// OnMove puts the source before the entry before this one, or behind the one after it.
	OnMove func(by int)
	// OnDrag is called while the entry is dragged, with the way that it has come; done says
	// that it was let go there. It is not called for the trembling of a hand that clicks.
	OnDrag func(by float32, done bool)
	// OnHover tells whether the pointer is over the entry.
	OnHover func(over bool)
	// OnMenu shows what can be done with the source at a place on the canvas.
	OnMenu func(at fyne.Position)

	tile       *Disc
	name, line *Text
	sign       *Icon
	chosen     bool
	dragged    float32
	narrow     bool // the tile and the state are shown alone
}

// NewRailItem returns an empty entry.
func NewRailItem() *RailItem {
	r := &RailItem{tile: NewTile("server"), name: NewTitle("", SizeTable).Elide(), line: NewCaption("").Elide(), sign: NewIcon("unknown", 12, ToneColor(tone.Neutral))}
	r.ExtendBaseWidget(r)
	return r
}

// RailKeys is what keys do in the rail.
func RailKeys() keymap.Map[*RailItem] {
	return keymap.Map[*RailItem]{{Strokes: keymap.Keys(fyne.KeyUp, fyne.KeyDown), Does: texts.T.Keys.NextSource, Do: func(r *RailItem, s keymap.Stroke) {
		if r.OnStep == nil {
			return
		}
		if s.Key == fyne.KeyUp {
			r.OnStep(-1)
			return
		}
		r.OnStep(1)
	}}, {Strokes: keymap.Alt(fyne.KeyUp, fyne.KeyDown), Does: texts.T.Keys.MoveSource, Do: func(r *RailItem, s keymap.Stroke) {
		switch {
		case r.OnMove == nil:
		case s.Key == fyne.KeyUp:
			r.OnMove(-1)
		default:
			r.OnMove(1)
		}
	}}, {Strokes: keymap.Menu(), Does: texts.T.Keys.SourceMenu, Do: func(r *RailItem, _ keymap.Stroke) { r.menuByKey() }}}
}

// menuByKey shows the menu below the entry.
func (r *RailItem) menuByKey() {
	if r.OnMenu == nil {
		return
	}
	r.OnMenu(fyne.CurrentApp().Driver().AbsolutePositionForObject(r).AddXY(8, r.Size().Height))
	BeginMenu(r)
}

// TypedKey goes to the neighbours.
func (r *RailItem) TypedKey(e *fyne.KeyEvent) {
	if !RailKeys().Run(r, keymap.Typed(e)) {
		r.Pressable.TypedKey(e)
	}
}

// TypedShortcut takes the keys of the rail that have something held down besides.
func (r *RailItem) TypedShortcut(s fyne.Shortcut) {
	if stroke, ok := keymap.Shortcut(s); !ok || !RailKeys().Run(r, stroke) {
		ShortcutToWindow(r, s)
	}
}

// trembles is how far a hand moves that only clicks.
const trembles = 10

// Dragged implements fyne.Draggable.
func (r *RailItem) Dragged(e *fyne.DragEvent) {
	r.dragged += e.Dragged.DY
	r.tellDrag(false)
}

// DragEnd implements fyne.Draggable. What was hardly moved was clicked: the toolkit makes
// no click of it.
func (r *RailItem) DragEnd() {
	if r.trembled() {
		r.Tapped(nil)
	}
	r.tellDrag(true)
	r.dragged = 0
}

func (r *RailItem) trembled() bool { return r.dragged > -trembles && r.dragged < trembles }

func (r *RailItem) tellDrag(done bool) {
	by := r.dragged
	if r.trembled() {
		by = 0
	}
	if r.OnDrag != nil {
		r.OnDrag(by, done)
	}
}

// MouseIn implements desktop.Hoverable.
func (r *RailItem) MouseIn(e *desktop.MouseEvent) {
	r.Pressable.MouseIn(e)
	r.hover(true)
}

// MouseOut implements desktop.Hoverable.
func (r *RailItem) MouseOut() {
	r.Pressable.MouseOut()
	r.hover(false)
}

func (r *RailItem) hover(over bool) {
	if r.OnHover != nil {
		r.OnHover(over)
	}
}

// TappedSecondary shows the menu.
func (r *RailItem) TappedSecondary(e *fyne.PointEvent) {
	if r.OnMenu != nil {
		r.OnMenu(e.AbsolutePosition)
	}
}

// Set changes what the entry shows: icon is that of its kind, sign that of its state.
func (r *RailItem) Set(icon, name, sign, line string, t tone.Tone, chosen bool) {
	r.tile.SetIcon(icon)
	r.name.Set(name)
	r.line.Set(line)
	r.sign.Set(sign, ToneColor(t))
	if r.chosen != chosen {
		r.chosen = chosen
		r.Refresh()
	}
}

// SetNarrow shows the icons of the entry alone, or all of it.
func (r *RailItem) SetNarrow(on bool) {
	if r.narrow != on {
		r.narrow = on
		r.Refresh()
	}
}

// Chosen reports whether the entry is the chosen one.
func (r *RailItem) Chosen() bool { return r.chosen }

// Text is the name that the entry shows.
func (r *RailItem) Text() string { return r.name.Text() }

// CreateRenderer implements fyne.Widget.
func (r *RailItem) CreateRenderer() fyne.WidgetRenderer {
	created(r)
	v := &railItemRenderer{r: r, rect: canvas.NewRectangle(nil), ring: NewInnerRing(ControlRadius)}
	v.Refresh()
	return v
}

type railItemRenderer struct {
	r    *RailItem
	rect *canvas.Rectangle
	ring *Ring
}

func (v *railItemRenderer) Destroy() {}

func (v *railItemRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{v.rect, v.r.tile, v.r.name, v.r.sign, v.r.line, v.ring.Object}
}

func (v *railItemRenderer) MinSize() fyne.Size {
	if v.r.narrow {
		return fyne.NewSize(40, 50)
	}
	return fyne.NewSize(120, 50)
}

func (v *railItemRenderer) Layout(size fyne.Size) {
	v.rect.Resize(size)
	v.ring.Layout(size)
	tile := fyne.NewPos(8, (size.Height-28)/2)
	if v.r.narrow {
		tile = fyne.NewPos((size.Width-28)/2, 4) // the state stands below it
	}
	v.r.tile.Move(tile)
	v.r.tile.Resize(fyne.NewSquareSize(28))
	if v.r.narrow {
		v.r.sign.Move(tile.AddXY(8, 31))
		v.r.sign.Resize(fyne.NewSquareSize(12))
		return
	}
	const left = 46
	v.r.name.Move(fyne.NewPos(left, 7))
	v.r.name.Resize(fyne.NewSize(size.Width-left-8, 20))
	v.r.sign.Move(fyne.NewPos(left, 29))
	v.r.sign.Resize(fyne.NewSquareSize(12))
	v.r.line.Move(fyne.NewPos(left+18, 26))
	v.r.line.Resize(fyne.NewSize(size.Width-left-26, 18))
}

func (v *railItemRenderer) Refresh() {
	fill := ColorNone
	switch {
	case v.r.chosen:
		fill = ColorChosen
	case v.r.Hovered():
		fill = ColorHover
	}
	v.rect.FillColor, v.rect.CornerRadius = currentColor(fill), ControlRadius
	v.ring.Show(v.r.focused)
	v.rect.Refresh()
	v.r.name.Hidden, v.r.line.Hidden = v.r.narrow, v.r.narrow
	v.Layout(v.r.Size())
	for _, o := range []fyne.CanvasObject{v.r.tile, v.r.name, v.r.sign, v.r.line} {
		o.Refresh()
	}
}
