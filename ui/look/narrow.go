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
	top   bool
}

// NewTopEnds is NewEnds with the objects at the same height at their tops, not in their
// middles.
func NewTopEnds(gap float32, left, right fyne.CanvasObject) *fyne.Container {
	return container.New(&ends{gap: gap, top: true}, left, right)
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
	var first, second float32
	if height := max(left.Height, right.Height); !e.top {
		first, second = (height-left.Height)/2, (height-right.Height)/2
	}
	o[0].Move(fyne.NewPos(0, first))
	o[1].Move(fyne.NewPos(size.Width-right.Width, second))
}

// shares gives objects equal widths between two bounds, in the middle; as many stand
// beside each other as have room.
type shares struct{ least, most, gap, width float32 }

// NewShares returns objects beside each other, each as wide as the others; in a narrow
// window the last ones go below, and all may be as wide together as in a wide one.
func NewShares(least, most, gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&shares{least: least, most: most, gap: gap}, objects...)
}

// beside is how many of n objects stand beside each other: lines are filled evenly.
func (s *shares) beside(n int) int {
	if s.width <= 0 {
		return n
	}
	most := max(1, int((s.width+s.gap)/(s.least+s.gap)))
	lines := (n + most - 1) / most
	return (n + lines - 1) / lines
}

func (s *shares) MinSize(objects []fyne.CanvasObject) fyne.Size {
	lines := (len(objects) + s.beside(len(objects)) - 1) / s.beside(len(objects))
	return fyne.NewSize(s.least, float32(lines)*(tallest(objects)+s.gap)-s.gap)
}

func tallest(objects []fyne.CanvasObject) (height float32) {
	for _, o := range objects {
		height = max(height, o.MinSize().Height)
	}
	return height
}

func (s *shares) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	s.width = size.Width
	beside := s.beside(len(objects))
	n := float32(beside)
	width := min(s.most*float32(len(objects))/n, (size.Width-(n-1)*s.gap)/n)
	for _, o := range objects {
		o.Resize(fyne.NewSize(width, o.MinSize().Height)) // wraps its text
	}
	height := tallest(objects)
	for i, o := range objects {
		line, place := i/beside, i%beside
		in := float32(min(beside, len(objects)-line*beside)) // objects of the line
		left := (size.Width - in*width - (in-1)*s.gap) / 2
		o.Move(fyne.NewPos(left+float32(place)*(width+s.gap), float32(line)*(height+s.gap)))
		o.Resize(fyne.NewSize(width, height))
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
