package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sluice/ui/preview"
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
		{fyne.KeyTab, 0, "Tab", t.Move, nil},
		{fyne.KeyEscape, 0, "Esc", t.Leave, w.leave},
		{fyne.KeyF1, 0, "F1", t.Shortcuts, w.showShortcuts},
		{fyne.KeyQ, ctrl, "Ctrl+Q", t.Quit, w.askToQuit},
	}
}

// previewKeys lists the shortcuts of the preview, which work wherever the focus
// is.
func (w *Window) previewKeys() []key {
	var list []key
	for _, s := range preview.Shortcuts() {
		c, ok := s.Keys.(*desktop.CustomShortcut)
		if !ok {
			continue
		}
		list = append(list, key{name: c.KeyName, mod: c.Modifier, keys: keyWords(c), does: strings.TrimSuffix(s.Name, "…"),
			do: func() { w.inPreview(c) }})
	}
	return list
}

// keyWords are the keys of a shortcut as people read them.
func keyWords(c *desktop.CustomShortcut) string {
	words := ""
	if c.Modifier&fyne.KeyModifierShortcutDefault != 0 {
		words += "Ctrl+"
	}
	if c.Modifier&fyne.KeyModifierShift != 0 {
		words += "Shift+"
	}
	if c.Modifier&fyne.KeyModifierAlt != 0 {
		words += "Alt+"
	}
	return words + string(c.KeyName)
}

// registerKeys puts the shortcuts into force.
func (w *Window) registerKeys() {
	plain := map[fyne.KeyName]func(){}
	for _, k := range slices.Concat(w.shortcutKeys(), w.previewKeys()) {
		switch {
		case k.do == nil:
		case k.mod == 0:
			plain[k.name] = k.do
		default:
			w.window.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: k.name, Modifier: k.mod}, func(fyne.Shortcut) {
				if !w.covered() || k.name == fyne.KeyQ {
					k.do()
				}
			})
		}
	}
	w.window.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) {
		if do := plain[e.Name]; do != nil && (!w.covered() || e.Name == fyne.KeyEscape) {
			do()
		}
	})
}

// covered reports whether something lies above the window: then keys do nothing
// below it.
func (w *Window) covered() bool { return w.file != nil || w.popped != nil }

// inPreview runs a shortcut of the preview. Those that look for something bring
// the files of the source into sight first.
func (w *Window) inPreview(c *desktop.CustomShortcut) {
	p, ok := w.previewInSight()
	if looks := c.KeyName == fyne.KeyF || c.KeyName == fyne.KeyG; !ok && looks && w.chosen != nil && w.chosen.page != nil {
		w.chosen.page.view.Choose(view.FilesTab)
		p, ok = w.previewInSight()
	}
	if !ok {
		return
	}
	for _, s := range p.Shortcuts() {
		if s.Keys.ShortcutName() == c.ShortcutName() {
			s.Do()
		}
	}
}

// leave closes what lies above the window, or leaves the control with the
// focus. It never cancels a job.
func (w *Window) leave() {
	if w.file != nil {
		w.file.Hide()
		return
	}
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
	w.showPanel(texts.T.Keys.Title, view.NewShortcuts(Shortcuts()...))
}

// Shortcuts lists what the window and the preview do by keyboard.
func Shortcuts() []view.KeyGroup {
	w := &Window{}
	return shortcutGroups(w.shortcutKeys(), w.previewKeys())
}

// shortcutGroups lists the shortcuts of the window and those of the preview.
func shortcutGroups(window, inPreview []key) []view.KeyGroup {
	lines := func(keys []key) (list []view.KeyLine) {
		for _, k := range keys {
			if k.keys != "" {
				list = append(list, view.KeyLine{Keys: k.keys, Does: k.does})
			}
		}
		return list
	}
	table := view.KeyGroup{Title: texts.T.Keys.Table}
	for _, k := range preview.Keys() {
		table.Lines = append(table.Lines, view.KeyLine{Keys: k.Keys, Does: k.Does})
	}
	return []view.KeyGroup{{Title: texts.T.Keys.Window, Lines: lines(window)}, {Title: texts.T.Keys.Preview, Lines: lines(inPreview)}, table}
}
