package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Chip is a small choice of several: a preset, a file. Note is a figure behind
// the text, such as the rows of the file.
type Chip struct {
	Pressable
	text, note string
	chosen     bool
}

// NewChip returns a chip.
func NewChip(text, note string, tapped func()) *Chip {
	c := &Chip{text: text, note: note}
	c.OnTapped = tapped
	c.ExtendBaseWidget(c)
	return c
}

// Text is what the chip says.
func (c *Chip) Text() string { return c.text }

// Set changes text and note.
func (c *Chip) Set(text, note string) {
	if c.text != text || c.note != note {
		c.text, c.note = text, note
		c.Refresh()
	}
}

// SetChosen marks the chip as the chosen one.
func (c *Chip) SetChosen(on bool) {
	if c.chosen != on {
		c.chosen = on
		c.Refresh()
	}
}

// Chosen reports whether the chip is the chosen one.
func (c *Chip) Chosen() bool { return c.chosen }

// CreateRenderer implements fyne.Widget.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	created(c)
	r := &chipRenderer{c: c, rect: canvas.NewRectangle(nil), ring: NewRing(ChipHeight / 2),
		label: NewText("", SizeTable, ColorText), note: NewText("", SizeTable, ColorMuted)}
	r.Refresh()
	return r
}

type chipRenderer struct {
	c           *Chip
	rect        *canvas.Rectangle
	label, note *Text
	ring        *Ring
}

const chipPadding, chipGap float32 = 11, 8

// leastChip is the width that a long text is cut to where there is no room for it.
const leastChip float32 = 150

// wanted has room for all of the text.
func (c *Chip) wanted() fyne.Size {
	width := fyne.MeasureText(c.text, SizeTable, fyne.TextStyle{}).Width + 2*chipPadding
	if c.note != "" {
		width += chipGap + fyne.MeasureText(c.note, SizeTable, fyne.TextStyle{}).Width
	}
	return fyne.NewSize(width, ChipHeight)
}

func (r *chipRenderer) Destroy() {}

func (r *chipRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.rect, r.label, r.note, r.ring.Object}
}

func (r *chipRenderer) MinSize() fyne.Size {
	size := r.c.wanted()
	size.Width = min(size.Width, max(leastChip, size.Width-r.label.MinSize().Width+6*SizeTable))
	return size
}

func (r *chipRenderer) Layout(size fyne.Size) {
	r.rect.Resize(size)
	r.ring.Layout(size)
	label := min(r.label.MinSize().Width, size.Width-2*chipPadding)
	if r.c.note != "" {
		label = min(label, size.Width-2*chipPadding-chipGap-r.note.MinSize().Width)
	}
	label = max(0, label)
	r.label.Move(fyne.NewPos(chipPadding, 0))
	r.label.Resize(fyne.NewSize(label, size.Height))
	r.note.Move(fyne.NewPos(chipPadding+label+chipGap, 0))
	r.note.Resize(fyne.NewSize(r.note.MinSize().Width, size.Height))
}

func (r *chipRenderer) Refresh() {
	fill, stroke, ink := ColorSurface, ColorLine, ColorText
	if r.c.Hovered() {
		fill = ColorHover
	}
	if r.c.chosen {
		fill, stroke, ink = ColorChosen, ColorAccent, "sluice.active"
	}
	note := ColorMuted
	if r.c.disabled {
		fill, ink, note = ColorSunken, ColorFaint, ColorFaint
	}
	r.rect.FillColor, r.rect.CornerRadius = currentColor(fill), ChipHeight/2
	r.rect.StrokeWidth, r.rect.StrokeColor = Hairline, currentColor(stroke)
	r.label.SetColored(r.c.text, ink)
	r.note.SetColored(r.c.note, note)
	r.label.Refresh()
	r.note.Refresh()
	r.ring.Show(r.c.focused && !r.c.disabled)
	r.Layout(r.c.Size())
	r.rect.Refresh()
}
