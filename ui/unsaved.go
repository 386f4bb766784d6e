package ui

import (
	"fmt"

	"sluice/ui/look"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// askUnsaved asks what is to become of settings that were changed and not saved, when the tab
// with them was left.
func (p *page) askUnsaved(left view.Tab) {
	if left != view.SettingsTab || !p.setup.unsaved() {
		return
	}
	t := texts.T.Setup
	var hide func()
	save := look.NewButton(look.Primary, t.Save, "", func() { hide(); p.setup.saveNow() })
	discard := look.NewButton(look.Outlined, t.Discard, "", func() { hide(); p.setup.discard() })
	back := look.NewButton(look.Outlined, t.Stay, "", func() {
		hide()
		p.w.choose(p.e)
		p.view.Choose(view.SettingsTab)
	})
	hide = p.w.pop(view.NewPanel(t.Unsaved, view.NewDialogText(fmt.Sprintf(t.UnsavedText, p.e.source.Name)), back, discard, save))
	p.w.window.Canvas().Focus(back)
}
