package view

import (
	"fyne.io/fyne/v2"

	"sluice/ui/look"
	"sluice/ui/texts"
)

// NewTold is the part of the settings about who is told: the desktop, and hooks. onHooks is nil
// where there can be none.
func NewTold(notify bool, onNotify func(on bool), onHooks func()) fyne.CanvasObject {
	t := texts.T.Hook
	toggle := look.NewToggle(t.NotifyOn, nil)
	toggle.SetOn(notify)
	toggle.OnChanged = onNotify
	buttons := look.NewFlow(8, 8, toggle)
	if onHooks != nil {
		buttons.Add(look.NewButton(look.Outlined, t.Open, "info", onHooks))
	}
	return look.NewColumn(6, look.NewCaption(t.Notify), buttons, look.NewParagraph(t.NotifyHint, look.SizeCaption, look.ColorMuted))
}
