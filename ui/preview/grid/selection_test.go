package grid

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sluice/ui/keymap"
)

// shifted types keys with Shift held.
func shifted(t *testing.T, g *Grid, names ...fyne.KeyName) {
	t.Helper()
	was := keymap.Held
	keymap.Held = func() fyne.KeyModifier { return fyne.KeyModifierShift }
	defer func() { keymap.Held = was }()
	for _, n := range names {
		key(g, n)
	}
}

func chosen(t *testing.T, g *Grid, want Range, some bool) {
	t.Helper()
	if got, more := g.Range(); got != want || more != some {
		t.Errorf("%+v is chosen, %v, want %+v, %v", got, more, want, some)
	}
}

// TestRangeByKeys: Shift makes the range go with the cursor, in both directions; a step
// without it and Escape end it.
func TestRangeByKeys(t *testing.T) {
	told := 0
	g, _ := shown(t, Options{Model: synthetic{1000}, OnRange: func() { told++ }}, 8)
	g.DataChanged()
	g.Select(5, 2)
	chosen(t, g, Range{5, 6, 2, 3}, false)
	shifted(t, g, fyne.KeyDown, fyne.KeyDown, fyne.KeyRight)
	chosen(t, g, Range{5, 8, 2, 4}, true)
	shifted(t, g, fyne.KeyUp, fyne.KeyUp, fyne.KeyUp, fyne.KeyHome)
	chosen(t, g, Range{4, 6, 0, 3}, true)
	if told != 7 {
		t.Errorf("the range was told %d times", told)
	}
	key(g, fyne.KeyEscape)
	chosen(t, g, Range{4, 5, 0, 1}, false)
	shifted(t, g, fyne.KeyEnd)
	chosen(t, g, Range{4, 5, 0, 8}, true)
	key(g, fyne.KeyDown)
	chosen(t, g, Range{5, 6, 7, 8}, false)
	g.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyEnd, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift})
	chosen(t, g, Range{5, 1000, 7, 8}, true)
	g.Columns().Hide(7, true)
	g.ColumnsChanged()
	if _, some := g.Range(); some {
		t.Error("a range goes on from a hidden column")
	}
}

// TestRangeByPointer: a drag chooses what it passes over, a click with Shift all up to it,
// and the menu of a chosen cell leaves the range.
func TestRangeByPointer(t *testing.T) {
	menus := 0
	g, _ := shown(t, Options{Model: synthetic{1000}, OnMenu: func(int64, int, fyne.Position) { menus++ }}, 8)
	g.DataChanged()
	at := func(row, place int) fyne.Position {
		x, _ := g.columns.Span(place)
		return fyne.NewPos(float32(g.left()+x+20), float32(HeaderHeight+row*RowHeight+10))
	}
	press := func(p fyne.Position, mod fyne.KeyModifier, b desktop.MouseButton) {
		g.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: p}, Modifier: mod, Button: b})
	}
	drag := func(p fyne.Position) { g.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: p}}) }
	press(at(2, 1), 0, desktop.MouseButtonPrimary)
	drag(at(4, 3))
	g.DragEnd()
	chosen(t, g, Range{2, 5, 1, 4}, true)
	press(at(3, 2), 0, desktop.MouseButtonSecondary)
	chosen(t, g, Range{2, 5, 1, 4}, true)
	press(at(1, 0), fyne.KeyModifierShift, desktop.MouseButtonPrimary)
	chosen(t, g, Range{1, 3, 0, 2}, true)
	press(at(9, 5), 0, desktop.MouseButtonSecondary)
	chosen(t, g, Range{9, 10, 5, 6}, false)
	if menus != 2 {
		t.Errorf("%d menus", menus)
	}
	press(at(0, 0), 0, desktop.MouseButtonPrimary)
	_, fit := g.Whole()
	for range 3 {
		drag(fyne.NewPos(at(0, 1).X, 2000)) // below the table: one row further each time
	}
	chosen(t, g, Range{0, fit + 3, 0, 2}, true)
	g.DragEnd()
	press(at(0, 0), 0, desktop.MouseButtonPrimary)
	if _, some := g.Range(); some {
		t.Error("a click leaves the range")
	}
}
