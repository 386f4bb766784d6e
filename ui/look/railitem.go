package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"sluice/ui/keymap"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// RailItem is an entry of the rail: a source with its kind, name and state.
type RailItem struct {
	Pressable
	// OnStep gives the keyboard to the entry before this one, or after it.
	OnStep func(by int)

	tile       *Disc
	name, line *Text
	dot        *Dot
	chosen     bool
}

// NewRailItem returns an empty entry.
func NewRailItem() *RailItem {
	r := &RailItem{tile: NewTile("server"), name: NewTitle("", SizeTable).Elide(), line: NewCaption("").Elide(), dot: NewDot(tone.Neutral)}
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
	}}}
}

// TypedKey goes to the neighbours.
func (r *RailItem) TypedKey(e *fyne.KeyEvent) {
	if !RailKeys().Run(r, keymap.Typed(e)) {
		r.Pressable.TypedKey(e)
	}
}

// Set changes what the entry shows.
func (r *RailItem) Set(icon, name, line string, t tone.Tone, chosen bool) {
	r.tile.icon.Set(icon, ColorMuted)
	r.name.Set(name)
	r.line.Set(line)
	r.dot.Set(t)
	if r.chosen != chosen {
		r.chosen = chosen
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
	return []fyne.CanvasObject{v.rect, v.r.tile, v.r.name, v.r.dot, v.r.line, v.ring.Object}
}

func (v *railItemRenderer) MinSize() fyne.Size { return fyne.NewSize(120, 50) }

func (v *railItemRenderer) Layout(size fyne.Size) {
	v.rect.Resize(size)
	v.ring.Layout(size)
	v.r.tile.Move(fyne.NewPos(8, (size.Height-28)/2))
	v.r.tile.Resize(fyne.NewSquareSize(28))
	const left = 46
	v.r.name.Move(fyne.NewPos(left, 7))
	v.r.name.Resize(fyne.NewSize(size.Width-left-8, 20))
	v.r.dot.Move(fyne.NewPos(left, 31))
	v.r.dot.Resize(fyne.NewSquareSize(8))
	v.r.line.Move(fyne.NewPos(left+14, 26))
	v.r.line.Resize(fyne.NewSize(size.Width-left-22, 18))
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
	for _, o := range []fyne.CanvasObject{v.r.tile, v.r.name, v.r.dot, v.r.line} {
		o.Refresh()
	}
}
