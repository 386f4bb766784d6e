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
	columnGap     float32 = 20
	columnPadding float32 = 16
)

// columns lays the cells of a row out, the same in each row and in the head.
type columns []column

var _ fyne.Layout = columns{}

func (c columns) MinSize([]fyne.CanvasObject) fyne.Size {
	width := 2*columnPadding + float32(len(c)-1)*columnGap
	for _, col := range c {
		width += col.width
	}
	return fyne.NewSize(width, rowHeight)
}

func (c columns) Layout(cells []fyne.CanvasObject, size fyne.Size) {
	spare := max(0, size.Width-c.MinSize(nil).Width)
	x := columnPadding
	for i, col := range c {
		width := col.width
		if col.grow {
			width += spare
		}
		height := min(size.Height, max(cells[i].MinSize().Height, 20))
		cells[i].Move(fyne.NewPos(x, (size.Height-height)/2))
		cells[i].Resize(fyne.NewSize(width, height))
		x += width + columnGap
	}
}

// head is the row of titles.
func (c columns) head() fyne.CanvasObject {
	cells := make([]fyne.CanvasObject, len(c))
	for i, col := range c {
		t := look.NewText(col.title, look.SizeCaption, look.ColorMuted).Bold()
		if col.right {
			t.Right()
		}
		cells[i] = t
	}
	return container.New(c, cells...)
}

// cell is an empty text for a column.
func (c columns) cell(i int) *look.Text {
	t := look.NewText("", look.SizeTable, look.ColorText).Elide()
	if c[i].right {
		t.Right()
	}
	return t
}
