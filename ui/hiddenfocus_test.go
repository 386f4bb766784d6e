package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"sluice/ui/view"
)

// TestNoKeyGoesToWhatIsHidden: a control that a tab or a page has taken the place of has the
// keyboard no more, and one that is in sight still keeps it.
func TestNoKeyGoesToWhatIsHidden(t *testing.T) {
	s := newStage(t, wiki())
	s.until("it is open", s.sees("No export has run here yet"))
	c := s.w.window.Canvas()
	page := s.w.chosen.page
	for name, leave := range map[string]func(){
		"a tab":             func() { page.view.Choose(view.ScheduleTab) },
		"the settings":      s.w.showSettings,
		"the welcome page":  s.w.showWelcome,
		"all sources":       s.w.showBoard,
		"the form of a new": func() { s.w.showTakeForm(nil) },
	} {
		s.w.choose(s.w.entries[0])
		page.view.Choose(view.ExportTab)
		start := s.button("Start export").(fyne.Focusable)
		c.Focus(start)
		s.w.render()
		if c.Focused() != start {
			t.Errorf("%s: %v has the keyboard while Start is in sight", name, c.Focused())
		}
		if leave(); c.Focused() == start {
			t.Errorf("%s: Start has the keyboard and cannot be seen", name)
		}
	}
}
