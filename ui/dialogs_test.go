package ui

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
)

// TestQuestionsAreReadWhole: what the window asks stands in sight as a whole, with
// nothing to scroll to.
func TestQuestionsAreReadWhole(t *testing.T) {
	s := running(t, 13*time.Hour+36*time.Minute)
	s.w.window.Resize(least)
	for name, ask := range map[string]func(){
		"cancel": s.w.chosen.page.cancel, "remove": s.w.chosen.page.askToRemove, "quit": s.w.askToQuit,
	} {
		ask()
		s.until("it asks", func() bool { return s.w.window.Canvas().Overlays().Top() != nil })
		s.drain()
		found := 0
		for _, o := range walkVisible(nil, s.w.popped) {
			if text, ok := o.(*look.Text); ok && strings.HasSuffix(text.Text(), "…") {
				t.Errorf("%s: %q leads to no further question", name, text.Text())
			}
			if scroll, ok := o.(*container.Scroll); ok {
				found++
				if need, has := scroll.Content.MinSize().Height, scroll.Size().Height; need > has {
					t.Errorf("%s: the question is %.1f high and has room for %.1f", name, need, has)
				}
			}
		}
		if found == 0 {
			t.Errorf("%s: there is no question", name)
		}
		s.w.popped.Hide()
	}
}
