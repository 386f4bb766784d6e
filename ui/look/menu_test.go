package look

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// TestMenuOfALineByKeyboard begins at its first line, and gives the keyboard back to the list.
func TestMenuOfALineByKeyboard(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(Light))
	did := ""
	l := NewList(func() int { return 3 }, func() fyne.CanvasObject { return NewText("", SizeBody, ColorText) }, func(int, fyne.CanvasObject) {}, func(int) {})
	w := test.NewTempWindow(t, l)
	w.Resize(fyne.NewSize(300, 300))
	c := w.Canvas()
	l.OnMenu = func(i int, at fyne.Position) {
		ShowMenu(c, at, fyne.NewMenuItem("Files", func() { did += "files " }), fyne.NewMenuItem("Delete", func() { did += "delete " }))
	}
	for _, keys := range [][]fyne.KeyName{{fyne.KeyReturn}, {fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn}, {fyne.KeyEscape}} {
		c.Focus(l)
		l.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierAlt})
		for _, key := range keys {
			c.Focused().TypedKey(&fyne.KeyEvent{Name: key})
		}
		if c.Focused() != fyne.Focusable(l) {
			t.Errorf("%v: the keyboard is on %T", keys, c.Focused())
		}
	}
	if did != "files delete " {
		t.Errorf("done: %q", did)
	}
}
