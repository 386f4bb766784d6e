package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sluice/ui/keymap"
	"sluice/ui/look"
	"sluice/ui/preview"
	"sluice/ui/preview/grid"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// windowKeys is what keys do in the window, wherever the keyboard is: the commands, and
// the ways through the window.
func windowKeys() keymap.Map[*Window] {
	t := texts.T.Keys
	on := func(f func(*Window)) func(*Window, keymap.Stroke) { return func(w *Window, _ keymap.Stroke) { f(w) } }
	keys := commandKeys()
	last := len(keys) - 1 // to quit
	return slices.Concat(keys[:last], keymap.Map[*Window]{
		{Strokes: slices.Concat(keymap.Keys(fyne.KeyTab), keymap.Shift(fyne.KeyTab)), Does: t.Move}, // the toolkit's
		{Strokes: slices.Concat(keymap.Keys(fyne.KeyF6), keymap.Shift(fyne.KeyF6)), Does: t.Regions, Do: func(w *Window, s keymap.Stroke) {
			w.nextRegion(s.Mod == 0)
		}},
		{Strokes: keymap.Keys(fyne.KeyPageUp, fyne.KeyPageDown), Does: t.Scroll, Do: func(w *Window, s keymap.Stroke) {
			w.scrollPage(s.Key == fyne.KeyPageDown)
		}},
		{Strokes: keymap.Keys(fyne.KeyEscape), Does: t.Leave, Do: on((*Window).leave)},
	}, keys[last:])
}

// commandKeys are the shortcuts of the commands. Those that stand next to each other and do
// the same are one line: the tabs.
func commandKeys() (m keymap.Map[*Window]) {
	for _, c := range commands() {
		if len(c.strokes) == 0 {
			continue
		}
		do := func(w *Window, _ keymap.Stroke) { c.do(w) }
		if last := len(m) - 1; last >= 0 && m[last].Does == c.does {
			before := m[last]
			m[last] = keymap.Binding[*Window]{Strokes: slices.Concat(before.Strokes, c.strokes), Does: c.does, Do: func(w *Window, s keymap.Stroke) {
				if slices.Contains(c.strokes, s) {
					do(w, s)
					return
				}
				before.Do(w, s)
			}}
			continue
		}
		m = append(m, keymap.Binding[*Window]{Strokes: c.strokes, Does: c.does, Do: do})
	}
	return m
}

// aboveAll are the keys that work while something lies above the window, too.
var aboveAll = []fyne.KeyName{fyne.KeyEscape, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyQ}

// press does what a stroke does in the window or in the preview, and reports whether
// it does anything. While something lies above the window, keys do nothing below it.
func (w *Window) press(s keymap.Stroke) bool {
	if w.covered() && !slices.Contains(aboveAll, s.Key) {
		return false
	}
	return windowKeys().Run(w, s) || w.pressInPreview(s)
}

// registerKeys puts the keys into force. The toolkit tells of keys with Ctrl or Alt
// only where it was told of them before.
func (w *Window) registerKeys() {
	c := w.window.Canvas()
	for _, s := range slices.Concat(windowKeys().Strokes(), preview.Keys().Strokes()) {
		names := []fyne.KeyName{s.Key}
		if s.Key == fyne.KeyReturn {
			names = append(names, fyne.KeyEnter)
		}
		for _, name := range names {
			if s.Mod&^fyne.KeyModifierShift != 0 {
				c.AddShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: s.Mod}, func(fyne.Shortcut) { w.press(s) })
			}
		}
	}
	c.SetOnTypedKey(func(e *fyne.KeyEvent) { w.press(keymap.Typed(e)) })
}

// covered reports whether something lies above the window.
func (w *Window) covered() bool { return w.window.Canvas().Overlays().Top() != nil }

// searchKeys are the strokes of the preview that look for something: they bring the
// files of the source into sight first.
var searchKeys = keymap.Ctrl(fyne.KeyF, fyne.KeyG)

// pressInPreview runs a stroke of the preview.
func (w *Window) pressInPreview(s keymap.Stroke) bool {
	if !slices.Contains(preview.Keys().Strokes(), s) {
		return false
	}
	p, ok := w.previewInSight()
	if !ok && slices.Contains(searchKeys, s) && w.chosen != nil && w.chosen.page != nil {
		w.chosen.page.view.Choose(view.FilesTab)
		p, ok = w.previewInSight()
	}
	return ok && p.Press(s)
}

// tabbed is the page with tabs in sight: that of a source, or that of all; nil if there is
// none.
func (w *Window) tabbed() *view.Page {
	switch {
	case w.chosen != nil && w.chosen.page != nil:
		return w.chosen.page.view
	case w.board.shown:
		return w.board.page
	}
	return nil
}

// refresh asks for everything in sight now.
func (w *Window) refresh() {
	switch {
	case w.board.shown:
		w.board.refresh()
	case w.chosen != nil && w.chosen.page != nil:
		w.chosen.page.refresh()
	}
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
	p.e.lookAtSnapshot()
	p.e.loadPast()
	p.files.load(p.files.job.ID)
}

func (w *Window) showShortcuts() {
	w.showPanel(texts.T.Keys.Title, view.NewShortcuts(Shortcuts()...))
}

// Shortcuts lists what keys do, by where: it is written from the tables in which the
// keys are looked up.
func Shortcuts() []view.KeyGroup {
	t := texts.T.Keys
	return []view.KeyGroup{
		{Title: t.Window, Lines: windowKeys().Lines()},
		{Title: t.Controls, Lines: slices.Concat(look.ControlKeys().Lines(), look.FieldKeys().Lines(), look.TabKeys().Lines(), look.RailKeys().Lines(),
			look.SelectKeys().Lines())},
		{Title: t.List, Lines: look.ListKeys().Lines()},
		{Title: t.Calendar, Lines: look.MonthKeys().Lines()},
		{Title: t.Preview, Lines: slices.Concat(preview.Keys().Lines(), preview.TokenKeys().Lines(), grid.LinesKeys().Lines())},
		{Title: t.Table, Lines: slices.Concat(grid.GridKeys().Lines(), preview.TableKeys().Lines())},
	}
}
