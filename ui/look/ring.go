package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// The ring is a line of ringWidth around a control, with ringGap of the ground
// between the two: so it stands out from the ground on both of its sides, also around
// a control in the colour of the ring.
const (
	ringWidth float32 = 2
	ringGap   float32 = 2
)

// ring is the frame around a widget that has the keyboard's focus.
type ring struct {
	rect   *canvas.Rectangle
	radius float32
	out    float32 // how far it lies outside of the widget
}

// newRing is a ring around a widget with corners of a radius.
func newRing(radius float32) *ring {
	r := &ring{rect: canvas.NewRectangle(nil), radius: radius, out: ringWidth + ringGap}
	r.rect.Hide()
	return r
}

// newInnerRing is a ring at the edge of a widget, for those without room around them.
func newInnerRing(radius float32) *ring {
	r := newRing(radius)
	r.out = 0
	return r
}

func (r *ring) layout(size fyne.Size) {
	r.rect.Move(fyne.NewPos(-r.out, -r.out))
	r.rect.Resize(size.AddWidthHeight(2*r.out, 2*r.out))
}

func (r *ring) show(on bool) {
	r.rect.StrokeColor, r.rect.StrokeWidth = currentColor(ColorAccent), ringWidth
	r.rect.CornerRadius = r.radius + r.out
	if on {
		r.rect.Show()
	} else {
		r.rect.Hide()
	}
	r.rect.Refresh()
}

// ringed draws one object, and the ring of what can be clicked around it.
type ringed struct {
	p      *Pressable
	object fyne.CanvasObject
	ring   *ring
}

func newRinged(p *Pressable, o fyne.CanvasObject, radius float32) *ringed {
	return &ringed{p: p, object: o, ring: newRing(radius)}
}

func (r *ringed) Destroy()                     {}
func (r *ringed) MinSize() fyne.Size           { return r.object.MinSize() }
func (r *ringed) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.object, r.ring.rect} }

func (r *ringed) Layout(size fyne.Size) {
	r.object.Resize(size)
	r.ring.layout(size)
}

func (r *ringed) Refresh() {
	r.object.Refresh()
	r.ring.show(r.p.focused && !r.p.disabled)
}
