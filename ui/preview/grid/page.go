package grid

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"golang.org/x/image/math/fixed"
)

// run is one line of text at its place.
type run struct {
	box   box
	text  string
	color color.NRGBA
	align Align
	ruler *ruler
}

// page is a picture of runs of text. It is drawn when the toolkit asks for it, at
// the resolution of the screen, and only after a run has changed.
type page struct {
	raster    *canvas.Raster
	runs, old []run
	image     *image.RGBA
}

func newPage() *page {
	p := &page{}
	p.raster = canvas.NewRaster(p.paint)
	return p
}

func (p *page) begin() { p.runs, p.old = p.old[:0], p.runs }

// end redraws the picture if anything on it is new.
func (p *page) end() {
	if len(p.runs) != len(p.old) {
		p.raster.Refresh()
		return
	}
	for i := range p.runs {
		if p.runs[i] != p.old[i] {
			p.raster.Refresh()
			return
		}
	}
}

// resize makes the picture cover w by h pixels of the layout.
func (p *page) resize(w, h float64) {
	p.raster.Resize(fyne.NewSize(float32(math.Ceil(w)), float32(math.Ceil(h))))
}

// paint draws the runs into a picture of w by h pixels of the screen. The toolkit
// copies the picture, so that the same one serves again.
func (p *page) paint(w, h int) image.Image {
	if p.image == nil || p.image.Rect.Dx() != w || p.image.Rect.Dy() != h {
		p.image = image.NewRGBA(image.Rect(0, 0, w, h))
	} else {
		clear(p.image.Pix)
	}
	if s := p.raster.Size(); s.Width > 0 {
		scale := float64(w) / float64(s.Width)
		for _, r := range p.runs {
			r.paint(p.image, scale)
		}
	}
	return p.image
}

// paint draws one run at a scale.
func (r run) paint(dst *image.RGBA, scale float64) {
	t := r.ruler.face
	t.setSize(float64(r.ruler.size) * scale)
	if t.face == nil {
		return
	}
	x := fixed.Int26_6(r.box.x * scale * 64)
	if r.align == AlignRight {
		x = fixed.Int26_6((r.box.x+r.box.w)*scale*64) - t.width(r.text)
	}
	y := int(math.Round(r.box.y*scale + float64(t.face.Metrics().Ascent)/64))
	t.draw(dst, r.text, x, y, r.color, dst.Rect)
}
