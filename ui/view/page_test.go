package view

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"sluice/ui/look"
)

// laid counts how often something was laid out.
type laid struct{ times *int }

func (laid) MinSize([]fyne.CanvasObject) fyne.Size   { return fyne.NewSize(10, 10) }
func (l laid) Layout([]fyne.CanvasObject, fyne.Size) { *l.times++ }

// TestTabsAreLaidOutWhenTheyAreSeen: forms with many paragraphs took a third of the time to
// the first frame, and nobody had looked at them.
func TestTabsAreLaidOutWhenTheyAreSeen(t *testing.T) {
	test.NewTempApp(t)
	test.ApplyTheme(t, look.NewTheme(look.Light))
	times := make([]int, SettingsTab+1)
	var bodies []fyne.CanvasObject
	for i := range times {
		bodies = append(bodies, container.New(laid{&times[i]}))
	}
	p := NewPage(bodies...)
	w := test.NewTempWindow(t, p.Object)
	w.Resize(fyne.NewSize(900, 600))
	w.Resize(fyne.NewSize(800, 600))
	for i, n := range times {
		if seen := Tab(i) == ExportTab; (n > 0) != seen {
			t.Errorf("tab %d was laid out %d times", i, n)
		}
	}
	p.Choose(SettingsTab)
	if times[SettingsTab] == 0 || bodies[SettingsTab].Size() != bodies[ExportTab].Size() {
		t.Errorf("the tab in sight has the size %v, the other had %v", bodies[SettingsTab].Size(), bodies[ExportTab].Size())
	}
}
