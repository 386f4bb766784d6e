package preview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
)

// side is what stands beside the table: the column in focus with its profile, and
// the cell in focus, or its whole record.
type side struct {
	p       *Pane
	object  *fyne.Container
	column  *profileCard
	cell    *cellCard
	content *fyne.Container
}

func newSide(p *Pane) *side {
	s := &side{p: p, column: newProfileCard(p), cell: newCellCard(p)}
	s.content = container.New(twoCards{}, s.column.object, s.cell.object)
	s.object = container.NewStack(s.content)
	return s
}

// twoCards gives the first card the height it wants, up to a share, and the
// second the rest, of which it needs a few lines.
type twoCards struct{}

const (
	firstShare          = 0.62
	leastSecond float32 = 150
)

func (twoCards) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(sideWidth, 3*look.CardPaddingY)
}

func (twoCards) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Resize(fyne.NewSize(s.Width, o[0].MinSize().Height))
	h := max(0, min(o[0].MinSize().Height, s.Height*firstShare, s.Height-frameGap-leastSecond))
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(s.Width, h))
	o[1].Move(fyne.NewPos(0, h+frameGap))
	o[1].Resize(fyne.NewSize(s.Width, max(0, s.Height-h-frameGap)))
}

func (s *side) relayout() { s.content.Layout.Layout(s.content.Objects, s.content.Size()) }

func (s *side) reset() {
	s.column.reset()
	s.cell.reset()
}

// cursorMoved shows the column and the cell that are in focus now.
func (s *side) cursorMoved() {
	s.column.cursorMoved()
	s.cell.cursorMoved()
}

// rowsCame shows the cell in focus if it was not there before.
func (s *side) rowsCame() {
	if !s.cell.shown {
		s.cell.cursorMoved()
	}
}

func (s *side) showCell()       { s.cell.choose(false) }
func (s *side) showRecord()     { s.cell.choose(true) }
func (s *side) toggle()         { s.cell.choose(!s.cell.record) }
func (s *side) profile(col int) { s.column.run(col) }
