package grid

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// still is the layout of a layer: its objects are placed by the drawing, and
// have no say in sizes, so that a longer cell never starts a layout of the window.
type still struct{}

func (still) Layout([]fyne.CanvasObject, fyne.Size)         {}
func (still) MinSize(objects []fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// box is a rectangle in pixels.
type box struct{ x, y, w, h float64 }

func (b box) place(o fyne.CanvasObject) {
	o.Resize(fyne.NewSize(float32(b.w), float32(b.h)))
	o.Move(fyne.NewPos(float32(b.x), float32(b.y)))
}

// layer draws rectangles and, above them, texts, with objects that are kept from
// one drawing to the next. A drawing is begin, any number of fill and write, end.
type layer struct {
	object *fyne.Container
	fills  []*canvas.Rectangle
	page   *page          // the texts that it can draw
	texts  []*canvas.Text // the others
	nf, nt int
	fixed  []fyne.CanvasObject // drawn on top
}

func newLayer(fixed ...fyne.CanvasObject) *layer {
	l := &layer{object: &fyne.Container{Layout: still{}}, page: newPage(), fixed: fixed}
	l.rebuild()
	return l
}

// resize gives the layer the size of what it is seen through.
func (l *layer) resize(w, h float64) { l.page.resize(w, h) }

func (l *layer) begin() {
	l.nf, l.nt = 0, 0
	l.page.begin()
}

// fill draws a rectangle, with a border of that width inside it if there is one.
func (l *layer) fill(b box, c color.Color, border color.Color, width float32) {
	if l.nf == len(l.fills) {
		l.fills = append(l.fills, canvas.NewRectangle(c))
		l.rebuild()
	}
	r := l.fills[l.nf]
	l.nf++
	b.place(r)
	if r.FillColor != c || r.StrokeColor != border || r.StrokeWidth != width || !r.Visible() {
		r.FillColor, r.StrokeColor, r.StrokeWidth = c, border, width
		r.Show()
		r.Refresh()
	}
}

// write draws one line of text in b, which has the height of the text.
func (l *layer) write(b box, s string, c color.Color, a Align, ru *ruler) {
	if s == "" {
		return
	}
	if ru.face.simple(s) {
		l.page.runs = append(l.page.runs, run{b, s, nrgba(c), a, ru})
		return
	}
	if l.nt == len(l.texts) {
		l.texts = append(l.texts, canvas.NewText("", c))
		l.rebuild()
	}
	t := l.texts[l.nt]
	l.nt++
	align := fyne.TextAlignLeading
	if a == AlignRight {
		align = fyne.TextAlignTrailing
	}
	b.place(t)
	if t.Text != s || t.Color != c || t.Alignment != align || t.TextStyle != ru.style || t.TextSize != ru.size || !t.Visible() {
		t.Text, t.Color, t.Alignment, t.TextStyle, t.TextSize = s, c, align, ru.style, ru.size
		t.Show()
		t.Refresh()
	}
}

// end hides what the drawing did not use.
func (l *layer) end() {
	l.page.end()
	for _, r := range l.fills[l.nf:] {
		if r.Visible() {
			r.Hide()
		}
	}
	for _, t := range l.texts[l.nt:] {
		if t.Visible() {
			t.Hide()
		}
	}
}

func nrgba(c color.Color) color.NRGBA { return color.NRGBAModel.Convert(c).(color.NRGBA) }

// rebuild lists the objects anew after one was added: rectangles below texts
// below the fixed ones.
func (l *layer) rebuild() {
	o := make([]fyne.CanvasObject, 0, cap(l.fills)+cap(l.texts)+len(l.fixed)+1)
	for _, r := range l.fills {
		o = append(o, r)
	}
	o = append(o, l.page.raster)
	for _, t := range l.texts {
		o = append(o, t)
	}
	l.object.Objects = append(o, l.fixed...)
}

// shown are the texts of the last drawing.
func (l *layer) shown() []string {
	var out []string
	for _, r := range l.page.runs {
		out = append(out, r.text)
	}
	for _, t := range l.texts[:l.nt] {
		out = append(out, t.Text)
	}
	return out
}
