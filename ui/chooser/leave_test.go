package chooser

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"sluice/ui/keymap"
	"sluice/ui/keymap/keytest"
	"sluice/ui/look"
	"sluice/ui/look/looktest"
)

// TestFocusedButtonCanBeRead: the toolkit fills what has the keyboard, and would write the
// light text of its main button on that.
func TestFocusedButtonCanBeRead(t *testing.T) {
	for _, mode := range []look.Mode{look.Light, look.Dark} {
		test.NewTempApp(t).Settings().SetTheme(look.NewTheme(mode))
		w := test.NewTempWindow(t, widget.NewLabel("below"))
		w.Resize(fyne.NewSize(800, 600))
		var follow func()
		over := Leavable(w, func() {}, func(f func()) { follow = f })
		button, next := widget.NewButton("Save", nil), widget.NewButton("Cancel", nil)
		button.Importance = widget.HighImportance
		dialog.NewCustomWithoutButtons("Save", container.NewVBox(button, next), over).Show()
		for _, on := range []fyne.Focusable{button, next} {
			w.Canvas().Focus(on) // as a click does
			follow()
			if c := contrastOf(t, button); c < 4.5 {
				t.Errorf("%s: the keyboard is on %q, and \"Save\" has a contrast of %.2f", mode, on.(*widget.Button).Text, c)
			}
		}
		if button.Importance != widget.HighImportance {
			t.Errorf("%s: the button is no longer the main one", mode)
		}
	}
}

// contrastOf is the contrast of what a button says with its fill.
func contrastOf(t *testing.T, b *widget.Button) float64 {
	t.Helper()
	var fill, ink color.Color
	for _, o := range test.LaidOutObjects(b) {
		switch o := o.(type) {
		case *canvas.Text:
			ink = o.Color
		case *canvas.Rectangle:
			if _, _, _, a := o.FillColor.RGBA(); fill == nil && a > 0 {
				fill = o.FillColor
			}
		}
	}
	if fill == nil || ink == nil {
		t.Fatal("the button shows nothing")
	}
	return looktest.Contrast(ink, fill)
}

// TestEscapeLeavesADialogOfTheToolkit, whichever of its controls has the keyboard,
// and every other key does what it does without a leash.
func TestEscapeLeavesADialogOfTheToolkit(t *testing.T) {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, widget.NewLabel("below"))
	w.Resize(fyne.NewSize(800, 600))
	left := 0
	var queue []func()
	done := func() {
		for len(queue) > 0 {
			f := queue[0]
			queue = queue[1:]
			f()
		}
	}
	over := Leavable(w, func() { left++ }, func(f func()) { queue = append(queue, f) })
	entry, pressed := widget.NewEntry(), 0
	button := widget.NewButton("Save", func() { pressed++ })
	d := dialog.NewCustomWithoutButtons("Save", container.NewVBox(entry, button), over)
	d.Show()
	c := w.Canvas()
	press := func(key fyne.KeyName) {
		t.Helper()
		keytest.Send(t, c.Focused(), keymap.Keys(key)[0])
	}
	escapes := func(where string) {
		t.Helper()
		left = 0
		if press(fyne.KeyEscape); left != 1 {
			t.Errorf("%s: Escape got out %d times", where, left)
		}
	}
	escapes("just shown")

	c.Focus(entry) // as a click does
	done()
	escapes("in the field")
	for _, r := range "abc" {
		c.Focused().TypedRune(r)
	}
	if press(fyne.KeyBackspace); entry.Text != "ab" {
		t.Errorf("the field holds %q", entry.Text)
	}
	if press(fyne.KeyTab); c.Focused() == fyne.Focusable(button) {
		t.Error("the leash is off")
	}
	if press(fyne.KeySpace); pressed != 1 {
		t.Error("Tab does not lead to the button")
	}
	escapes("on the button")
	keytest.Send(t, c.Focused(), keymap.Shift(fyne.KeyTab)[0])
	if c.Focused().TypedRune('d'); entry.Text != "abd" {
		t.Errorf("Shift+Tab does not lead back to the field, which holds %q", entry.Text)
	}

	d.Hide()
	if c.Overlays().Top() != nil {
		t.Error("the dialog is still there")
	}
	done()
	if c.Focused() != nil {
		t.Errorf("%T has the keyboard", c.Focused())
	}
}
