package chart

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"sluice/ui/look"
	"sluice/ui/tone"
)

// Chart is a drawing of groups.
type Chart struct {
	widget.BaseWidget
	// OnTapped is told which group was hit, by its place in the table.
	OnTapped func(row int)
	m        Model
}

var (
	_ fyne.Tappable      = (*Chart)(nil)
	_ desktop.Cursorable = (*Chart)(nil)
)

// New returns an empty drawing.
func New() *Chart {
	c := &Chart{}
	c.ExtendBaseWidget(c)
	return c
}

// Set changes what is drawn.
func (c *Chart) Set(m Model) {
	c.m = m
	c.Refresh()
}

// Height is how high the drawing wants to be.
func Height(m Model) float32 {
	if m.Lines {
		return 210
	}
	return barSlot * float32(max(1, len(m.Labels)))
}

// MinSize is what a drawing needs, so that it can be read.
func (c *Chart) MinSize() fyne.Size { return fyne.NewSize(120, Height(c.m)) }

// Tapped tells which group was hit.
func (c *Chart) Tapped(e *fyne.PointEvent) {
	if row := c.plan().Hit(c.m, e.Position.X, e.Position.Y); row >= 0 && c.OnTapped != nil {
		c.OnTapped(row)
	}
}

// Cursor is a hand, since groups can be hit.
func (c *Chart) Cursor() desktop.Cursor { return desktop.PointerCursor }

func (c *Chart) plan() Plan { return PlanOf(c.m, c.Size().Width, c.Size().Height, measure) }

func measure(text string) float32 {
	return fyne.MeasureText(text, look.SizeCaption, fyne.TextStyle{}).Width
}

// seriesTones are the colours of lines, the largest first.
var seriesTones = []tone.Tone{tone.Active, tone.Good, tone.Caution, tone.Bad, tone.Neutral}

func seriesColors() (out []color.Color) {
	for _, t := range seriesTones {
		out = append(out, themed(look.ToneColor(t)))
	}
	return out
}

func themed(name fyne.ThemeColorName) color.Color {
	s := fyne.CurrentApp().Settings()
	return s.Theme().Color(name, s.ThemeVariant())
}

// CreateRenderer draws the chart; it is the toolkit's to call.
func (c *Chart) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{c: c}
	r.lines = canvas.NewRaster(func(w, h int) image.Image {
		return strokes(c.m, c.plan(), w, h, c.Size().Width, seriesColors())
	})
	r.build()
	return r
}

type renderer struct {
	c       *Chart
	lines   *canvas.Raster
	objects []fyne.CanvasObject
	size    fyne.Size // that the objects were made for
}

func (r *renderer) Destroy()                     {}
func (r *renderer) MinSize() fyne.Size           { return r.c.MinSize() }
func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *renderer) Layout(s fyne.Size) {
	if s != r.size {
		r.build()
		canvas.Refresh(r.c)
	}
}

func (r *renderer) Refresh() {
	r.build()
	canvas.Refresh(r.c)
}

// build makes the objects anew: a chart changes rarely.
func (r *renderer) build() {
	r.size, r.objects = r.c.Size(), nil
	if len(r.c.m.Labels) == 0 || r.size.Width < 1 {
		return
	}
	if r.c.m.Lines {
		r.buildLines()
		return
	}
	r.buildBars()
}

func (r *renderer) text(s string, x, y, width float32, name fyne.ThemeColorName, align fyne.TextAlign) {
	s = look.Fit(s, width, look.SizeCaption, fyne.TextStyle{})
	t := canvas.NewText(s, themed(name))
	t.TextSize = look.SizeCaption
	size := t.MinSize()
	switch align {
	case fyne.TextAlignTrailing:
		x += width - size.Width
	case fyne.TextAlignCenter:
		x += (width - size.Width) / 2
	}
	t.Move(fyne.NewPos(x, y-size.Height/2))
	t.Resize(size)
	r.objects = append(r.objects, t)
}

func (r *renderer) rect(at Rect, name fyne.ThemeColorName, corner float32) {
	o := canvas.NewRectangle(themed(name))
	o.CornerRadius = corner
	o.Move(fyne.NewPos(at.X, at.Y))
	o.Resize(fyne.NewSize(at.W, at.H))
	r.objects = append(r.objects, o)
}

func (r *renderer) buildBars() {
	m, p := r.c.m, r.c.plan()
	for i, label := range m.Labels {
		bar := p.Bar(m, i)
		middle := bar.Y + bar.H/2
		r.text(label, 0, middle, p.Plot.X-between, look.ColorText, fyne.TextAlignTrailing)
		r.rect(bar, look.ToneColor(tone.Active), 2)
		r.text(m.exactly(0, i), bar.X+bar.W+between, middle, p.Plot.W, look.ColorMuted, fyne.TextAlignLeading)
	}
}

func (r *renderer) buildLines() {
	m, p := r.c.m, r.c.plan()
	for _, t := range m.Scale.Ticks {
		y := p.Y(m, t.At)
		r.rect(Rect{p.Plot.X, y, p.Plot.W, look.Hairline}, look.ColorLine, 0)
		r.text(t.Text, 0, y, p.Plot.X-between, look.ColorMuted, fyne.TextAlignTrailing)
	}
	below := p.Plot.Y + p.Plot.H + tickSpace/2 + 2
	for _, i := range p.Marks(m, measure) {
		const wide = 200
		x := max(0, min(p.At(m, i), r.size.Width-measure(m.Labels[i])/2))
		r.text(m.Labels[i], x-wide/2, below, wide, look.ColorMuted, fyne.TextAlignCenter)
	}
	r.lines.Resize(r.size)
	r.objects = append(r.objects, r.lines)
	if len(m.Series) < 2 {
		return
	}
	x, width := p.Plot.X, p.Plot.W/float32(len(m.Series))
	for s, one := range m.Series {
		r.rect(Rect{x, legend/2 - 4, 8, 8}, look.ToneColor(seriesTones[s%len(seriesTones)]), 2)
		r.text(one.Name, x+13, legend/2, width-18, look.ColorText, fyne.TextAlignLeading)
		x += min(width, 13+measure(one.Name)+14)
	}
}
