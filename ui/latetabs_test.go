package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"sluice/ui/view"
)

// TestTabsAreMadeWhenTheyAreChosen: the first frame waits for nothing that nobody has asked for,
// and what was made once stays.
func TestTabsAreMadeWhenTheyAreChosen(t *testing.T) {
	s := newStage(t, wiki())
	s.until("it is open", s.sees("No export has run here yet"))
	page := s.w.chosen.page
	if page.jobs.view != nil || page.files.view != nil || page.files.preview != nil || page.plans.view != nil || page.setup != nil || s.w.board.page != nil {
		t.Error("tabs are made that nobody has chosen")
	}
	made := map[view.Tab]fyne.CanvasObject{}
	for range 2 {
		for tab := view.HistoryTab; tab <= view.SettingsTab; tab++ {
			page.view.Choose(tab)
			body := page.view.Body().(*fyne.Container).Objects[0]
			if before := made[tab]; before != nil && before != body {
				t.Errorf("tab %d was made twice", tab)
			}
			made[tab] = body
		}
	}
	if page.jobs.view == nil || page.files.preview == nil || page.plans.view == nil || page.setup == nil {
		t.Error("a tab that was chosen was not made")
	}
	s.w.showBoard()
	if s.w.board.page == nil || s.w.board.jobs.view != nil {
		t.Error("the page of all sources is not made when it is shown, or its history before that")
	}
}

// TestCardsOfAnExportComeWithTheSource: while a source is being opened nothing of them lies in
// the window.
func TestCardsOfAnExportComeWithTheSource(t *testing.T) {
	s := newStage(t, wiki())
	page := s.w.chosen.page
	if page.exports.Shown() != page.trouble.Object || page.start.Object.Size() != (fyne.Size{}) {
		t.Errorf("the cards of an export are laid out, with the size %v, before the source is open", page.start.Object.Size())
	}
	s.until("it is open", s.sees("No export has run here yet"))
	if page.exports.Shown() == page.trouble.Object || page.start.Object.Size() == (fyne.Size{}) {
		t.Error("the source is open, and the cards of an export are not in the window")
	}
}
