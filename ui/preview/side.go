package preview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
)

// side is what stands beside the table: the column in focus with its profile, and
// the cell in focus, or its whole record.
type side struct {
	keys    func(fyne.Focusable)
	object  *fyne.Container
	column  *profileCard
	cell    *cellCard
	content *fyne.Container
}

// sideOn is what the cards need of the table.
type sideOn interface {
	profileOn
	cellOn
	giveKeys(to fyne.Focusable)
}

func newSide(on sideOn, l *layers, copies *copier) *side {
	s := &side{keys: on.giveKeys, column: newProfileCard(on), cell: newCellCard(on, l, copies)}
	s.content = container.New(twoCards{}, s.column.object, s.cell.object)
	s.object = look.NewScroll(look.NewInset(look.Bleed, look.Bleed, s.content))
	return s
}

// twoCards gives the second card a share of the height, or what it needs, and the
// first the rest up to the height that it wants; the first scrolls where it gets less.
// In a low window both scroll together.
type twoCards struct{}

const (
	firstShare         = 0.62
	leastFirst float32 = 110
)

func (twoCards) MinSize(o []fyne.CanvasObject) fyne.Size {
	first, second := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(leastSide, min(first.Height, leastFirst)+frameGap+second.Height)
}

func (twoCards) Layout(o []fyne.CanvasObject, s fyne.Size) {
	want := look.Stretch(o[0], s.Width)
	h := max(min(want, leastFirst), min(want, s.Height*firstShare, s.Height-frameGap-o[1].MinSize().Height))
	o[0].Move(fyne.Position{})
	o[0].Resize(fyne.NewSize(s.Width, h))
	o[1].Move(fyne.NewPos(0, h+frameGap))
	o[1].Resize(fyne.NewSize(s.Width, max(0, s.Height-h-frameGap)))
}

func (s *side) relayout() { s.object.Refresh() }

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
	if s.object.Visible() {
		s.keys(s.cell.lines)
	}
}

func (s *side) showRecord()     { s.cell.choose(true) }
func (s *side) toggle()         { s.cell.choose(!s.cell.record) }
func (s *side) profile(col int) { s.column.run(col) }
