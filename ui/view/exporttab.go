package view

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
)

// NewExportTab lays the cards of the export tab out over a foot that stays in sight. In a
// wide window they stand side by side: those that tell how it is at the left, and those
// about a new export, which are named by asks, at the right.
func NewExportTab(foot fyne.CanvasObject, asks []fyne.CanvasObject, cards ...fyne.CanvasObject) fyne.CanvasObject {
	body := newPageScroll(container.New(&sides{asks: asks}, cards...))
	return look.NewFooted(body, look.NewColumn(0, look.NewLine(), container.New(look.Inset{Left: look.Bleed, Top: 12, Right: look.Bleed, Bottom: 16}, foot)))
}

// sides lays cards below each other, or in two columns where each has room.
type sides struct {
	asks  []fyne.CanvasObject // the cards of the right column
	width float32
}

// wideSides is the width from which there are two columns.
const wideSides float32 = 1080

func (s *sides) column(o fyne.CanvasObject) int {
	if s.width >= wideSides && slices.Contains(s.asks, o) {
		return 1
	}
	return 0
}

// columnWidth is that of each column, one or two.
func (s *sides) columnWidth(width float32) float32 {
	if width >= wideSides {
		return (width - look.Gap) / 2
	}
	return width
}

func (s *sides) MinSize(cards []fyne.CanvasObject) fyne.Size {
	var heights [2]float32
	width := float32(0)
	for _, o := range cards {
		if o.Visible() {
			m := o.MinSize()
			width = max(width, m.Width)
			heights[s.column(o)] += m.Height + look.Gap
		}
	}
	return fyne.NewSize(width, max(0, heights[0]-look.Gap, heights[1]-look.Gap))
}

func (s *sides) Layout(cards []fyne.CanvasObject, size fyne.Size) {
	s.width = size.Width
	width := s.columnWidth(size.Width)
	var y [2]float32
	for _, o := range cards {
		if !o.Visible() {
			continue
		}
		side := s.column(o)
		height := look.Stretch(o, width)
		o.Move(fyne.NewPos(float32(side)*(width+look.Gap), y[side]))
		y[side] += height + look.Gap
	}
}

// newPageScroll is the scrolling body of a tab: it has room around its cards,
// so that their frames are not clipped.
func newPageScroll(content fyne.CanvasObject) fyne.CanvasObject {
	return look.NewScroll(container.New(look.Inset{Left: look.Bleed, Top: look.Gap, Right: look.Bleed, Bottom: look.PageMarginY}, content))
}

// newFootedPage is a scrolling body over a message and buttons that stay in sight: the
// last at the right end, as it removes something. Whoever changes the message
// refreshes the page, as it may need more room.
func newFootedPage(content fyne.CanvasObject, m message, remove fyne.CanvasObject, buttons ...fyne.CanvasObject) *fyne.Container {
	foot := look.NewColumn(10, m.line, look.NewEnds(10, look.NewRow(12, buttons...), remove))
	line := look.NewColumn(0, look.NewLine(), container.New(look.Inset{Left: look.Bleed, Top: 12, Right: look.Bleed, Bottom: 16}, foot))
	return look.NewFooted(newPageScroll(content), line)
}
