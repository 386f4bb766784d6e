package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// widthFirst lays a vertical scroller out in two steps: the content gets its
// width, so that its text wraps, and only then its height is asked for.
type widthFirst struct {
	scroll *container.Scroll
	whole  bool // it asks for the height of its content
}

// hair is what is missing where nothing is: sums of heights that are no whole numbers
// are inexact. For the toolkit it is a reason to scroll.
const hair = 0.5

// NewScroll returns a vertical scroller for content with wrapping text.
func NewScroll(content fyne.CanvasObject) *fyne.Container {
	s := container.NewVScroll(content)
	return container.New(widthFirst{scroll: s}, s)
}

// NewWholeScroll is NewScroll for what has room as a rule: it asks for the height of
// its content, and scrolls where it gets less.
func NewWholeScroll(content fyne.CanvasObject) *fyne.Container {
	s := container.NewVScroll(content)
	return container.New(widthFirst{scroll: s, whole: true}, s)
}

func (w widthFirst) MinSize([]fyne.CanvasObject) fyne.Size {
	if w.whole {
		return w.scroll.Content.MinSize()
	}
	return fyne.NewSize(w.scroll.Content.MinSize().Width, 80)
}

func (w widthFirst) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	if c := w.scroll.Content; c.Size().Width != size.Width {
		c.Resize(fyne.NewSize(size.Width, max(size.Height, c.MinSize().Height)))
	}
	if lacks := w.scroll.Content.MinSize().Height - size.Height; lacks > 0 && lacks < hair {
		size.Height += lacks
	}
	w.scroll.Move(fyne.Position{})
	if w.scroll.Size() == size {
		w.scroll.Refresh()
		return
	}
	w.scroll.Resize(size)
}
