package look

import (
	"reflect"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sluice/ui/keymap/keytest"
)

// TestSecretIsShownByKeyboard and hidden again; it stays a secret.
func TestSecretIsShownByKeyboard(t *testing.T) {
	lookApp(t, Light)
	f := NewSecretField(nil)
	w := test.NewTempWindow(t, NewFixed(200, ControlHeight, f))
	w.Resize(fyne.NewSize(300, 100))
	w.Canvas().Focus(f)
	test.Type(f, "hush")
	w.Canvas().FocusNext()
	for _, hidden := range []bool{false, true} {
		before := w.Canvas().Capture()
		keytest.Send(t, w.Canvas().Focused(), ControlKeys().Strokes()[0])
		if f.Password != hidden || f.Text != "hush" || !f.Secret() {
			t.Errorf("hidden: %v, holds %q", f.Password, f.Text)
		}
		if reflect.DeepEqual(before, w.Canvas().Capture()) {
			t.Error("nothing of that is seen")
		}
	}
}
