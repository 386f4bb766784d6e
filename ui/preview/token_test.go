package preview

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"sluice/ui/look"
	"sluice/ui/look/looktest"
)

// TestRingOfAConditionStandsOut in both themes.
func TestRingOfAConditionStandsOut(t *testing.T) {
	for _, mode := range []look.Mode{look.Light, look.Dark} {
		test.NewTempApp(t).Settings().SetTheme(look.NewTheme(mode))
		chip := newToken("page_id is 1", nil, nil)
		w := test.NewTempWindow(t, container.NewCenter(chip))
		w.Resize(fyne.NewSize(200, 100))
		t.Logf("%s: %.1f", mode, looktest.Ring(t, w, chip))
	}
}

// TestRingOfACellStandsOut: the text of a cell scrolls by keyboard, and what shows
// that it has it is not cut off.
func TestRingOfACellStandsOut(t *testing.T) {
	withPane(t, newFake(10, "id", "title"), nil, func(b *bench) {
		b.do(func() { b.p.Focus(); b.p.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) })
		b.settle()
		b.do(func() {
			lines := b.p.side.cell.lines
			if b.w.Canvas().Focused() != fyne.Focusable(lines) {
				t.Fatalf("the keyboard is on %T", b.w.Canvas().Focused())
			}
			t.Logf("%.1f", looktest.Ring(t, b.w, lines))
		})
	})
}
