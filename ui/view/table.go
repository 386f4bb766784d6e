package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
)

// column is a column of a list: the width that it wants, whether it takes the width
// that is left, and whether it is a column of figures. In a narrow window it shrinks
// to its least width; where that is not enough, the column with the highest drop is
// left out first, and one with 0 never.
type column struct {
	title string
	width float32
	least float32
	drop  int
	grow  bool
	right bool
}

const (
	rowHeight     float32 = 32
	columnGap     float32 = 18
	narrowGap     float32 = 10 // where the columns do not have the widths that they want
	columnPadding float32 = 16
)

// columns lays the cells of a row out, the same in each row and in the head.
type columns []column

var _ fyne.Layout = columns{}

// leastTable is how narrow a table may become; its cells are cut then.
const leastTable float32 = 460

func (c columns) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(leastTable, rowHeight) }

// needs is the width of those columns that are shown, with gaps between them.
func (c columns) needs(shown []bool, gap float32, width func(column) float32) float32 {
	sum := 2*columnPadding - gap
	for i, col := range c {
		if shown[i] {
			sum += width(col) + gap
		}
	}
	return sum
}

func wanted(c column) float32 { return c.width }
func least(c column) float32  { return c.least }

// fit decides what is shown in a width: which columns, the gap between them, and
// which share of the way from its least to its wanted width each column gets.
func (c columns) fit(width float32) (shown []bool, gap, share float32) {
	shown = make([]bool, len(c))
	for i := range shown {
		shown[i] = true
	}
	if c.needs(shown, columnGap, wanted) <= width {
		return shown, columnGap, 1
	}
	for c.needs(shown, narrowGap, least) > width {
		first := -1
		for i, col := range c {
			if shown[i] && col.drop > 0 && (first < 0 || col.drop > c[first].drop) {
				first = i
			}
		}
		if first < 0 {
			return shown, narrowGap, 0
		}
		shown[first] = false
	}
	low, high := c.needs(shown, narrowGap, least), c.needs(shown, narrowGap, wanted)
	if width < high {
		return shown, narrowGap, (width - low) / max(1, high-low)
	}
	for gap = columnGap; c.needs(shown, gap, wanted) > width; gap-- { // the widest that there is room for
	}
	return shown, max(narrowGap, gap), 1
}

func (c columns) Layout(cells []fyne.CanvasObject, size fyne.Size) {
	shown, gap, share := c.fit(size.Width)
	spare := max(0, size.Width-c.needs(shown, gap, wanted))
	x := columnPadding
	for i, col := range c {
		if cells[i].Visible() != shown[i] {
			visible(cells[i], shown[i])
		}
		if !shown[i] {
			continue
		}
		width := col.least + (col.width-col.least)*share
		if col.grow {
			width += spare
		}
		height := min(size.Height, max(cells[i].MinSize().Height, 20))
		cells[i].Move(fyne.NewPos(x, (size.Height-height)/2))
		cells[i].Resize(fyne.NewSize(width, height))
		x += width + gap
	}
}

// head is the row of titles; a click on one tells sort its index. No column becomes narrower
// than its title, which is longer in one language than in another, and the arrow of its order.
func (c columns) head(sort func(i int)) (fyne.CanvasObject, []*look.SortHead) {
	var heads []*look.SortHead
	cells := make([]fyne.CanvasObject, len(c))
	for i, col := range c {
		h := look.NewSortHead(col.title, col.right, func() { sort(i) })
		if col.title != "" {
			c[i].least = max(col.least, h.Needs())
			c[i].width = max(col.width, c[i].least)
		}
		h.SetEnabled(col.title != "")
		heads = append(heads, h)
		cells[i] = h
	}
	return container.New(c, cells...), heads
}

// widthOf is the width of a column in a table of a width.
func (c columns) widthOf(i int, width float32) float32 {
	shown, gap, share := c.fit(width)
	is := c[i].least + (c[i].width-c[i].least)*share
	if c[i].grow {
		is += max(0, width-c.needs(shown, gap, wanted))
	}
	return is
}

// cell is an empty text for a column.
func (c columns) cell(i int) *look.Text {
	t := look.NewText("", look.SizeTable, look.ColorText).Elide()
	if c[i].right {
		t.Right()
	}
	return t
}
