package ui

import (
	"os"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sluice/assets"
	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/keymap"
	"sluice/ui/look"
	"sluice/ui/view"
)

// TestCommands: each stands once, with a name, a drawing, and a place to find it besides the
// palette; the list of shortcuts has each of their keys.
func TestCommands(t *testing.T) {
	ids, names := map[string]bool{}, map[string]bool{}
	listed := windowKeys().Strokes()
	for _, c := range commands() {
		if ids[c.id] || names[c.name] || c.name == "" || !slices.Contains(assets.IconNames(), c.icon) || c.do == nil || c.menu == noMenu && c.id != "add-hook" { // which the page of hooks has
			t.Errorf("%+v", c)
		}
		ids[c.id], names[c.name] = true, true
		for _, s := range c.strokes {
			if !slices.Contains(listed, s) || c.does == "" {
				t.Errorf("%s is on %s and not listed so", c.id, s)
			}
		}
	}
	for _, l := range windowKeys().Lines() {
		if strings.Count(l.Keys, "Ctrl+1") == 1 && l.Keys != "Ctrl+1/2/3/4/5" {
			t.Errorf("the tabs are listed as %q", l.Keys)
		}
	}
}

// menuItem finds an item of the menu bar.
func (s *stage) menuItem(name string) *fyne.MenuItem {
	s.t.Helper()
	for _, m := range s.w.window.MainMenu().Items {
		for _, item := range m.Items {
			if item.Label == name {
				return item
			}
		}
	}
	s.t.Fatalf("no menu has %q", name)
	return nil
}

// TestMenuBar: what cannot be done now is disabled and says so as soon as it changes; what
// lies above the window is not reached below it.
func TestMenuBar(t *testing.T) {
	s := newStage(t, wiki())
	s.until("it is open", s.sees("No export has run here yet"))
	if s.menuItem("Start the export").Disabled || !s.menuItem("Cancel the export").Disabled || !s.menuItem("Next source").Disabled {
		t.Error("before an export only starting it is possible")
	}
	short, _ := s.menuItem("Start the export").Shortcut.(*desktop.CustomShortcut)
	if stroke, _ := keymap.Shortcut(short); stroke != keymap.Ctrl(fyne.KeyReturn)[0] {
		t.Errorf("the menu shows %v", stroke)
	}
	s.menuItem("Start the export").Action()
	s.until("it runs", func() bool { return s.w.chosen.session.State().Job.Status == pipeline.Started })
	s.until("the menu says so", func() bool {
		return s.menuItem("Start the export").Disabled && !s.menuItem("Cancel the export").Disabled
	})
	s.w.showShortcuts()
	tab := s.w.chosen.page.view.Tab()
	if s.menuItem("Files of the source").Action(); s.w.chosen.page.view.Tab() != tab {
		t.Error("the page below the list of shortcuts has changed")
	}
	s.w.closeTop()
	if s.menuItem("Files of the source").Action(); s.w.chosen.page.view.Tab() != view.FilesTab {
		t.Error("the menu does not lead to the files")
	}
}

// query is the line of the palette that is open.
func (s *stage) query() *look.Field {
	s.t.Helper()
	f, ok := s.w.window.Canvas().Focused().(*look.Field)
	if !ok {
		s.t.Fatalf("%T has the keyboard", s.w.window.Canvas().Focused())
	}
	return f
}

// TestPalette by keyboard alone: it finds actions, sources and jobs, does what is chosen, and
// has it first the next time.
func TestPalette(t *testing.T) {
	s := newStage(t, wiki(), source.NewServer("Intranet", source.Server{URL: "https://wiki.example.com"}))
	s.history(3)
	open := func(text string) *look.Field {
		s.w.press(keymap.Ctrl(fyne.KeyK)[0])
		q := s.query()
		q.SetText(text)
		return q
	}
	open("histo").OnSubmitted("")
	if s.dialogs() != 0 || s.w.chosen.page.view.Tab() != view.HistoryTab {
		t.Fatalf("%d above the window, the tab is %d", s.dialogs(), s.w.chosen.page.view.Tab())
	}
	open("")
	if says := s.says(); strings.Index(says, "History of the source") > strings.Index(says, "Open a snapshot or dump") {
		t.Error("what was used last is not the first")
	}
	q := s.query()
	for _, name := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyPageDown, fyne.KeyPageUp} {
		q.TypedKey(&fyne.KeyEvent{Name: name})
	}
	q.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if s.dialogs() != 0 {
		t.Fatal("Escape does not close it")
	}
	open("job 2").OnSubmitted("")
	s.until("the files of the job are shown", func() bool { return s.w.chosen.page.files.job.ID == 2 })
	open("cancel export").OnSubmitted("") // which is not possible now
	if s.dialogs() != 1 {
		t.Error("what cannot be done has closed the palette")
	}
	s.w.closeTop()
	open("intranet").OnSubmitted("")
	if s.w.chosen.source.Name != "Intranet" {
		t.Errorf("%s is chosen", s.w.chosen.source.Name)
	}
	if kept := s.prefs(); !strings.Contains(kept, `"tab-2"`) || !strings.Contains(kept, `"source:`) {
		t.Errorf("it is not remembered: %s", kept)
	}
}

// TestScale: the steps stay within bounds, are remembered, and the desktop's comes back.
func TestScale(t *testing.T) {
	t.Setenv(scaleVariable, "")
	s := newStage(t)
	for range 8 { // one more than there are
		s.w.rescale(1)
	}
	if s.w.prefs.Scale != mostScale || os.Getenv(scaleVariable) != "2.5" {
		t.Errorf("%d, %q", s.w.prefs.Scale, os.Getenv(scaleVariable))
	}
	for range 8 {
		s.w.rescale(-1)
	}
	if s.w.prefs.Scale != leastScale || !strings.Contains(s.prefs(), `"scale": 75`) {
		t.Errorf("%d, %s", s.w.prefs.Scale, s.prefs())
	}
	if s.w.rescale(0); os.Getenv(scaleVariable) != "" || s.w.prefs.Scale != 0 {
		t.Errorf("%q", os.Getenv(scaleVariable))
	}
	if UseScale(source.Prefs{Scale: 150}); os.Getenv(scaleVariable) != "1.5" {
		t.Errorf("%q", os.Getenv(scaleVariable))
	}
}
