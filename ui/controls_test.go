package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sluice/pipeline"
	"sluice/ui/keymap"
	"sluice/ui/view"
)

// shown are the controls whose rings are looked at in the tests of their packages.
var shown = []string{"*look.Button", "*look.Toggle", "*look.Switch", "*look.Chip", "*look.tab", "*look.RailItem", "*look.SortHead", "*look.FieldIcon", "*look.Field",
	"*look.Select", "*look.RailHeading", "*look.Check", "*look.List", "*look.dayGrid", "*grid.Grid", "*grid.Lines", "*preview.token"}

// TestEveryControlShowsThatItHasTheKeyboard goes through the screens: whatever takes
// the keyboard on one of them is a control that draws a ring.
func TestEveryControlShowsThatItHasTheKeyboard(t *testing.T) {
	s := newStage(t, wiki())
	s.size(1280, 800)
	s.until("it is open", s.sees("No export has run here yet"))
	path := filepath.Join(s.dir, "pages_job1.csv")
	if err := os.WriteFile(path, []byte("page_id,page_title\r\n1,Home\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.engine.mu.Lock()
	s.engine.files = []pipeline.File{{Name: "pages", Path: path, Rows: 1, Bytes: 28}}
	s.engine.jobs = []pipeline.Job{{ID: 1, Status: pipeline.Completed, StartTime: pipeline.At(time.Now())}}
	s.engine.mu.Unlock()
	s.w.chosen.page.refresh()
	s.until("the job is known", s.sees("Completed"))
	seen := map[string]bool{}
	look := func() {
		for _, o := range s.visibleObjects() {
			if _, ok := o.(fyne.Focusable); !ok {
				continue
			}
			kind := fmt.Sprintf("%T", o)
			if seen[kind] = true; !slices.Contains(shown, kind) {
				t.Errorf("%s takes the keyboard, and nobody has looked at how it shows that", kind)
			}
		}
	}
	page := s.w.chosen.page
	for _, tab := range []view.Tab{view.ExportTab, view.HistoryTab, view.SettingsTab, view.FilesTab} {
		page.view.Choose(tab)
		page.render()
		if tab == view.HistoryTab {
			s.until("the jobs are listed", s.sees("Details"))
		}
		look()
	}
	s.until("the preview shows the file", s.sees("row 1 of 1"))
	s.w.press(keymap.With(fyne.KeyModifierShortcutDefault|fyne.KeyModifierShift, fyne.KeyF)[0])
	s.w.press(keymap.Ctrl(fyne.KeyS)[0])
	look()
	s.press("Show these rows")
	s.until("the condition is a chip", s.sees("of 1 row"))
	look()
	s.w.press(keymap.Ctrl(fyne.KeyB)[0])
	look()
	s.w.closeTop()
	page.view.Choose(view.ExportTab)
	for _, field := range []string{"2026-11-23", "Europe/Berlin"} {
		s.field(field).OnOpen()
		look()
		s.w.closeTop()
	}
	for _, open := range []func(){s.w.showShortcuts, s.w.showSettings, func() { s.w.closeTop(); s.w.showWelcome() }, s.w.addServer} {
		open()
		look()
	}
	for _, kind := range shown {
		if !seen[kind] {
			t.Errorf("%s was seen on no screen: the walk misses one", kind)
		}
	}
}
