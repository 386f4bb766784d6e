package look

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestSwitch: it switches by click and key, says its state as a word, and a disabled one stays.
func TestSwitch(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(Light))
	told := 0
	s := NewSwitch(func(bool) { told++ })
	w := test.NewTempWindow(t, s)
	w.Resize(fyne.NewSize(200, 80))
	if s.On() || s.Text() != "Off" {
		t.Errorf("at first it is %q", s.Text())
	}
	test.Tap(s)
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if s.SetOn(true); !s.On() || s.Text() != "On" || told != 3 {
		t.Errorf("it is %q, and told %d times", s.Text(), told)
	}
	s.Disable()
	if test.Tap(s); !s.On() {
		t.Error("a disabled one switches")
	}
	s.FocusGained()
	r := test.WidgetRenderer(s).(*switchRenderer)
	if r.ring.Object.Visible() {
		t.Error("a disabled one shows the keyboard")
	}
	s.Enable()
	if !r.ring.Object.Visible() || r.knob.Position().X < trackWidth/2 || r.ring.Object.Position().Y < 0 {
		t.Errorf("the ring is at %v, the knob at %v", r.ring.Object.Position(), r.knob.Position())
	}
}
