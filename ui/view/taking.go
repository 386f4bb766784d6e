package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
)

// Taking shows a snapshot that is being taken, or that was not, in the place of what can
// be done with it.
type Taking struct {
	Object   fyne.CanvasObject
	OnAction func(present.Action)
	OnCancel func()

	card         *StatusCard
	cancel       *look.Button
	hint         *look.Paragraph
	foot, column *fyne.Container
}

// NewTaking returns an empty page, which is not shown.
func NewTaking() *Taking {
	t := &Taking{hint: look.NewParagraph("", look.SizeTable, look.ColorMuted)}
	t.cancel = look.NewButton(look.Danger, texts.T.Take.Cancel, "stop", func() { t.OnCancel() })
	t.foot = container.New(look.Row{Gap: 16, Stretch: 0}, t.hint, t.cancel)
	t.card = NewStatusCard(t.foot)
	t.card.OnAction = func(a present.Action) { t.OnAction(a) }
	t.column = look.NewColumn(look.Gap, t.card.Object)
	t.Object = newPageScroll(t.column)
	t.Object.Hide()
	return t
}

// Render shows how far it is; hint is what to know while it runs.
func (t *Taking) Render(s present.Status, hint string) {
	visible(t.foot, s.Overall != nil)
	t.hint.Set(hint)
	t.cancel.SetEnabled(s.Controls.Cancel)
	t.cancel.SetText(s.Cancel)
	before := t.card.Object.MinSize().Height
	t.card.Render(s)
	for range 2 { // text that wraps knows its height once it has its width
		after := t.card.Object.MinSize().Height
		if after == before {
			return
		}
		t.column.Refresh()
		t.Object.Refresh()
		before = after
	}
}
