package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// The toolkit draws once when the window has got another size. With OpenGL ES, what is
// drawn into takes the new size only once something was drawn: that one picture is as
// large as the window was before, so that a window that grows has an edge with nothing
// in it, and one that shrinks shows its middle. It stays until something else happens.
const (
	settling  = 50 * time.Millisecond // some frames of the toolkit
	redrawals = 3                     // one is enough, if the toolkit has drawn in between
)

// resized is the layout of all that the window shows. It notices another size.
type resized struct {
	w     *Window
	size  fyne.Size
	speck *canvas.Rectangle // shows nothing
	timer *time.Timer       // nil: nothing is to be drawn again
	times int               // how often
}

// drawnAtItsSize returns what has the window drawn again whenever it has got another
// size.
func (w *Window) drawnAtItsSize(content fyne.CanvasObject) fyne.CanvasObject {
	r := &resized{w: w, speck: &canvas.Rectangle{}}
	return container.New(r, content, r.speck)
}

func (r *resized) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (r *resized) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(size)
	if size == r.size {
		return
	}
	r.size, r.times = size, redrawals
	if r.timer == nil {
		r.timer = time.AfterFunc(settling, func() { r.w.later(r.again) })
	} else {
		r.timer.Reset(settling)
	}
}

// again has everything drawn, as the toolkit does when anything at all has changed.
func (r *resized) again() {
	r.w.window.Canvas().Refresh(r.speck)
	if r.times--; r.times > 0 {
		r.timer.Reset(settling)
	}
}
