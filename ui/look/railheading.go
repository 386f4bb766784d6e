package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"sluice/ui/tone"
)

// RailHeading is the heading of a group of the rail. A click folds the group, or unfolds
// it; of a folded one it tells how many there are, and how the worst of them stands.
type RailHeading struct {
	Pressable
	chevron *Icon
	title   *Text
	count   *Text
	sign    *Icon
	narrow  bool // the icons are shown alone
	// OnHover, if not nil, is told whether the pointer is over the heading.
	OnHover func(over bool)
}

// NewRailHeading returns a heading.
func NewRailHeading(tapped func()) *RailHeading {
	h := &RailHeading{chevron: NewIcon("chevron-down", 12, ColorMuted), title: NewText("", SizeGroup, ColorMuted).Bold().Elide(),
		count: NewText("", SizeGroup, ColorMuted), sign: NewIcon("unknown", 12, ColorMuted)}
	h.OnTapped = tapped
	h.ExtendBaseWidget(h)
	return h
}

// Text is the title.
func (h *RailHeading) Text() string { return h.title.Text() }

// Set changes what the heading says. count and icon tell of a folded group; "" of one whose
// members can be seen.
func (h *RailHeading) Set(title, count, icon string, t tone.Tone) {
	h.title.Set(title)
	h.count.Set(count)
	chevron := "chevron-down"
	if count != "" {
		chevron = "chevron-right"
	}
	h.chevron.Set(chevron, ColorMuted)
	if icon != "" {
		h.sign.Set(icon, ToneColor(t))
	}
	shown := icon != ""
	if shown != h.sign.Visible() {
		if shown {
			h.sign.Show()
		} else {
			h.sign.Hide()
		}
	}
	h.lay()
}

// SetNarrow shows the icons of the heading alone, or all of it.
func (h *RailHeading) SetNarrow(on bool) {
	if h.narrow != on {
		h.narrow = on
		h.Refresh()
	}
}

// MouseIn implements desktop.Hoverable.
func (h *RailHeading) MouseIn(e *desktop.MouseEvent) {
	h.Pressable.MouseIn(e)
	if h.OnHover != nil {
		h.OnHover(true)
	}
}

// MouseOut implements desktop.Hoverable.
func (h *RailHeading) MouseOut() {
	h.Pressable.MouseOut()
	if h.OnHover != nil {
		h.OnHover(false)
	}
}

// CreateRenderer implements fyne.Widget.
func (h *RailHeading) CreateRenderer() fyne.WidgetRenderer {
	created(h)
	v := &railHeadingRenderer{h: h, rect: canvas.NewRectangle(nil), ring: NewInnerRing(4)}
	v.Refresh()
	return v
}

type railHeadingRenderer struct {
	h    *RailHeading
	rect *canvas.Rectangle
	ring *Ring
}

func (v *railHeadingRenderer) Destroy() {}

func (v *railHeadingRenderer) MinSize() fyne.Size {
	if v.h.narrow {
		return fyne.NewSize(40, 26)
	}
	return fyne.NewSize(80, 26)
}

func (v *railHeadingRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{v.rect, v.h.chevron, v.h.title, v.h.count, v.h.sign, v.ring.Object}
}

func (v *railHeadingRenderer) Layout(size fyne.Size) {
	v.rect.Resize(size)
	v.ring.Layout(size)
	v.h.lay()
}

// lay gives the parts their places; the number may have become wider.
func (h *RailHeading) lay() {
	size := h.Size()
	middle := func(o fyne.CanvasObject, x, width, height float32) {
		o.Move(fyne.NewPos(x, (size.Height-height)/2))
		o.Resize(fyne.NewSize(width, height))
	}
	if h.narrow {
		middle(h.chevron, 4, 12, 12)
		middle(h.sign, size.Width-16, 12, 12)
		if !h.sign.Visible() {
			middle(h.chevron, (size.Width-12)/2, 12, 12)
		}
		return
	}
	right := size.Width - 8
	count := h.count.MinSize().Width
	middle(h.chevron, 8, 12, 12)
	middle(h.sign, right-12, 12, 12)
	middle(h.count, right-12-6-count, count, 16)
	middle(h.title, 26, max(0, right-12-6-count-6-26), 16)
}

func (v *railHeadingRenderer) Refresh() {
	fill := ColorNone
	if v.h.Hovered() {
		fill = ColorHover
	}
	v.rect.FillColor, v.rect.CornerRadius = currentColor(fill), 4
	v.rect.Refresh()
	v.ring.Show(v.h.focused)
	v.h.title.Hidden, v.h.count.Hidden = v.h.narrow, v.h.narrow
	for _, o := range []fyne.CanvasObject{v.h.chevron, v.h.title, v.h.count, v.h.sign} {
		o.Refresh()
	}
	v.Layout(v.h.Size())
}
