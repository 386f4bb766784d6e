package view

import (
	"fyne.io/fyne/v2"

	"sluice/pipeline"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
)

// HoldsCard says what a snapshot holds.
type HoldsCard struct {
	Object fyne.CanvasObject

	facts   *look.Facts
	storage *look.Paragraph
	notices *fyne.Container
	column  *fyne.Container
	said    string
}

// NewHoldsCard returns an empty card, which is not shown.
func NewHoldsCard() *HoldsCard {
	h := &HoldsCard{facts: look.NewFacts(), storage: look.NewParagraph("", look.SizeCaption, look.ColorMuted), notices: look.NewColumn(8)}
	h.column = look.NewColumn(12, look.NewTitle(texts.T.Page.Holds, look.SizeCard), h.facts, h.storage, h.notices)
	h.Object = look.NewCard(h.column)
	h.Object.Hide()
	return h
}

// Render shows counts, how the data is stored, and what is remarkable.
func (h *HoldsCard) Render(facts []look.Fact, storage string, notes []pipeline.Diagnostic) {
	visible(h.Object, len(facts) > 0)
	said := storage
	for _, d := range notes {
		said += "\x00" + d.Key + d.Message
	}
	for _, f := range facts {
		said += "\x01" + f.Caption + f.Value
	}
	if said == h.said {
		return
	}
	h.said = said
	h.facts.Set(facts)
	h.storage.Set(storage)
	visible(h.storage, storage != "")
	h.notices.Objects = nil
	for _, d := range notes {
		h.notices.Add(NewNotice(present.Remark(d), nil))
	}
	visible(h.notices, len(notes) > 0)
	h.column.Refresh()
}
