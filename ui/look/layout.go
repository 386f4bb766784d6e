package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Column lays its objects below each other. It gives each its width before it
// asks for the height, so wrapping text gets the height that it needs.
type Column struct {
	Gap  float32
	Fill bool // the last object takes the height that is left
}

var _ fyne.Layout = Column{}

// NewFilledColumn returns a container in which the last object takes the height
// that is left.
func NewFilledColumn(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(Column{Gap: gap, Fill: true}, objects...)
}

// NewColumn returns a container with a Column layout.
func NewColumn(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(Column{Gap: gap}, objects...)
}

// MinSize is the widest of the widths, and the sum of the heights.
func (c Column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	seen := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		size.Width = max(size.Width, m.Width)
		size.Height += m.Height
		seen++
	}
	if seen > 1 {
		size.Height += float32(seen-1) * c.Gap
	}
	return size
}

// Layout places the objects.
func (c Column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		if c.Fill && i == len(objects)-1 {
			o.Move(fyne.NewPos(0, y))
			o.Resize(fyne.NewSize(size.Width, max(0, size.Height-y)))
			return
		}
		if o.Size().Width != size.Width {
			o.Resize(fyne.NewSize(size.Width, o.MinSize().Height))
		}
		height := o.MinSize().Height
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, height))
		y += height + c.Gap
	}
}

// Row lays its objects beside each other in their smallest widths, centred
// vertically. The object at Stretch, if there is one, takes the width that is
// left.
type Row struct {
	Gap     float32
	Stretch int  // index of the object that grows; -1 none
	Top     bool // objects hang from the top instead of being centred
	Fill    bool // objects get the whole height
}

var _ fyne.Layout = Row{}

// NewRow returns a row in which nothing grows.
func NewRow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(Row{Gap: gap, Stretch: -1}, objects...)
}

// NewPanes returns objects of the whole height beside each other; the one at an
// index grows.
func NewPanes(stretch int, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(Row{Stretch: stretch, Fill: true}, objects...)
}

// NewStretchRow returns a row in which the object at an index grows.
func NewStretchRow(gap float32, stretch int, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(Row{Gap: gap, Stretch: stretch}, objects...)
}

// MinSize is the sum of the widths, and the tallest of the heights.
func (r Row) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	seen := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		size.Width += m.Width
		size.Height = max(size.Height, m.Height)
		seen++
	}
	if seen > 1 {
		size.Width += float32(seen-1) * r.Gap
	}
	return size
}

// Layout places the objects.
func (r Row) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	spare := max(0, size.Width-r.MinSize(objects).Width)
	x := float32(0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if i == r.Stretch {
			m.Width += spare
			if o.Size().Width != m.Width {
				o.Resize(m)
				m.Height = o.MinSize().Height
			}
		}
		y := (size.Height - m.Height) / 2
		if r.Top {
			y = 0
		}
		if r.Fill {
			y, m.Height = 0, size.Height
		}
		o.Move(fyne.NewPos(x, y))
		o.Resize(m)
		x += m.Width + r.Gap
	}
}

// Fixed gives its one object a size: a width, a height, or both; 0 leaves it.
type Fixed struct{ Width, Height float32 }

var _ fyne.Layout = Fixed{}

// NewFixed wraps an object in a Fixed layout.
func NewFixed(width, height float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(Fixed{width, height}, o)
}

// MinSize is the fixed size, where there is one.
func (f Fixed) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := objects[0].MinSize()
	if f.Width > 0 {
		size.Width = f.Width
	}
	if f.Height > 0 {
		size.Height = f.Height
	}
	return size
}

// Layout fills the container with the object.
func (f Fixed) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.Position{})
	objects[0].Resize(size)
}

// Inset puts an empty margin around its one object.
type Inset struct{ Left, Top, Right, Bottom float32 }

var _ fyne.Layout = Inset{}

// NewInset wraps an object in margins.
func NewInset(x, y float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(Inset{x, y, x, y}, o)
}

// MinSize is the object's, and the margins.
func (i Inset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(i.Left+i.Right, i.Top+i.Bottom)
}

// Layout places the object within the margins.
func (i Inset) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.NewPos(i.Left, i.Top))
	objects[0].Resize(size.SubtractWidthHeight(i.Left+i.Right, i.Top+i.Bottom))
}

// Space is an invisible object of a fixed size.
func Space(width, height float32) fyne.CanvasObject {
	return newBox(&Box{PaddingX: width / 2, PaddingY: height / 2})
}
