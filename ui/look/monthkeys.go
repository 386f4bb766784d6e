package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sluice/ui/keymap"
	"sluice/ui/texts"
)

// MonthKeys is what keys do in a calendar.
func MonthKeys() keymap.Map[*Month] {
	t := texts.T.Keys
	days := map[fyne.KeyName]int{fyne.KeyLeft: -1, fyne.KeyRight: 1, fyne.KeyUp: -7, fyne.KeyDown: 7}
	pages := func(months int) func(*Month, keymap.Stroke) {
		return func(m *Month, s keymap.Stroke) {
			on := months
			if s.Key == fyne.KeyPageUp {
				on = -months
			}
			m.goTo(m.monthsOn(on))
		}
	}
	return keymap.Map[*Month]{
		{Strokes: keymap.Arrows(), Does: t.Days, Do: func(m *Month, s keymap.Stroke) { m.goTo(m.at.AddDate(0, 0, days[s.Key])) }},
		{Strokes: keymap.Keys(fyne.KeyPageUp, fyne.KeyPageDown), Does: t.Months, Do: pages(1)},
		{Strokes: keymap.Shift(fyne.KeyPageUp, fyne.KeyPageDown), Does: t.Years, Do: pages(12)},
		{Strokes: keymap.Ctrl(fyne.KeyPageUp, fyne.KeyPageDown), Does: t.Years, Do: pages(12)},
		{Strokes: keymap.Keys(fyne.KeyHome), Does: t.FirstDay, Do: func(m *Month, _ keymap.Stroke) { m.goTo(m.first) }},
		{Strokes: keymap.Keys(fyne.KeyEnd), Does: t.LastDay, Do: func(m *Month, _ keymap.Stroke) { m.goTo(m.first.AddDate(0, 1, -1)) }},
		{Strokes: keymap.Keys(fyne.KeyReturn, fyne.KeySpace), Does: t.TakeDay, Do: func(m *Month, _ keymap.Stroke) { m.take(m.at) }},
	}
}

// dayGrid are the days of a calendar as one stop of the Tab key.
type dayGrid struct {
	widget.BaseWidget
	m       *Month
	cells   *fyne.Container
	focused bool
}

var (
	_ fyne.Focusable    = (*dayGrid)(nil)
	_ fyne.Shortcutable = (*dayGrid)(nil)
)

func newDayGrid(m *Month, cells *fyne.Container) *dayGrid {
	g := &dayGrid{m: m, cells: cells}
	g.ExtendBaseWidget(g)
	return g
}

// CreateRenderer implements fyne.Widget.
func (g *dayGrid) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(g.cells) }

// FocusGained implements fyne.Focusable.
func (g *dayGrid) FocusGained() { g.setFocused(true) }

// FocusLost implements fyne.Focusable.
func (g *dayGrid) FocusLost() { g.setFocused(false) }

func (g *dayGrid) setFocused(on bool) {
	g.focused = on
	g.m.show(g.m.first)
}

// TypedRune implements fyne.Focusable.
func (g *dayGrid) TypedRune(rune) {}

// TypedKey goes from day to day; keys without a use are for the window.
func (g *dayGrid) TypedKey(e *fyne.KeyEvent) {
	if !MonthKeys().Run(g.m, keymap.Typed(e)) {
		ToWindow(g, e)
	}
}

// TypedShortcut goes from year to year.
func (g *dayGrid) TypedShortcut(s fyne.Shortcut) {
	if stroke, ok := keymap.Shortcut(s); !ok || !MonthKeys().Run(g.m, stroke) {
		ShortcutToWindow(g, s)
	}
}
