package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
)

// column is a column of a list: its width, whether it takes the width that is
// left, and whether it is a column of figures.
type column struct {
	title string
	width float32
	grow  bool
	right bool
}

const (
	rowHeight     float32 = 32
	columnGap     float32 = 18
	columnPadding float32 = 16
)

// columns lays the cells of a row out, the same in each row and in the head.
type columns []column

var _ fyne.Layout = columns{}

// leastTable is how narrow a table may become; its cells are cut then.
const leastTable float32 = 560

func (c columns) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(leastTable, rowHeight) }

// width is what the columns want together.
func (c columns) width() float32 {
	width := 2*columnPadding + float32(len(c)-1)*columnGap
	for _, col := range c {
		width += col.width
	}
	return width
}

func (c columns) Layout(cells []fyne.CanvasObject, size fyne.Size) {
	want := c.width()
	spare := max(0, size.Width-want)
	gaps := 2*columnPadding + float32(len(c)-1)*columnGap
	scale := min(1, (size.Width-gaps)/(want-gaps))
	x := columnPadding
	for i, col := range c {
		width := col.width * scale
		if col.grow {
			width += spare
		}
		height := min(size.Height, max(cells[i].MinSize().Height, 20))
		cells[i].Move(fyne.NewPos(x, (size.Height-height)/2))
		cells[i].Resize(fyne.NewSize(width, height))
		x += width + columnGap
	}
}

// head is the row of titles; a click on one tells sort its index.
func (c columns) head(sort func(i int)) (fyne.CanvasObject, []*look.SortHead) {
	var heads []*look.SortHead
	cells := make([]fyne.CanvasObject, len(c))
	for i, col := range c {
		h := look.NewSortHead(col.title, col.right, func() { sort(i) })
		h.SetEnabled(col.title != "")
		heads = append(heads, h)
		cells[i] = h
	}
	return container.New(c, cells...), heads
}

// cell is an empty text for a column.
func (c columns) cell(i int) *look.Text {
	t := look.NewText("", look.SizeTable, look.ColorText).Elide()
	if c[i].right {
		t.Right()
	}
	return t
}
