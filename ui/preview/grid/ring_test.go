package grid

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"sluice/ui/look"
	"sluice/ui/look/looktest"
)

// TestFocusStandsOut holds the frames of the table and of the text of a cell to the
// contrast that they need, in both themes. Without a display the toolkit draws a frame
// at the edge of what scrolls in another place than in a window, so it is not the
// picture that is looked at.
func TestFocusStandsOut(t *testing.T) {
	for _, mode := range []look.Mode{look.Light, look.Dark} {
		th := look.NewTheme(mode)
		test.NewTempApp(t).Settings().SetTheme(th)
		g := New(Options{Model: synthetic{100}})
		g.SetColumns([]Column{{Title: "a", Width: 80}})
		l := NewLines()
		for _, control := range []struct {
			object fyne.Focusable
			frame  func() *canvas.Rectangle
		}{{g, func() *canvas.Rectangle { return g.parts.ring.Object }}, {l, func() *canvas.Rectangle { return l.focus }}} {
			w := test.NewTempWindow(t, control.object.(fyne.CanvasObject))
			w.Resize(fyne.NewSize(400, 300))
			if control.frame().Visible() {
				t.Errorf("%T has a frame without the keyboard", control.object)
			}
			w.Canvas().Focus(control.object)
			frame := control.frame()
			if !frame.Visible() || frame.StrokeWidth < 2 || frame.Size().Width < 300 {
				t.Errorf("%T has no frame: %v, %v wide", control.object, frame.Size(), frame.StrokeWidth)
			}
			for _, ground := range []fyne.ThemeColorName{look.ColorSurface, theme.ColorNameBackground, theme.ColorNameSelection} {
				if c := looktest.Contrast(frame.StrokeColor, th.Color(ground, theme.VariantLight)); c < 3 {
					t.Errorf("%s, %T: the frame has a contrast of %.2f to %s", mode, control.object, c, ground)
				}
			}
			w.Canvas().Unfocus()
			if frame.Visible() {
				t.Errorf("%T keeps its frame", control.object)
			}
		}
	}
}
