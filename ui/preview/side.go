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
	scroll := container.NewVScroll(s.column.object)
	s.content = container.New(twoCards{scroll}, scroll, s.cell.object)
	s.object = container.NewStack(s.content)
	return s
}

// twoCards gives the first card the height it wants, up to a share, and the
// second the rest, of which it needs a few lines. Where hardly anything is left for
// the first (a low window with notices above the table), it is left out. The first
// scrolls, as it is drawn over what is below it where it gets less than it wants.
type twoCards struct{ first *container.Scroll }

const (
	firstShare          = 0.62
	leastFirst  float32 = 64
	leastSecond float32 = 150
)

func (twoCards) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(sideWidth, 3*look.CardPaddingY)
}

func (t twoCards) Layout(o []fyne.CanvasObject, s fyne.Size) {
	card := t.first.Content
	card.Resize(fyne.NewSize(s.Width, card.MinSize().Height)) // what wraps takes its height from the width
	want := card.MinSize().Height
	h := min(want, s.Height*firstShare, s.Height-frameGap-leastSecond)
	if h < min(leastFirst, want) {
		t.first.Hide()
		o[1].Move(fyne.Position{})
		o[1].Resize(s)
		return
	}
	t.first.Show()
	t.first.Move(fyne.Position{})
	t.first.Resize(fyne.NewSize(s.Width, h))
	t.first.Refresh() // the card may have another height in the same room
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

// showCell shows the cell in focus, and gives the keyboard to its text, to scroll it.
func (s *side) showCell() {
	s.cell.choose(false)
	if c := s.p.canvas(); c != nil && s.object.Visible() {
		c.Focus(s.cell.lines)
	}
}

func (s *side) showRecord()     { s.cell.choose(true) }
func (s *side) toggle()         { s.cell.choose(!s.cell.record) }
func (s *side) profile(col int) { s.column.run(col) }
