package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// wheel lies over a field and takes the wheel alone: the toolkit's entry would keep it for
// its own line, and the page would stand still under the pointer.
type wheel struct {
	widget.BaseWidget
	over fyne.CanvasObject
	line *container.Scroll // of the field; nil: it has none
}

func newWheel(over fyne.CanvasObject) *wheel {
	w := &wheel{over: over}
	w.ExtendBaseWidget(w)
	return w
}

// Scrolled scrolls what the field lies in; sideways, or where it lies in nothing that can
// be scrolled, the line of the field.
func (w *wheel) Scrolled(e *fyne.ScrollEvent) {
	if e.Scrolled.DY != 0 {
		if around := scrollersAround(w.over); len(around) > 0 {
			around[len(around)-1].Scrolled(e)
			return
		}
	}
	if w.line != nil {
		w.line.Scrolled(e)
	}
}

// CreateRenderer implements fyne.Widget.
func (w *wheel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}
