package ui

import (
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// renderTaking shows the snapshot that is being taken.
func (p *page) renderTaking() {
	t := p.e.takingState()
	hint := texts.T.Take.CancelHint
	if t.Again {
		hint = texts.T.Take.CancelHintAgain
	}
	p.taking.Render(present.TakingOf(t), hint)
}

// renderOrigin says where the snapshot was taken from. A running export needs the room.
func (p *page) renderOrigin() {
	o := p.e.info.Origin
	if o == nil || p.e.session.State().Job.Running() {
		p.origin.Render(nil, false)
		return
	}
	card := present.OriginOf(*o, p.w.o.Now())
	p.origin.Render(&card, p.e.source.CanTake())
}

// takeAgain takes the snapshot again, if it is one that Sluice takes.
func (p *page) takeAgain() {
	if !p.e.source.CanTake() {
		return
	}
	p.view.Choose(view.ExportTab)
	kind := ""
	if o := p.e.info.Origin; o != nil {
		kind = o.Kind
	}
	p.e.takeSnapshot(kind)
}
