package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// widthFirst lays a vertical scroller out in two steps: the content gets its
// width, so that its text wraps, and only then its height is asked for.
type widthFirst struct{ scroll *container.Scroll }

// NewScroll returns a vertical scroller for content with wrapping text.
func NewScroll(content fyne.CanvasObject) *fyne.Container {
	s := container.NewVScroll(content)
	return container.New(widthFirst{s}, s)
}

func (w widthFirst) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(w.scroll.Content.MinSize().Width, 80)
}

func (w widthFirst) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	w.scroll.Content.Resize(fyne.NewSize(size.Width, w.scroll.Content.MinSize().Height))
	w.scroll.Move(fyne.Position{})
	if w.scroll.Size() == size {
		w.scroll.Refresh()
		return
	}
	w.scroll.Resize(size)
}
