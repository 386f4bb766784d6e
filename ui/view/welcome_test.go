package view

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sluice/ui/layouttest"
	"sluice/ui/texts"
)

// TestWelcomeKeepsToItsCards: in every language and at every width no title leaves its card.
func TestWelcomeKeepsToItsCards(t *testing.T) {
	lightApp(t)
	defer func() { texts.T = texts.English() }()
	for _, l := range texts.Languages() {
		if _, err := texts.UseLanguage(l.Tag); err != nil {
			t.Fatal(err)
		}
		w := test.NewTempWindow(t, NewWelcome().Object)
		for _, width := range []float32{900, 1000, 1072, 1125, 1200, 1280, 1500} {
			w.Resize(fyne.NewSize(width, 750))
			r := layouttest.Check(w.Canvas())
			for _, f := range append(r.Overlaps, r.Cuts...) {
				t.Errorf("%s at %.0f: %s", l.Tag, width, f)
			}
		}
	}
}

// TestWelcomeInTheNarrowestWindow: no sentence keeps the page from 900 pixels at a scale of 1.5.
func TestWelcomeInTheNarrowestWindow(t *testing.T) {
	lightApp(t)
	defer func() { texts.T = texts.English() }()
	for _, l := range texts.Languages() {
		if _, err := texts.UseLanguage(l.Tag); err != nil {
			t.Fatal(err)
		}
		if width := NewWelcome().Object.MinSize().Width; width > 550 { // the letters of the desktop may be wider than those of the test
			t.Errorf("%s: it is %.0f wide at least", l.Tag, width)
		}
	}
}
