package ui

import (
	"slices"
	"testing"

	"sluice/ui/view"
)

// left is a stage whose only job was cancelled and has left something.
func left(t *testing.T) *stage {
	t.Helper()
	s := newStage(t, wiki())
	s.until("it is open", s.sees("No export has run here yet"))
	s.press("Start export")
	s.until("it runs", s.sees("1,200 of 3,000"))
	s.engine.leave()
	s.until("it can be resumed", s.sees("This export can be resumed"))
	return s
}

func (e *fakeEngine) did() (resumed, cleaned []int64) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.resumed), slices.Clone(e.cleaned)
}

// TestResume resumes from the card, from the history and from the files.
func TestResume(t *testing.T) {
	for name, tab := range map[string]view.Tab{"Resume job 1": view.ExportTab, "Resume": view.HistoryTab, "Resume job 1 ": view.FilesTab} {
		s := left(t)
		if !s.sees("On disk already: users.")() {
			t.Errorf("it does not say what will happen: %q", s.says())
		}
		page := s.w.chosen.page
		page.files.load(1)
		page.view.Choose(tab)
		button := name
		if tab == view.FilesTab {
			button = "Resume job 1"
			s.until("the files say what they are", s.sees("Incomplete export of job 1 (cancelled)"))
		}
		s.until("it is offered", s.offers(button))
		s.press(button)
		s.until("it runs again", s.sees("1,200 of 3,000"))
		if resumed, _ := s.engine.did(); !slices.Equal(resumed, []int64{1}) {
			t.Errorf("resumed %v", resumed)
		}
		if s.sees("This export can be resumed")() {
			t.Error("it is offered once more")
		}
	}
}

// TestCleanAsksFirst removes partial files only once somebody has agreed.
func TestCleanAsksFirst(t *testing.T) {
	s := left(t)
	page := s.w.chosen.page
	page.files.load(1)
	page.view.Choose(view.FilesTab)
	s.until("the files say what they are", s.sees("Incomplete export of job 1 (cancelled)"))
	s.press("Remove 9 B of partial files")
	s.until("it asks", s.sees("Remove the partial files of job 1?"))
	if _, cleaned := s.engine.did(); len(cleaned) > 0 {
		t.Fatal("removed without a question")
	}
	if !s.sees("The job cannot be resumed any more then.")() {
		t.Errorf("the consequence is not said: %q", s.says())
	}
	s.press("Remove 9 B of partial files")
	s.until("they are gone", func() bool { _, cleaned := s.engine.did(); return slices.Equal(cleaned, []int64{1}) })
	page.view.Choose(view.ExportTab)
	s.until("nothing is offered any more", func() bool { return !s.sees("This export can be resumed")() })
}
