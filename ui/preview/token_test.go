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
