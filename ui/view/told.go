package view

import (
	"fyne.io/fyne/v2"

	"sluice/ui/look"
	"sluice/ui/texts"
)

// NewTold is the part of the settings about who is told: the desktop, of what is wrong or has
// taken long, and of runs that were completed, too; and hooks. onHooks is nil where there can be none.
func NewTold(notify, runs bool, onNotify, onRuns func(on bool), onHooks func()) fyne.CanvasObject {
	t := texts.T.Hook
	toggle, also := look.NewToggle(t.NotifyOn, nil), look.NewToggle(t.NotifyRuns, nil)
	also.SetOn(runs)
	also.SetEnabled(notify)
	toggle.SetOn(notify)
	also.OnChanged = onRuns
	toggle.OnChanged = func(on bool) {
		also.SetEnabled(on)
		onNotify(on)
	}
	buttons := look.NewFlow(8, 8, toggle, also)
	if onHooks != nil {
		buttons.Add(look.NewButton(look.Outlined, t.Open, "info", onHooks))
	}
	return look.NewColumn(6, look.NewCaption(t.Notify), buttons, look.NewParagraph(t.NotifyHint, look.SizeCaption, look.ColorMuted))
}
