package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// shrinks is what would rather have more room than its least size: text that can be
// cut, and what holds such text.
type shrinks interface{ wanted() fyne.Size }

// wanted is the size that an object would have if there were room.
func wanted(o fyne.CanvasObject) fyne.Size {
	if s, ok := o.(shrinks); ok {
		return s.wanted()
	}
	return o.MinSize()
}

// Stretch gives an object a width and the height that it then needs, which it returns.
func Stretch(o fyne.CanvasObject, width float32) float32 {
	if o.Size().Width != width {
		o.Resize(fyne.NewSize(width, o.MinSize().Height))
	}
	height := o.MinSize().Height
	o.Resize(fyne.NewSize(width, height))
	return height
}

// leading gives its one object the width that it wants, and no more than there is.
type leading struct{}

// NewLeading returns an object at the left end of a cell, within it.
func NewLeading(o fyne.CanvasObject) *fyne.Container { return container.New(leading{}, o) }

func (leading) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (leading) Layout(o []fyne.CanvasObject, size fyne.Size) {
	want := wanted(o[0])
	o[0].Resize(fyne.NewSize(min(want.Width, size.Width), want.Height))
	o[0].Move(fyne.NewPos(0, (size.Height-want.Height)/2))
}

// aside puts a short object behind a long one, or below it where the line is too
// short for both.
type aside struct{ gap, least, width float32 }

// NewAside returns a container in which the first object grows and the second stands
// at the right end; where the first would get less than the least width, the second
// goes below.
func NewAside(gap, least float32, first, second fyne.CanvasObject) *fyne.Container {
	return container.New(&aside{gap: gap, least: least}, first, second)
}

func (a *aside) below(second fyne.Size) bool {
	return a.width > 0 && a.least+a.gap+second.Width > a.width
}

func (a *aside) MinSize(o []fyne.CanvasObject) fyne.Size {
	first, second := o[0].MinSize(), o[1].MinSize()
	size := fyne.NewSize(max(first.Width, second.Width), max(first.Height, second.Height))
	if a.below(wanted(o[1])) {
		size.Height = first.Height + second.Height
	}
	return size
}

func (a *aside) Layout(o []fyne.CanvasObject, size fyne.Size) {
	a.width = size.Width
	second := wanted(o[1])
	o[0].Move(fyne.Position{})
	if a.below(second) {
		second.Width = min(second.Width, size.Width)
		o[1].Resize(second)
		o[1].Move(fyne.NewPos(0, Stretch(o[0], size.Width)))
		return
	}
	Stretch(o[0], size.Width-a.gap-second.Width)
	o[1].Resize(second)
	o[1].Move(fyne.NewPos(size.Width-second.Width, 0))
}

// pair puts two texts at the ends of a line: the second gets what it wants as long as
// the first keeps a least width, else what is left.
type pair struct{ gap, least float32 }

// NewPair returns two texts at the ends of a line; both may be cut.
func NewPair(gap, least float32, first, second fyne.CanvasObject) *fyne.Container {
	return container.New(pair{gap, least}, first, second)
}

func (p pair) MinSize(o []fyne.CanvasObject) fyne.Size {
	first, second := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(first.Width+p.gap+second.Width, max(first.Height, second.Height))
}

func (p pair) Layout(o []fyne.CanvasObject, size fyne.Size) {
	second := min(wanted(o[1]).Width, max(0, size.Width-p.gap-min(p.least, wanted(o[0]).Width)))
	place := func(o fyne.CanvasObject, x, width float32) {
		height := o.MinSize().Height
		o.Move(fyne.NewPos(x, (size.Height-height)/2))
		o.Resize(fyne.NewSize(width, height))
	}
	place(o[0], 0, max(0, size.Width-p.gap-second))
	place(o[1], size.Width-second, second)
}

// centred gives its one object a width up to a bound, in the middle, and the height
// that it then needs.
type centred struct{ most float32 }

// NewCentred returns an object that is no wider than a bound, in the middle.
func NewCentred(most float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(centred{most}, o)
}

func (centred) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (c centred) Layout(o []fyne.CanvasObject, size fyne.Size) {
	width := min(size.Width, c.most)
	Stretch(o[0], width)
	o[0].Move(fyne.NewPos((size.Width-width)/2, 0))
}

// atMost bounds the height that its one object asks for: the object scrolls.
type atMost struct{ height float32 }

// NewAtMost returns a scroller that asks for the height of its content up to a bound.
func NewAtMost(height float32, content fyne.CanvasObject) *fyne.Container {
	return container.New(atMost{height}, NewWholeScroll(content))
}

func (a atMost) MinSize(o []fyne.CanvasObject) fyne.Size {
	size := o[0].MinSize()
	size.Height = min(size.Height, a.height)
	return size
}

func (atMost) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(size)
}

// footed is a body over something that stays in sight.
type footed struct{}

// NewFooted returns a body that takes the height that is left above a foot.
func NewFooted(body, foot fyne.CanvasObject) *fyne.Container {
	return container.New(footed{}, body, foot)
}

func (footed) MinSize(o []fyne.CanvasObject) fyne.Size {
	body, foot := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(body.Width, foot.Width), body.Height+foot.Height)
}

func (footed) Layout(o []fyne.CanvasObject, size fyne.Size) {
	height := Stretch(o[1], size.Width)
	o[1].Move(fyne.NewPos(0, size.Height-height))
	o[0].Move(fyne.Position{})
	o[0].Resize(fyne.NewSize(size.Width, max(0, size.Height-height)))
}
