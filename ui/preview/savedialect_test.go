package preview

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"sluice/ui/texts"
)

// TestChoicesOfSavingAreWhole: what is chosen can be read whole in every language.
func TestChoicesOfSavingAreWhole(t *testing.T) {
	test.NewTempApp(t)
	defer func() { texts.T = texts.English() }()
	for _, l := range texts.Languages() {
		if _, err := texts.UseLanguage(l.Tag); err != nil {
			t.Fatal(err)
		}
		d := newSaveDialect(func() {})
		w := test.NewTempWindow(t, d.object)
		w.Resize(fyne.NewSize(900, 300))
		for _, b := range d.boxes {
			for i, word := range b.box.Options {
				b.box.SetSelectedIndex(i)
				shows := false
				for _, o := range test.LaidOutObjects(b.box) {
					s, ok := o.(*canvas.Text)
					shows = shows || ok && s.Text == word
				}
				if !shows {
					t.Errorf("%s: %q is cut in %.0f", l.Tag, word, b.box.Size().Width)
				}
			}
		}
	}
}
