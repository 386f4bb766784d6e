package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// ButtonKind is the weight of a button.
type ButtonKind int

// The kinds. A screen has one primary button; whatever destroys or forces is
// dangerous and says its consequence.
const (
	Outlined ButtonKind = iota
	Primary
	Danger
	Quiet // no border: entries of the rail
	Link  // no border, in the accent: an action within a line
)

// Button is a click with a text, an icon, or both.
type Button struct {
	Pressable
	kind ButtonKind
	text string
	icon string // "" for none
	size float32
	cut  bool // its place is narrower than its text may be
	// OnHover, if not nil, is told whether the pointer is over the button.
	OnHover func(over bool)
	compact bool // the icon alone is shown
}

// NewButton returns a button; icon is a name of package assets or "".
func NewButton(kind ButtonKind, text, icon string, tapped func()) *Button {
	b := &Button{kind: kind, text: text, icon: icon, size: SizeBody}
	b.OnTapped = tapped
	b.ExtendBaseWidget(b)
	return b
}

// NewQuiet returns a small button without a border.
func NewQuiet(text, icon string, tapped func()) *Button {
	b := NewButton(Quiet, text, icon, tapped)
	b.size = SizeTable
	return b
}

// NewLink returns a small button in the accent, for a line of a list.
func NewLink(text, icon string, tapped func()) *Button {
	b := NewButton(Link, text, icon, tapped)
	b.size = SizeTable
	return b
}

// Elide lets the text be cut: a name from outside may be longer than the place of the button.
func (b *Button) Elide() *Button { b.cut = true; return b }

// bare reports whether the button has no border.
func (b *Button) bare() bool { return b.kind == Quiet || b.kind == Link }

// Text is what the button says.
func (b *Button) Text() string { return b.text }

// SetText changes what the button says.
func (b *Button) SetText(text string) {
	if b.text != text {
		b.text = text
		b.Refresh()
	}
}

// SetIcon changes the icon.
func (b *Button) SetIcon(icon string) {
	if b.icon != icon {
		b.icon = icon
		b.Refresh()
	}
}

// SetKind changes the weight.
func (b *Button) SetKind(kind ButtonKind) {
	if b.kind != kind {
		b.kind = kind
		b.Refresh()
	}
}

// colors gives fill, border and text for the state that the button is in.
func (b *Button) colors() (fill, stroke, ink fyne.ThemeColorName) {
	switch {
	case b.disabled && b.bare():
		return ColorNone, ColorNone, ColorFaint
	case b.disabled:
		return ColorSunken, ColorLine, ColorFaint
	case b.kind == Primary:
		return ColorAccent, ColorNone, ColorOn
	}
	fill, stroke, ink = ColorSurface, ColorLine, ColorText
	switch b.kind {
	case Danger:
		stroke, ink = "sluice.bad", "sluice.bad"
	case Quiet:
		fill, stroke, ink = ColorNone, ColorNone, ColorMuted
	case Link:
		fill, stroke, ink = ColorNone, ColorNone, ColorAccent
	}
	if b.Hovered() {
		fill = ColorHover
		if b.kind == Danger {
			fill = "sluice.bad.tint"
		}
		if b.kind == Quiet {
			ink = ColorText
		}
	}
	return fill, stroke, ink
}

func (b *Button) paddingX() float32 {
	switch {
	case b.text == "":
		return 9
	case b.bare():
		return 8
	}
	return 16
}

func (b *Button) height() float32 {
	if b.bare() && b.size < SizeBody {
		return ChipHeight
	}
	return ControlHeight
}

// CreateRenderer implements fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	created(b)
	return b.renderer()
}

func (b *Button) renderer() fyne.WidgetRenderer {
	r := &buttonRenderer{b: b, rect: canvas.NewRectangle(nil), ring: NewRing(ControlRadius)}
	r.label = NewText(b.text, b.size, ColorText)
	r.icon = NewIcon("add", b.size+2, ColorText)
	r.Refresh()
	return r
}

type buttonRenderer struct {
	b     *Button
	rect  *canvas.Rectangle
	label *Text
	icon  *Icon
	ring  *Ring
}

func (r *buttonRenderer) Destroy() {}

func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.rect, r.icon, r.label, r.ring.Object}
}

// longestButton is how wide the text of a button is at most: names come from outside.
const longestButton float32 = 320

// content gives the widths of icon, gap and text.
func (r *buttonRenderer) content() (icon, gap, text float32) {
	if r.b.icon != "" {
		icon = r.icon.MinSize().Width
	}
	if r.b.text != "" && !r.b.compact {
		text = min(r.label.MinSize().Width, longestButton)
	}
	if icon > 0 && text > 0 {
		gap = 8
	}
	return icon, gap, text
}

func (r *buttonRenderer) MinSize() fyne.Size {
	icon, gap, text := r.content()
	if r.b.cut {
		text = min(text, 3*r.b.size)
	}
	return fyne.NewSize(icon+gap+text+2*r.b.paddingX(), r.b.height())
}

func (r *buttonRenderer) Layout(size fyne.Size) {
	r.rect.Resize(size)
	r.ring.Layout(size)
	icon, gap, text := r.content()
	if text == longestButton { // there may be room for more of it
		text = max(text, min(r.label.wanted().Width, size.Width-icon-gap-2*r.b.paddingX()))
	}
	x := (size.Width - icon - gap - text) / 2
	if r.b.bare() && !r.b.compact {
		x = r.b.paddingX()
	}
	r.icon.Move(fyne.NewPos(x, 0))
	r.icon.Resize(fyne.NewSize(icon, size.Height))
	r.label.Move(fyne.NewPos(x+icon+gap, 0))
	room := size.Width - x - icon - gap
	if r.b.cut {
		room -= r.b.paddingX()
	}
	r.label.Resize(fyne.NewSize(min(text, room), size.Height))
}

func (r *buttonRenderer) Refresh() {
	fill, stroke, ink := r.b.colors()
	r.rect.FillColor, r.rect.CornerRadius = currentColor(fill), ControlRadius
	r.rect.StrokeWidth, r.rect.StrokeColor = 0, nil
	if stroke != ColorNone {
		r.rect.StrokeWidth, r.rect.StrokeColor = Hairline, currentColor(stroke)
	}
	r.label.style.Bold = !r.b.bare()
	r.label.SetColored(r.b.shown(), ink)
	r.label.Refresh()
	r.icon.Hide()
	if r.b.icon != "" {
		r.icon.Set(r.b.icon, ink)
		r.icon.Show()
		r.icon.Refresh()
	}
	r.ring.Show(r.b.focused && !r.b.disabled)
	r.Layout(r.b.Size())
	r.rect.Refresh()
}
