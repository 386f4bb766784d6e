package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// The ring is a line of ringWidth around a control, with ringGap of the ground
// between the two: so it stands out from the ground on both of its sides, also around
// a control in the colour of the ring.
const (
	ringWidth float32 = 2
	ringGap   float32 = 2
)

// Ring is the frame around a widget that has the keyboard's focus.
type Ring struct {
	Object *canvas.Rectangle
	radius float32
	out    float32 // how far it lies outside of the widget
}

// NewRing is a ring around a widget with corners of a radius.
func NewRing(radius float32) *Ring {
	r := &Ring{Object: canvas.NewRectangle(nil), radius: radius, out: ringWidth + ringGap}
	r.Object.Hide()
	return r
}

// NewInnerRing is a ring at the edge of a widget, for those without room around them.
func NewInnerRing(radius float32) *Ring {
	r := NewRing(radius)
	r.out = 0
	return r
}

// Layout lays the ring around a widget of a size.
func (r *Ring) Layout(size fyne.Size) {
	r.Object.Move(fyne.NewPos(-r.out, -r.out))
	r.Object.Resize(size.AddWidthHeight(2*r.out, 2*r.out))
}

// Show shows the ring or hides it.
func (r *Ring) Show(on bool) {
	r.Object.StrokeColor, r.Object.StrokeWidth = currentColor(ColorAccent), ringWidth
	r.Object.CornerRadius = r.radius + r.out
	if on {
		r.Object.Show()
	} else {
		r.Object.Hide()
	}
	r.Object.Refresh()
}

// Around lays the ring around one object that takes all the room; it is the ring's
// place for widgets that cannot draw outside of themselves.
func (r *Ring) Around(o fyne.CanvasObject) *fyne.Container {
	return container.New(around{r}, o, r.Object)
}

type around struct{ r *Ring }

func (a around) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (a around) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(size)
	a.r.Layout(size)
}

// ringed draws one object, and the ring of what can be clicked around it.
type ringed struct {
	p      *Pressable
	object fyne.CanvasObject
	ring   *Ring
}

func newRinged(p *Pressable, o fyne.CanvasObject, radius float32) *ringed {
	return &ringed{p: p, object: o, ring: NewRing(radius)}
}

func (r *ringed) Destroy()                     {}
func (r *ringed) MinSize() fyne.Size           { return r.object.MinSize() }
func (r *ringed) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.object, r.ring.Object} }

func (r *ringed) Layout(size fyne.Size) {
	r.object.Resize(size)
	r.ring.Layout(size)
}

func (r *ringed) Refresh() {
	r.object.Refresh()
	r.ring.Show(r.p.focused && !r.p.disabled)
}
