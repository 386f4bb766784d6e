package grid

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"sluice/ui/look"
	"sluice/ui/look/looktest"
)

// TestFocusStandsOut holds the frame of the table to the contrast that it needs, in
// both themes. Without a display the toolkit draws a frame at the edge of what scrolls
// in another place than in a window, so it is not the picture that is looked at.
func TestFocusStandsOut(t *testing.T) {
	for _, mode := range []look.Mode{look.Light, look.Dark} {
		th := look.NewTheme(mode)
		test.NewTempApp(t).Settings().SetTheme(th)
		g := New(Options{Model: synthetic{100}})
		g.SetColumns([]Column{{Title: "a", Width: 80}})
		w := test.NewTempWindow(t, g)
		w.Resize(fyne.NewSize(400, 300))
		frame := g.parts.ring.Object
		if frame.Visible() {
			t.Error("there is a frame without the keyboard")
		}
		w.Canvas().Focus(g)
		if !frame.Visible() || frame.StrokeWidth < 2 || frame.Size() != g.Size() || !frame.Position().IsZero() {
			t.Errorf("the frame is at %v, %v large and %v wide", frame.Position(), frame.Size(), frame.StrokeWidth)
		}
		for _, ground := range []fyne.ThemeColorName{look.ColorSurface, theme.ColorNameBackground, theme.ColorNameSelection} {
			if c := looktest.Contrast(frame.StrokeColor, th.Color(ground, theme.VariantLight)); c < 3 {
				t.Errorf("%s: the frame has a contrast of %.2f to %s", mode, c, ground)
			}
		}
		w.Canvas().Unfocus()
		if frame.Visible() {
			t.Error("the frame stays")
		}
	}
}
