package view

import (
	"reflect"

	"fyne.io/fyne/v2"

	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
)

// OriginCard says where Sluice took a snapshot from.
type OriginCard struct {
	Object fyne.CanvasObject
	OnEdit func()

	edit    *look.Button
	facts   *look.Facts
	rows    *look.Paragraph
	notices *fyne.Container
	column  *fyne.Container
	last    *present.OriginCard
}

// NewOriginCard returns an empty card, which is not shown.
func NewOriginCard() *OriginCard {
	o := &OriginCard{facts: look.NewFacts(), rows: look.NewParagraph("", look.SizeCaption, look.ColorMuted), notices: look.NewColumn(8)}
	o.edit = look.NewLink(texts.T.Take.Edit, "", func() { o.OnEdit() })
	o.column = look.NewColumn(12, look.NewEnds(10, look.NewTitle(texts.T.Take.Origin, look.SizeCard), o.edit), o.facts, o.rows, o.notices)
	o.Object = look.NewCard(o.column)
	o.Object.Hide()
	return o
}

// Render shows the card; nil hides it. Whether the source can be changed is known only
// where it is remembered.
func (o *OriginCard) Render(c *present.OriginCard, editable bool) {
	visible(o.Object, c != nil)
	if c == nil || o.last != nil && reflect.DeepEqual(*o.last, *c) && o.edit.Visible() == editable {
		return
	}
	o.last = c
	visible(o.edit, editable)
	facts := make([]look.Fact, len(c.Facts))
	for i, f := range c.Facts {
		facts[i] = look.Fact{Caption: f.Caption, Value: f.Value}
	}
	o.facts.Set(facts)
	o.rows.Set(c.Rows)
	visible(o.rows, c.Rows != "")
	o.notices.Objects = nil
	for _, n := range c.Notices {
		o.notices.Add(NewNotice(n, nil))
	}
	visible(o.notices, len(c.Notices) > 0)
	o.column.Refresh()
}
