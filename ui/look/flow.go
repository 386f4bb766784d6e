package look

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// flow lays objects in lines, as words in a text.
type flow struct {
	gapX, gapY float32
	width      float32
	centered   bool
	even       bool // no line is much shorter than the others
}

// NewFlow returns a container whose objects go on in the next line where the
// width ends.
func NewFlow(gapX, gapY float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flow{gapX: gapX, gapY: gapY}, objects...)
}

// NewEvenFlow is NewFlow whose lines are about as long as each other: the last object does not
// stand alone.
func NewEvenFlow(gapX, gapY float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flow{gapX: gapX, gapY: gapY, even: true}, objects...)
}

// NewCenteredFlow is NewFlow with its lines in the middle.
func NewCenteredFlow(gapX, gapY float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flow{gapX: gapX, gapY: gapY, centered: true}, objects...)
}

func (f *flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var widest float32
	for _, o := range objects {
		if o.Visible() {
			widest = max(widest, o.MinSize().Width)
		}
	}
	return fyne.NewSize(widest, f.place(objects, f.width, false))
}

func (f *flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	f.width = size.Width
	f.place(objects, size.Width, true)
}

// place walks the objects and returns the height that they take.
func (f *flow) place(objects []fyne.CanvasObject, width float32, move bool) float32 {
	if f.even {
		width = f.narrowest(objects, width)
	}
	var x, y, tallest float32
	first := 0 // object of the line
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		m := wanted(o)
		if width > 0 {
			m.Width = min(m.Width, width)
		}
		if x > 0 && width > 0 && x+m.Width > width {
			f.center(objects[first:i], width-x+f.gapX, tallest, move)
			x, y, tallest, first = 0, y+tallest+f.gapY, 0, i
		}
		if move {
			o.Move(fyne.NewPos(x, y))
			o.Resize(m)
		}
		x += m.Width + f.gapX
		tallest = max(tallest, m.Height)
	}
	f.center(objects[first:], width-x+f.gapX, tallest, move)
	return y + tallest
}

// evenStep is how exactly lines are made as long as each other.
const evenStep float32 = 4

// narrowest is the least width, about, in which the objects take as many lines as in a width.
func (f *flow) narrowest(objects []fyne.CanvasObject, width float32) float32 {
	var widths []float32
	for _, o := range objects {
		if o.Visible() {
			widths = append(widths, wanted(o).Width)
		}
	}
	lines := func(width float32) int {
		n, x := 1, float32(0)
		for _, w := range widths {
			if w = min(w, width); x > 0 && x+w > width {
				n, x = n+1, 0
			}
			x += w + f.gapX
		}
		return n
	}
	n := lines(width)
	if width <= 0 || n == 1 {
		return width
	}
	widest := slices.Max(widths)
	for width-evenStep >= widest && lines(width-evenStep) == n {
		width -= evenStep
	}
	return width
}

// center moves the objects of a line to its middle, if that is wanted: left is
// the width that they do not take.
func (f *flow) center(line []fyne.CanvasObject, left, tallest float32, move bool) {
	if !move || !f.centered {
		return
	}
	for _, o := range line {
		o.Move(o.Position().AddXY(left/2, (tallest-o.Size().Height)/2))
	}
}
