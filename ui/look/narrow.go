package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// ends puts two objects at the two ends of a line, and below each other where
// the line is too short for both.
type ends struct {
	gap   float32
	width float32
}

// NewEnds returns a container with one object at the left and one at the right
// end; in a narrow window the right one goes below.
func NewEnds(gap float32, left, right fyne.CanvasObject) *fyne.Container {
	return container.New(&ends{gap: gap}, left, right)
}

func (e *ends) stacked(left, right fyne.Size) bool {
	return e.width > 0 && left.Width+e.gap+right.Width > e.width
}

func (e *ends) MinSize(o []fyne.CanvasObject) fyne.Size {
	left, right := o[0].MinSize(), o[1].MinSize()
	if e.stacked(left, right) {
		return fyne.NewSize(max(left.Width, right.Width), left.Height+e.gap+right.Height)
	}
	return fyne.NewSize(max(left.Width, right.Width), max(left.Height, right.Height))
}

func (e *ends) Layout(o []fyne.CanvasObject, size fyne.Size) {
	e.width = size.Width
	left, right := o[0].MinSize(), o[1].MinSize()
	o[0].Resize(left)
	o[1].Resize(right)
	if e.stacked(left, right) {
		o[0].Move(fyne.Position{})
		o[1].Move(fyne.NewPos(0, left.Height+e.gap))
		return
	}
	height := max(left.Height, right.Height)
	o[0].Move(fyne.NewPos(0, (height-left.Height)/2))
	o[1].Move(fyne.NewPos(size.Width-right.Width, (height-right.Height)/2))
}

// shares gives objects equal widths between two bounds, in the middle.
type shares struct{ least, most, gap float32 }

// NewShares returns objects beside each other, each as wide as the others.
func NewShares(least, most, gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(shares{least, most, gap}, objects...)
}

func (s shares) MinSize(objects []fyne.CanvasObject) fyne.Size {
	n := float32(len(objects))
	size := fyne.NewSize(n*s.least+(n-1)*s.gap, 0)
	for _, o := range objects {
		size.Height = max(size.Height, o.MinSize().Height)
	}
	return size
}

func (s shares) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	n := float32(len(objects))
	width := min(s.most, (size.Width-(n-1)*s.gap)/n)
	for _, o := range objects {
		o.Resize(fyne.NewSize(width, o.MinSize().Height)) // wraps its text
	}
	height := s.MinSize(objects).Height
	x := (size.Width - n*width - (n-1)*s.gap) / 2
	for _, o := range objects {
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(width, height))
		x += width + s.gap
	}
}

// middle centres its one object in the height, and gives it the whole width.
type middle struct{}

// NewMiddle returns an object in the middle of the height, in the whole width.
func NewMiddle(o fyne.CanvasObject) *fyne.Container { return container.New(middle{}, o) }

func (middle) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (middle) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(fyne.NewSize(size.Width, o[0].MinSize().Height))
	height := o[0].MinSize().Height
	o[0].Resize(fyne.NewSize(size.Width, height))
	o[0].Move(fyne.NewPos(0, max(0, (size.Height-height)/2)))
}
