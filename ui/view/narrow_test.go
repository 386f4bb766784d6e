package view

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sluice/ui/look"
	"sluice/ui/present"
)

// TestScreensFitASmallWindow: nothing forces the window to be wider or higher
// than a small laptop's screen.
func TestScreensFitASmallWindow(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.NewTheme(look.Light))
	screens := map[string]fyne.CanvasObject{
		"welcome":  NewWelcome().Object,
		"export":   NewExportTab(NewStatusCard().Object, NewNewExport(nil).Object, NewHoldsCard().Object),
		"history":  NewHistory().Object,
		"files":    NewFiles().Object,
		"settings": NewSetup(nil).Object,
		"server":   NewServerForm().Object,
	}
	for name, o := range screens {
		f := NewFrame(NewRail().Object)
		f.Show(NewPage(o).Object, true)
		if name == "welcome" {
			f.Show(o, true)
		}
		w := test.NewTempWindow(t, f.Object)
		w.Resize(fyne.NewSize(1000, 640))
		if m := f.Object.MinSize(); m.Width > 1000 || m.Height > 640 {
			t.Errorf("%s needs %v", name, m)
		}
	}
}

// TestNewExportWrapsInANarrowWindow: the buttons go below the fields instead of
// over them.
func TestNewExportWrapsInANarrowWindow(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.NewTheme(look.Light))
	n := NewNewExport(nil)
	n.OnForm = func(present.FromDate) {}
	w := test.NewTempWindow(t, NewExportTab(n.Object))
	top := func(o fyne.CanvasObject) float32 {
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Y
	}
	w.Resize(fyne.NewSize(1100, 600))
	if top(n.start) > top(n.clock)+4 {
		t.Errorf("in a wide window the buttons are at %v, the fields at %v", top(n.start), top(n.clock))
	}
	w.Resize(fyne.NewSize(700, 600))
	if top(n.start) < top(n.clock)+look.ControlHeight {
		t.Errorf("in a narrow window the buttons are at %v, the fields at %v", top(n.start), top(n.clock))
	}
}
