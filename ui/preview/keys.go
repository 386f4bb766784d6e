package preview

import (
	"slices"

	"fyne.io/fyne/v2"

	"sluice/ui/keymap"
	"sluice/ui/look"
	"sluice/ui/texts"
)

// Keys is what keys do in the preview of a file, wherever in the window the keyboard
// is.
func Keys() keymap.Map[*Pane] {
	t := texts.T.Keys
	do := func(f func(*Pane)) func(*Pane, keymap.Stroke) { return func(p *Pane, _ keymap.Stroke) { f(p) } }
	return keymap.Map[*Pane]{
		{Strokes: keymap.Ctrl(fyne.KeyF), Does: t.Find, Do: do(func(p *Pane) { p.find.open() })},
		{Strokes: keymap.Ctrl(fyne.KeyG), Does: t.GoToRow, Do: do((*Pane).openGoRow)},
		{Strokes: keymap.With(fyne.KeyModifierShortcutDefault|fyne.KeyModifierShift, fyne.KeyF), Does: t.AddCondition, Do: do(func(p *Pane) { p.filter.editNew() })},
		{Strokes: keymap.With(fyne.KeyModifierShortcutDefault|fyne.KeyModifierShift, fyne.KeyK), Does: t.FilterText, Do: do(func(p *Pane) { p.filter.editText() })},
		{Strokes: keymap.Ctrl(fyne.KeyB), Does: t.ColumnList, Do: do((*Pane).openColumns)},
		{Strokes: keymap.With(fyne.KeyModifierShortcutDefault|fyne.KeyModifierShift, fyne.KeyC), Does: t.CopyRow, Do: do(func(p *Pane) { p.copier.row() })},
		{Strokes: keymap.Ctrl(fyne.KeyP), Does: t.ProfileColumn, Do: do((*Pane).profileFocused)},
		{Strokes: keymap.Alt(fyne.KeyS), Does: t.SortColumn, Do: do(func(p *Pane) { p.sortFocused(false) })},
		{Strokes: keymap.With(fyne.KeyModifierAlt|fyne.KeyModifierShift, fyne.KeyS), Does: t.SortFurther, Do: do(func(p *Pane) { p.sortFocused(true) })},
		{Strokes: keymap.Ctrl(fyne.KeyU), Does: t.GroupColumn, Do: do((*Pane).groupFocused)},
		{Strokes: keymap.Ctrl(fyne.KeyR), Does: t.ReadAs, Do: do(func(p *Pane) { p.read.open() })},
		{Strokes: keymap.Ctrl(fyne.KeyS), Does: t.SaveView, Do: do(func(p *Pane) { p.save.open() })},
		{Strokes: slices.Concat(keymap.Keys(fyne.KeyF3), keymap.Shift(fyne.KeyF3)), Does: t.NextHit, Do: func(p *Pane, s keymap.Stroke) {
			p.find.step(s.Mod == 0)
		}},
		{Strokes: keymap.Keys(fyne.KeyF4), Does: t.Switch, Do: do(func(p *Pane) { p.side.toggle() })},
		{Strokes: keymap.Shift(fyne.KeyF4), Does: t.FoldPanel, Do: do((*Pane).foldSide)},
	}
}

// TableKeys is what keys do while the table has the keyboard, beside GridKeys.
func TableKeys() keymap.Map[*Pane] {
	t := texts.T.Keys
	return keymap.Map[*Pane]{
		{Strokes: keymap.Ctrl(fyne.KeyC), Does: t.CopyCell, Do: func(p *Pane, _ keymap.Stroke) { p.copier.chosen() }},
		{Strokes: keymap.Keys(fyne.KeyF5), Does: t.Reread, Do: func(p *Pane, _ keymap.Stroke) { p.Reload() }},
	}
}

// Press does what a stroke does in the preview, and reports whether it does anything.
// While a file is being opened the last stroke waits for it.
func (p *Pane) Press(s keymap.Stroke) bool {
	if p.opening && slices.Contains(Keys().Strokes(), s) {
		p.pressed = &s
		return true
	}
	return Keys().Run(p, s)
}

// Leave closes what was opened last around the table, or gives the keyboard back to
// the table from the fields and buttons around it. It reports whether it did.
func (p *Pane) Leave() bool {
	if p.layers.leave() {
		return true
	}
	c := p.canvas()
	if c == nil || p.s == nil || c.Focused() == p.table() || !p.holds(c.Focused()) {
		return false
	}
	p.Focus()
	return true
}

// holds reports whether a control is a part of the pane.
func (p *Pane) holds(control fyne.Focusable) bool {
	found := false
	look.Walk(p.root, func(o fyne.CanvasObject) bool {
		f, ok := o.(fyne.Focusable)
		found = found || ok && f == control
		return !found
	})
	return found
}

// openGoRow puts the keyboard into the field for a row number.
func (p *Pane) openGoRow() {
	if c := p.canvas(); c != nil && p.s != nil {
		c.Focus(p.goRow)
		p.goRow.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

func (p *Pane) profileFocused() {
	if _, col := p.grid.FocusCell(); p.s != nil && col < len(p.s.header) {
		p.side.profile(col)
	}
}

func (p *Pane) groupFocused() {
	if _, col := p.grid.FocusCell(); p.s != nil && col < len(p.s.header) {
		p.groups.by(col)
	}
}

// shortcut takes the shortcuts that the grid has no use for.
func (p *Pane) shortcut(s fyne.Shortcut) bool {
	stroke, ok := keymap.Shortcut(s)
	return ok && (TableKeys().Run(p, stroke) || p.Press(stroke))
}

// key takes the keys that the grid has no use for.
func (p *Pane) key(e *fyne.KeyEvent) {
	s := keymap.Typed(e)
	if TableKeys().Run(p, s) || p.Press(s) || s.Key == fyne.KeyEscape && p.Leave() {
		return
	}
	look.ToWindow(p.grid, e)
}
