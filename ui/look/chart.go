package look

import (
	"image"
	"image/color"
	"math"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"sluice/ui/tone"
)

// Area is a small chart of a quantity over time: a line on a tinted area. The
// scale starts at zero and ends at the largest value.
type Area struct {
	widget.BaseWidget
	values []float64
	raster *canvas.Raster
	min    fyne.Size
}

// NewArea returns an empty chart of a smallest size.
func NewArea(width, height float32) *Area {
	a := &Area{min: fyne.NewSize(width, height)}
	a.raster = canvas.NewRaster(a.draw)
	a.ExtendBaseWidget(a)
	return a
}

// Set changes the values, oldest first.
func (a *Area) Set(values []float64) {
	a.values = append(a.values[:0], values...)
	a.Refresh()
}

// MinSize is the size that the chart was made with.
func (a *Area) MinSize() fyne.Size { return a.min }

// CreateRenderer implements fyne.Widget.
func (a *Area) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(a.raster) }

func (a *Area) draw(w, h int) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	if len(a.values) < 2 || w < 2 || h < 4 {
		return img
	}
	heights := a.heights(w, h)
	fill := color.NRGBAModel.Convert(currentColor(ToneTint(tone.Active))).(color.NRGBA)
	line := color.NRGBAModel.Convert(currentColor(ToneColor(tone.Active))).(color.NRGBA)
	thickness := max(1, float64(h)/32)
	for x := range w {
		for y := range h {
			d := float64(y) + 0.5 - heights[x] // below the line when positive
			steep := slope(heights, x)
			cover := clamp(thickness + 0.5 - math.Abs(d)/math.Sqrt(1+steep*steep))
			switch {
			case cover > 0:
				img.SetNRGBA(x, y, blend(fill, line, cover, d > 0))
			case d > 0:
				img.SetNRGBA(x, y, fill)
			}
		}
	}
	return img
}

// heights gives, for each column of pixels, where the line is, from the top.
func (a *Area) heights(w, h int) []float64 {
	top := 0.0
	for _, v := range a.values {
		top = max(top, v)
	}
	heights := make([]float64, w)
	for x := range heights {
		at := float64(x) / float64(w-1) * float64(len(a.values)-1)
		i := min(int(at), len(a.values)-2)
		v := a.values[i] + (at-float64(i))*(a.values[i+1]-a.values[i])
		if top > 0 {
			v /= top
		}
		heights[x] = float64(h) - 1 - v*float64(h-4)
	}
	return heights
}

func slope(heights []float64, x int) float64 {
	if x == 0 || x == len(heights)-1 {
		return 0
	}
	return (heights[x+1] - heights[x-1]) / 2
}

func clamp(v float64) float64 { return max(0, min(1, v)) }

// blend lays the line over the area, or over nothing above it.
func blend(fill, line color.NRGBA, cover float64, onFill bool) color.NRGBA {
	if !onFill {
		line.A = uint8(cover * 255)
		return line
	}
	mix := func(a, b uint8) uint8 { return uint8(float64(a)*(1-cover) + float64(b)*cover) }
	return color.NRGBA{R: mix(fill.R, line.R), G: mix(fill.G, line.G), B: mix(fill.B, line.B), A: 255}
}

// BarValue is one bar of a chart.
type BarValue struct {
	Value float64
	Tone  tone.Tone
	Label string // below the bar
	Note  string // above the bar
}

// Bars is a chart of some things beside each other: the last jobs.
type Bars struct {
	widget.BaseWidget
	OnTapped func(i int)
	values   []BarValue
	chosen   int
	height   float32
}

// NewBars returns an empty chart of a height.
func NewBars(height float32) *Bars {
	b := &Bars{height: height, chosen: -1}
	b.ExtendBaseWidget(b)
	return b
}

// Set changes the bars; chosen is the one to stress, or -1.
func (b *Bars) Set(values []BarValue, chosen int) {
	b.values, b.chosen = values, chosen
	b.Refresh()
}

// Tapped tells which bar was hit.
func (b *Bars) Tapped(e *fyne.PointEvent) {
	if b.OnTapped == nil || len(b.values) == 0 {
		return
	}
	if i := int(e.Position.X / b.slot()); i >= 0 && i < len(b.values) {
		b.OnTapped(i)
	}
}

// slot is the width that a bar and the space around it have.
func (b *Bars) slot() float32 { return min(104, b.Size().Width/float32(max(1, len(b.values)))) }

// CreateRenderer implements fyne.Widget.
func (b *Bars) CreateRenderer() fyne.WidgetRenderer {
	r := &barsRenderer{b: b, base: canvas.NewRectangle(nil)}
	r.Refresh()
	return r
}

type barsRenderer struct {
	b             *Bars
	base          *canvas.Rectangle
	rects         []*canvas.Rectangle
	labels, notes []*Text
}

func (r *barsRenderer) Destroy()           {}
func (r *barsRenderer) MinSize() fyne.Size { return fyne.NewSize(120, r.b.height) }

func (r *barsRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.base}
	for i := range r.b.values {
		objects = append(objects, r.rects[i], r.labels[i], r.notes[i])
	}
	return objects
}

func (r *barsRenderer) Layout(size fyne.Size) {
	const label, note = 20, 20
	floor := size.Height - label
	r.base.Move(fyne.NewPos(0, floor))
	r.base.Resize(fyne.NewSize(size.Width, Hairline))
	top := 0.0
	for _, v := range r.b.values {
		top = max(top, v.Value)
	}
	slot := r.b.slot()
	for i, v := range r.b.values {
		height := float32(3)
		if top > 0 {
			height = max(3, float32(v.Value/top)*(floor-note))
		}
		width := min(56, slot*0.62)
		x := float32(i)*slot + (slot-width)/2
		r.rects[i].Move(fyne.NewPos(x, floor-height))
		r.rects[i].Resize(fyne.NewSize(width, height))
		r.labels[i].Move(fyne.NewPos(float32(i)*slot, floor+3))
		r.labels[i].Resize(fyne.NewSize(slot, label-3))
		r.notes[i].Set(fitting(v.Note, slot))
		r.notes[i].Move(fyne.NewPos(float32(i)*slot, floor-height-note))
		r.notes[i].Resize(fyne.NewSize(slot, note))
	}
}

// fitting is a note in a width: of a duration its greater unit alone, where both have no room.
func fitting(note string, width float32) string {
	words := strings.Fields(note)
	if len(words) == 4 && fyne.MeasureText(note, SizeGroup, fyne.TextStyle{}).Width > width {
		return words[0] + " " + words[1]
	}
	return note
}

func (r *barsRenderer) Refresh() {
	for len(r.rects) < len(r.b.values) {
		r.rects = append(r.rects, canvas.NewRectangle(nil))
		r.labels = append(r.labels, NewText("", SizeGroup, ColorMuted).Center())
		r.notes = append(r.notes, NewText("", SizeGroup, ColorMuted).Center())
	}
	r.base.FillColor = currentColor(ColorLine)
	for i, v := range r.b.values {
		r.rects[i].FillColor = softened(currentColor(ToneColor(v.Tone)))
		r.rects[i].TopLeftCornerRadius, r.rects[i].TopRightCornerRadius = 4, 4
		ink := ColorMuted
		if i == r.b.chosen {
			ink = ColorText
		}
		r.labels[i].style.Bold = i == r.b.chosen
		r.labels[i].SetColored(v.Label, ink)
		r.notes[i].SetColored(v.Note, ink)
		r.labels[i].Refresh()
		r.notes[i].Refresh()
		r.rects[i].Refresh()
	}
	r.Layout(r.b.Size())
	r.base.Refresh()
}

// softened lets some of the ground through: an area in a text's colour is loud.
func softened(c color.Color) color.Color {
	return withAlpha(color.NRGBAModel.Convert(c).(color.NRGBA), 0xC8)
}
