package preview

import (
	"fyne.io/fyne/v2"

	"sluice/ui/look"
)

// divided is how the room is shared between the table and the panel beside it. It is kept
// for all files together.
type divided struct {
	divider *look.Divider
	width   float32 // of the panel, as it was dragged; 0: as the window has room
	folded  bool
	shown   float32 // how wide the panel is now
	most    float32 // how wide it may be
}

// dividedKind is the kind of file under which the store keeps it: no file is of it.
const dividedKind = "beside"

// leastTableWidth is the width that a panel leaves to the table.
const leastTableWidth = 280

// divide makes the divider, as it was left the last time.
func (p *Pane) divide() {
	d := &p.divided
	d.divider = look.NewDivider()
	if kept, ok := p.o.Store.Load(dividedKind); ok {
		d.width, d.folded = float32(kept.Panel), kept.Folded
	}
	d.divider.OnDragged = p.dragSide
	d.divider.OnDropped = p.keepSide
	d.divider.OnTapped = p.foldSide
}

// in is how wide the panel is in a pane of some width; 0: it is folded.
func (d *divided) in(width float32) float32 {
	d.most = max(leastSide, width-leastTableWidth)
	d.shown = min(sideWidth, max(leastSide, width*sidePart))
	switch {
	case d.folded:
		d.shown = 0
	case d.width > 0:
		d.shown = max(leastSide, min(d.width, d.most))
	}
	return d.shown
}

// dragSide makes the panel wider or narrower, within what both sides need.
func (p *Pane) dragSide(by float32) {
	d := &p.divided
	if d.folded {
		return
	}
	d.width = max(leastSide, min(d.shown-by, d.most))
	p.arrange()
}

// foldSide folds the panel, or brings it back.
func (p *Pane) foldSide() {
	p.divided.folded = !p.divided.folded
	p.arrange()
	p.keepSide()
}

// keepSide remembers how the room is shared.
func (p *Pane) keepSide() {
	if err := p.o.Store.Save(dividedKind, Layout{Panel: float64(p.divided.width), Folded: p.divided.folded}); err != nil {
		p.o.OnError(err)
	}
}

// placeSide places the panel and the divider, and tells how wide the table may be.
func (d *divided) placeSide(side fyne.CanvasObject, s fyne.Size, top, bottom float32) float32 {
	beside := d.in(s.Width)
	width := s.Width - frameGap
	d.divider.Show()
	if beside > 0 {
		width -= beside
		const b = look.Bleed // the side scrolls, and has it around its cards
		side.Move(fyne.NewPos(width+frameGap-b, top-b))
		side.Resize(fyne.NewSize(beside+2*b, max(0, bottom-top)+2*b))
		side.Show()
	} else {
		side.Hide()
	}
	d.divider.Move(fyne.NewPos(width, top))
	d.divider.Resize(fyne.NewSize(frameGap, max(0, bottom-top)))
	return width
}
