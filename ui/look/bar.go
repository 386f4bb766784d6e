package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"sluice/ui/tone"
)

// Bar shows how far something is: a filled part of a sunken line. A share below
// 0 says that the end is not known, and fills nothing.
type Bar struct {
	widget.BaseWidget
	share float64
	tone  tone.Tone
}

// NewBar returns an empty bar.
func NewBar() *Bar {
	b := &Bar{tone: tone.Active}
	b.ExtendBaseWidget(b)
	return b
}

// Set changes the share, from 0 to 1, and the tone.
func (b *Bar) Set(share float64, t tone.Tone) {
	if b.share != share || b.tone != t {
		b.share, b.tone = share, t
		b.Refresh()
	}
}

const barHeight float32 = 8

// MinSize is a line of 8 pixels.
func (b *Bar) MinSize() fyne.Size { return fyne.NewSize(40, barHeight) }

// CreateRenderer implements fyne.Widget.
func (b *Bar) CreateRenderer() fyne.WidgetRenderer {
	r := &barRenderer{b: b, well: canvas.NewRectangle(nil), fill: canvas.NewRectangle(nil)}
	r.paint()
	return r
}

type barRenderer struct {
	b          *Bar
	well, fill *canvas.Rectangle
}

func (r *barRenderer) Destroy()                     {}
func (r *barRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.well, r.fill} }
func (r *barRenderer) MinSize() fyne.Size           { return r.b.MinSize() }

func (r *barRenderer) Layout(size fyne.Size) {
	y := (size.Height - barHeight) / 2
	r.well.Move(fyne.NewPos(0, y))
	r.well.Resize(fyne.NewSize(size.Width, barHeight))
	share := float32(min(1, max(0, r.b.share)))
	r.fill.Move(fyne.NewPos(1, y+1))
	r.fill.Resize(fyne.NewSize(share*(size.Width-2), barHeight-2))
}

func (r *barRenderer) paint() {
	r.well.FillColor, r.well.StrokeColor, r.well.StrokeWidth = currentColor(ColorSunken), currentColor(ColorLine), Hairline
	r.well.CornerRadius = barHeight / 2
	r.fill.FillColor, r.fill.CornerRadius = currentColor(ToneColor(r.b.tone)), barHeight/2-1
	if r.b.share <= 0 {
		r.fill.Hide()
	} else {
		r.fill.Show()
	}
}

func (r *barRenderer) Refresh() {
	r.paint()
	r.Layout(r.b.Size())
	r.well.Refresh()
	r.fill.Refresh()
}
