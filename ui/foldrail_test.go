package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sluice/ui/keymap"
	"sluice/ui/texts"
)

// TestTheRailIsFolded: below a width by itself, by its key against that, which is remembered, and
// never where the page would have no room.
func TestTheRailIsFolded(t *testing.T) {
	s := newStage(t, wiki())
	s.until("it is open", s.sees("No export has run here yet"))
	key := keymap.Keys(fyne.KeyF9)[0]
	for _, step := range []struct {
		width  float32
		press  bool
		narrow bool
		kept   string
	}{{1200, false, false, ""}, {900, false, true, ""}, {900, true, false, "wide"}, {1200, false, false, "wide"}, {1200, true, true, "narrow"}, {1200, true, false, ""}} {
		s.size(step.width, 600)
		if step.press {
			s.w.press(key)
		}
		if s.w.rail.Narrow() != step.narrow || s.w.prefs.Rail != step.kept {
			t.Errorf("%+v: folded %v, %q kept", step, s.w.rail.Narrow(), s.w.prefs.Rail)
		}
	}
	s.w.prefs.Rail = "narrow"
	s.w.save()
	if prefs := s.prefs(); !strings.Contains(prefs, `"rail": "narrow"`) {
		t.Errorf("what is remembered: %s", prefs)
	}
	s.size(600, 600)
	if width := s.w.window.Canvas().Size().Width; width != 600 {
		t.Errorf("the window cannot be narrower than %v", width)
	}
	if s.w.press(key); !s.sees(texts.T.Rail.NoRoom)() {
		t.Errorf("it says %q", s.says())
	}
}
