package ui

import (
	"fmt"

	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// leaveChosen is called before something else comes into sight than the source that is: next,
// or a page that belongs to none.
func (w *Window) leaveChosen(next *entry) {
	w.leavePreview()
	if left := w.chosen; left != nil && left != next && left.page != nil {
		left.page.askUnsaved(left.page.view.Tab())
	}
}

// unsavedQuestion is what is asked before the window is closed over settings that are not
// saved, and whether there are any.
func (w *Window) unsavedQuestion() (q present.Question, ask bool) {
	for _, e := range w.entries {
		if e.page != nil && e.page.unsaved() {
			t := texts.T.Setup
			return present.Question{Title: t.Unsaved, Text: fmt.Sprintf(t.UnsavedText, e.source.Name), Yes: t.QuitUnsaved}, true
		}
	}
	return present.Question{}, false
}

// unsaved reports whether something in the settings tab waits to be saved.
func (p *page) unsaved() bool { return p.setup != nil && p.setup.unsaved() }

// backToSettings shows the settings again, where something has to be mended before they can
// be saved.
func (p *page) backToSettings() {
	if p.w.chosen != p.e || p.view.Tab() != view.SettingsTab {
		p.w.choose(p.e)
		p.view.Choose(view.SettingsTab)
	}
}

// askUnsaved asks what is to become of settings that were changed and not saved, when the tab
// with them was left.
func (p *page) askUnsaved(left view.Tab) {
	if left != view.SettingsTab || !p.unsaved() {
		return
	}
	t := texts.T.Setup
	var hide func()
	save := look.NewButton(look.Primary, t.Save, "", func() { hide(); p.setup.saveNow() })
	discard := look.NewButton(look.Outlined, t.Discard, "", func() { hide(); p.setup.discard() })
	back := look.NewButton(look.Outlined, t.Stay, "", func() { hide(); p.backToSettings() })
	hide = p.w.pop(view.NewPanel(t.Unsaved, view.NewDialogText(fmt.Sprintf(t.UnsavedText, p.e.source.Name)), back, discard, save))
	p.w.window.Canvas().Focus(back)
}
