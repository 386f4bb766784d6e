package view

import (
	"fyne.io/fyne/v2"

	"sluice/ui/look"
	"sluice/ui/texts"
)

// NewTold is the card of the settings about who is told: the desktop, of what is wrong or has
// taken long, and of runs that were completed, too; and hooks. onHooks is nil where there can be none.
func NewTold(notify, runs bool, onNotify, onRuns func(on bool), onHooks func()) fyne.CanvasObject {
	t := texts.T.Hook
	desktop, also := look.NewSwitch(nil), look.NewSwitch(nil)
	also.SetOn(runs)
	also.SetEnabled(notify)
	desktop.SetOn(notify)
	also.OnChanged = onRuns
	desktop.OnChanged = func(on bool) {
		also.SetEnabled(on)
		onNotify(on)
	}
	rows := []fyne.CanvasObject{formRow(t.NotifyOn, t.NotifyHint, look.NewRow(0, desktop)), formRow(t.NotifyRuns, "", look.NewRow(0, also))}
	if onHooks != nil {
		rows = append(rows, formRow(t.Title, t.Caption, look.NewRow(0, look.NewButton(look.Outlined, t.Open, "info", onHooks))))
	}
	return section(t.Notify, rows...)
}
