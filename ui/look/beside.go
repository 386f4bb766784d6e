package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// beside puts two flows into one line, the second at its end; where there is no room for
// both, each has lines of its own.
type beside struct{ gapX, gapY, width float32 }

// NewBeside returns two flows, as of [NewFlow], beside each other; in a narrow window the
// second goes below the first.
func NewBeside(gapX, gapY float32, left, right *fyne.Container) *fyne.Container {
	return container.New(&beside{gapX: gapX, gapY: gapY}, left, right)
}

// parts are the widths and heights of the two flows in some width.
func (b *beside) parts(o []fyne.CanvasObject, width float32) (left, right fyne.Size, oneLine bool) {
	first, second := o[0].(*fyne.Container), o[1].(*fyne.Container)
	left.Width, right.Width = width, lineOf(second)
	if oneLine = width <= 0 || lineOf(first)+b.gapX+right.Width <= width; oneLine && width > 0 {
		left.Width = width - b.gapX - right.Width
	} else if !oneLine {
		right.Width = width
	}
	left.Height, right.Height = heightIn(first, left.Width), heightIn(second, right.Width)
	return left, right, oneLine
}

// lineOf is how wide a flow is in a single line.
func lineOf(c *fyne.Container) (width float32) {
	f := c.Layout.(*flow)
	for _, o := range c.Objects {
		if o.Visible() {
			width += wanted(o).Width + f.gapX
		}
	}
	return max(0, width-f.gapX)
}

// heightIn is how high a flow is in some width.
func heightIn(c *fyne.Container, width float32) float32 {
	return c.Layout.(*flow).place(c.Objects, width, false)
}

func (b *beside) MinSize(o []fyne.CanvasObject) fyne.Size {
	left, right, oneLine := b.parts(o, b.width)
	least := max(o[0].MinSize().Width, o[1].MinSize().Width)
	if oneLine {
		return fyne.NewSize(least, max(left.Height, right.Height))
	}
	return fyne.NewSize(least, left.Height+b.gapY+right.Height)
}

func (b *beside) Layout(o []fyne.CanvasObject, size fyne.Size) {
	b.width = size.Width
	left, right, oneLine := b.parts(o, size.Width)
	o[0].Resize(left)
	o[1].Resize(right)
	if !oneLine {
		o[0].Move(fyne.Position{})
		o[1].Move(fyne.NewPos(0, left.Height+b.gapY))
		return
	}
	height := max(left.Height, right.Height)
	o[0].Move(fyne.NewPos(0, (height-left.Height)/2))
	o[1].Move(fyne.NewPos(size.Width-right.Width, (height-right.Height)/2))
}
