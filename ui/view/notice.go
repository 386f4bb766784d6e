package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
	"sluice/ui/present"
)

// leastTitle is the width that the title of a notice keeps beside its key.
const leastTitle float32 = 320

// NewNotice returns the box of a notice: icon, title, key, what to do, buttons.
func NewNotice(n present.Notice, act func(present.Action)) fyne.CanvasObject {
	head := fyne.CanvasObject(look.NewParagraph(n.Title, look.SizeBody, look.ColorText).Bold())
	if n.Title == "" {
		head = look.NewParagraph(n.Text, look.SizeTable, look.ColorText)
	}
	if n.Key != "" {
		key := look.NewText(n.Key, look.SizeCaption, look.ToneColor(n.Tone)).Mono().Elide()
		head = look.NewAside(16, leastTitle, head, key)
	}
	column := look.NewColumn(4, head)
	if n.Text != "" && n.Title != "" {
		column.Add(container.New(look.Inset{Right: 40}, look.NewParagraph(n.Text, look.SizeTable, look.ColorText)))
	}
	if len(n.Actions) > 0 {
		buttons := look.NewFlow(8, 8)
		for _, a := range n.Actions {
			kind := look.Outlined
			if a.Danger {
				kind = look.Danger
			}
			buttons.Add(look.NewButton(kind, a.Text, "", func() { act(a.Action) }))
		}
		column.Add(container.New(look.Inset{Top: 6}, buttons))
	}
	icon := container.New(look.Inset{Top: 2}, look.NewIcon(n.Icon, 16, look.ToneColor(n.Tone)))
	return look.NewTinted(look.ToneTint(n.Tone), container.New(look.Row{Gap: 10, Stretch: 1, Top: true}, icon, column))
}
