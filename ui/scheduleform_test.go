package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
	"sluice/ui/view"
)

// formScroll is what the form of a schedule scrolls in.
func (s *stage) formScroll() *container.Scroll {
	var found *container.Scroll
	look.Walk(s.w.chosen.page.plans.view.Form.Object, func(o fyne.CanvasObject) bool {
		if c, ok := o.(*container.Scroll); ok && found == nil {
			found = c
		}
		return found == nil
	})
	return found
}

// TestTheFormOfAScheduleOpensAtItsTop: the first time, when nothing has its size yet, and
// after it was left in the middle.
func TestTheFormOfAScheduleOpensAtItsTop(t *testing.T) {
	s, _ := scheduled(t, nil)
	s.w.window.Resize(fyne.NewSize(900, 600))
	s.until("nothing is scheduled", s.sees("Nothing is scheduled"))
	s.press("Add a schedule")
	if y := s.formScroll().Offset.Y; y != 0 {
		t.Errorf("the new form is scrolled by %v", y)
	}
	s.field("nightly").SetText("often")
	s.press("Add")
	s.until("it is in the list", s.offers("Run now"))
	for range 2 {
		s.press("Edit")
		if y := s.formScroll().Offset.Y; y != 0 {
			t.Errorf("the form is scrolled by %v", y)
		}
		s.formScroll().ScrollToOffset(fyne.NewPos(0, 150))
		s.press("Cancel")
	}
}

// TestTheFormSaysWhyThereAreNoRuns: at once, where the runs would stand, and once it was
// sent at the field alone.
func TestTheFormSaysWhyThereAreNoRuns(t *testing.T) {
	s, _ := scheduled(t, nil)
	s.until("nothing is scheduled", s.sees("Nothing is scheduled"))
	s.press("Add a schedule")
	const why = "does not say both days and times"
	times := s.field("weekdays 02:00")
	times.SetText("soon")
	if got := strings.Count(s.says(), why); got != 1 {
		t.Errorf("why there are no runs is said %d times: %s", got, s.says())
	}
	s.press("Add")
	if got := strings.Count(s.says(), why); got != 1 {
		t.Errorf("after it was sent it is said %d times: %s", got, s.says())
	}
	times.SetText("daily 02:00")
	if s.sees(why)() {
		t.Error("what was mended is complained about")
	}
	s.w.chosen.page.view.Choose(view.ScheduleTab)
}
