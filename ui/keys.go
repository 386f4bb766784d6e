package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sluice/ui/texts"
	"sluice/ui/view"
)

// key is a shortcut of the window.
type key struct {
	name fyne.KeyName
	mod  fyne.KeyModifier
	keys string // as people read it
	does string
	do   func()
}

// shortcutKeys lists what the window does by keyboard.
func (w *Window) shortcutKeys() []key {
	t := texts.T.Keys
	const ctrl = fyne.KeyModifierShortcutDefault
	onPage := func(do func(*page)) func() {
		return func() {
			if w.chosen != nil && w.chosen.page != nil {
				do(w.chosen.page)
			}
		}
	}
	tab := func(n view.Tab) func() { return onPage(func(p *page) { p.view.Choose(n) }) }
	return []key{
		{fyne.KeyReturn, ctrl, "Ctrl+Enter", t.Start, onPage(func(p *page) { p.view.Choose(view.ExportTab); p.export.start() })},
		{fyne.KeyEnter, ctrl, "", "", onPage(func(p *page) { p.view.Choose(view.ExportTab); p.export.start() })},
		{fyne.KeyPeriod, ctrl, "Ctrl+.", t.Cancel, onPage((*page).cancel)},
		{fyne.KeyF5, 0, "F5", t.Refresh, onPage((*page).refresh)},
		{fyne.KeyO, ctrl, "Ctrl+O", t.Open, w.chooseSnapshot},
		{fyne.KeyO, ctrl | fyne.KeyModifierShift, "Ctrl+Shift+O", t.OpenCSV, w.chooseCSV},
		{fyne.KeyN, ctrl, "Ctrl+N", t.Add, w.showWelcome},
		{fyne.Key1, ctrl, "Ctrl+1 … Ctrl+4", t.Tabs, tab(view.ExportTab)},
		{fyne.Key2, ctrl, "", "", tab(view.HistoryTab)},
		{fyne.Key3, ctrl, "", "", tab(view.FilesTab)},
		{fyne.Key4, ctrl, "", "", tab(view.SettingsTab)},
		{fyne.KeyF, ctrl, "Ctrl+F", t.Find, w.inPreview(fyne.KeyF)},
		{fyne.KeyG, ctrl, "Ctrl+G", t.GoTo, w.inPreview(fyne.KeyG)},
		{fyne.KeyTab, 0, "Tab", t.Move, nil},
		{fyne.KeyEscape, 0, "Esc", t.Leave, w.leave},
		{fyne.KeyF1, 0, "F1", t.Shortcuts, w.showShortcuts},
		{fyne.KeyQ, ctrl, "Ctrl+Q", t.Quit, w.askToQuit},
	}
}

// registerKeys puts the shortcuts into force.
func (w *Window) registerKeys() {
	plain := map[fyne.KeyName]func(){}
	for _, k := range w.shortcutKeys() {
		switch {
		case k.do == nil:
		case k.mod == 0:
			plain[k.name] = k.do
		default:
			w.window.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: k.name, Modifier: k.mod}, func(fyne.Shortcut) { k.do() })
		}
	}
	w.window.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) {
		if do := plain[e.Name]; do != nil {
			do()
		}
	})
}

// inPreview runs a shortcut of the preview that is in sight.
func (w *Window) inPreview(name fyne.KeyName) func() {
	return func() {
		var p previewer
		switch {
		case w.chosen != nil && w.chosen.page != nil:
			w.chosen.page.view.Choose(view.FilesTab)
			p = w.chosen.page.files.preview
		case w.csv != nil && w.csv.shown:
			p = w.csv.preview
		default:
			return
		}
		for _, s := range p.Shortcuts() {
			if c, ok := s.Keys.(*desktop.CustomShortcut); ok && c.KeyName == name && c.Modifier == fyne.KeyModifierShortcutDefault {
				s.Do()
			}
		}
	}
}

// leave closes what lies above the window, or leaves the control with the
// focus. It never cancels a job.
func (w *Window) leave() {
	if w.popped != nil {
		w.popped.Hide()
		w.popped = nil
		return
	}
	w.window.Canvas().Unfocus()
}

// refresh asks for the status, the history and the files now.
func (p *page) refresh() {
	if p.e.session == nil {
		if p.e.failure != nil {
			p.e.start()
			p.w.render()
		}
		return
	}
	p.e.session.Refresh()
	p.jobs.load()
	p.files.load(p.files.job.ID)
}

func (w *Window) showShortcuts() {
	var lines []view.KeyLine
	for _, k := range w.shortcutKeys() {
		if k.keys != "" {
			lines = append(lines, view.KeyLine{Keys: k.keys, Does: k.does})
		}
	}
	w.showPanel(texts.T.Keys.Title, view.NewShortcuts(lines))
}
