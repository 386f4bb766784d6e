package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/keymap"
	"sluice/ui/keymap/keytest"
	"sluice/ui/look"
	"sluice/ui/view"
)

// state is everything that the keys of the window change.
func (s *stage) state() string {
	scrolled := float32(0)
	look.Walk(s.w.frame.Page(), func(o fyne.CanvasObject) bool {
		if p, ok := o.(fyne.Widget); ok {
			scrolled += p.Position().Y
		}
		return true
	})
	where := float32(0)
	if s.w.chosen != nil && s.w.chosen.page != nil {
		where = fyne.CurrentApp().Driver().AbsolutePositionForObject(s.w.chosen.page.start.Object).Y
	}
	s.engine.mu.Lock()
	defer s.engine.mu.Unlock()
	return fmt.Sprintf("%d above, focus %p, asked %d times, poked %d times, scrolled %v %v, stopped %v, jobs %v, says %s", len(s.w.window.Canvas().Overlays().List()),
		s.w.window.Canvas().Focused(), len(s.engine.requests), len(s.engine.poke), scrolled, where, s.w.stopped.Load(), s.engine.jobs, s.says())
}

// TestListedKeysWorkInTheWindow presses each key of the window's list.
func TestListedKeysWorkInTheWindow(t *testing.T) {
	s := newStage(t, wiki(), source.NewServer("Wiki", source.Server{URL: "https://wiki.example.com"}))
	s.size(900, 600)
	s.until("it is open", s.sees("No export has run here yet"))
	entry := s.w.chosen
	for _, stroke := range windowKeys().Strokes() {
		if stroke.Key == fyne.KeyTab {
			continue // the toolkit's: tried in a real window
		}
		s.prepare(entry, stroke)
		before := s.state()
		if !s.w.press(stroke) {
			t.Errorf("%s is listed and not known", stroke)
		}
		s.until("it has had an effect", func() bool { return s.state() != before })
	}
	for _, stroke := range keytest.Others(windowKeys().Strokes()) {
		entry.page.view.Choose(view.ExportTab) // a key that searches leads to the files, where the keys of the preview are in force
		if s.w.press(stroke) && !strings.Contains(fmt.Sprint(searchKeys), fmt.Sprint(stroke)) {
			t.Errorf("%s does something and is not listed", stroke)
		}
	}
}

// TestEveryTabHasItsKey, in the order of the tabs.
func TestEveryTabHasItsKey(t *testing.T) {
	s := newStage(t, wiki())
	s.until("it is open", s.sees("No export has run here yet"))
	for tab := view.ExportTab; tab <= view.SettingsTab; tab++ {
		key := fyne.KeyName(fmt.Sprint(int(tab) + 1))
		if !s.w.press(keymap.Ctrl(key)[0]) || s.w.chosen.page.view.Tab() != tab {
			t.Errorf("Ctrl+%s leads to the tab %d, not %d", key, s.w.chosen.page.view.Tab(), tab)
		}
	}
}

// prepare brings the window to where a stroke has something to do.
func (s *stage) prepare(e *entry, stroke keymap.Stroke) {
	s.t.Helper()
	for s.w.closeTop() {
	}
	s.w.choose(e)
	e.page.view.Choose(view.ExportTab)
	s.w.window.Canvas().Unfocus()
	switch stroke.Key {
	case fyne.KeyPeriod:
		s.until("it runs", func() bool { return e.session.State().Job.Status == pipeline.Started })
	case fyne.Key1:
		e.page.view.Choose(view.HistoryTab)
	case fyne.KeyPageUp:
		s.w.scrollPage(true)
	case fyne.KeyEscape:
		s.w.showShortcuts()
	}
	select {
	case <-s.engine.poke: // of what was done so far
	default:
	}
}

// TestEscapeClosesWhatIsAboveTheWindow one at a time.
func TestEscapeClosesWhatIsAboveTheWindow(t *testing.T) {
	s := newStage(t, wiki())
	s.size(1280, 800)
	s.until("it is open", s.sees("No export has run here yet"))
	above := func() int { return len(s.w.window.Canvas().Overlays().List()) }
	date := s.field("2026-11-23")
	s.w.window.Canvas().Focus(date)
	for name, open := range map[string]func(){
		"a calendar": func() { keytest.Send(t, date, look.FieldKeys().Strokes()[0]) },
		"zones":      func() { keytest.Send(t, s.field("Europe/Berlin"), look.FieldKeys().Strokes()[0]) },
		"the list":   s.w.showShortcuts,
		"a file":     s.w.chooseSnapshot,
	} {
		open()
		if above() != 1 {
			t.Fatalf("%s: %d are above the window", name, above())
		}
		if on := s.w.window.Canvas().Focused(); on != nil {
			keytest.Send(t, on, keymap.Keys(fyne.KeyEscape)[0])
		} else {
			s.w.press(keymap.Keys(fyne.KeyEscape)[0])
		}
		if above() != 0 || s.w.window.Canvas().Focused() != fyne.Focusable(date) {
			t.Errorf("%s: %d are above the window after Escape, %T has the keyboard", name, above(), s.w.window.Canvas().Focused())
		}
	}
	s.w.press(keymap.Keys(fyne.KeyEscape)[0])
	if s.w.window.Canvas().Focused() != nil {
		t.Error("Escape does not leave the field")
	}
}

// TestDateIsPickedByKeyboard from the field on.
func TestDateIsPickedByKeyboard(t *testing.T) {
	s := newStage(t, wiki())
	s.size(1280, 800)
	s.until("it is open", s.sees("No export has run here yet"))
	date := s.field("2026-11-23")
	s.w.window.Canvas().Focus(date)
	keytest.Send(t, date, look.FieldKeys().Strokes()[0])
	for _, key := range []fyne.KeyName{fyne.KeyPageUp, fyne.KeyHome, fyne.KeyDown, fyne.KeyReturn} {
		keytest.Send(t, s.w.window.Canvas().Focused(), keymap.Keys(key)[0])
	}
	if date.Text != "2025-10-08" || !s.sees("--from-date 2025-10-08T00:00Z")() || s.w.covered() {
		t.Errorf("the date is %s; the window says %q", date.Text, s.says())
	}
}

// tenSources is a window over many sources, the chosen one the last.
func tenSources(t *testing.T) *stage {
	t.Helper()
	var list []source.Source
	for i := range 9 {
		list = append(list, source.NewServer(fmt.Sprintf("Wiki %d", i), source.Server{URL: fmt.Sprintf("https://wiki%d.example.com", i)}))
	}
	list = append(list, wiki())
	s := newStage(t, list...)
	s.size(900, 600)
	s.w.choose(s.w.entries[9])
	s.until("it is open", s.sees("No export has run here yet"))
	return s
}

// TestTabComesToThePageBeforeTheSources: ten of them are no obstacle.
func TestTabComesToThePageBeforeTheSources(t *testing.T) {
	s := tenSources(t)
	c := s.w.window.Canvas()
	seen := 0
	for range 12 {
		c.FocusNext()
		if holds(s.w.rail.Object, c.Focused()) {
			t.Fatalf("the rail comes after %d controls of the page", seen)
		}
		seen++
	}
	for range 60 {
		c.FocusNext()
		if holds(s.w.rail.Object, c.Focused()) {
			return
		}
	}
	t.Error("the rail is never reached")
}

// TestF6GoesBetweenSourcesTabsAndPage, and arrows go from source to source.
func TestF6GoesBetweenSourcesTabsAndPage(t *testing.T) {
	s := tenSources(t)
	c := s.w.window.Canvas()
	f6, back := keymap.Keys(fyne.KeyF6)[0], keymap.Shift(fyne.KeyF6)[0]
	regions := s.w.regions()
	in := func(n int) bool { return holds(regions[n], c.Focused()) }
	for i, want := range []int{0, 1, 2, 0} {
		if s.w.press(f6); !in(want) {
			t.Fatalf("F6 number %d leads to %T", i+1, c.Focused())
		}
	}
	item, ok := c.Focused().(*look.RailItem)
	if !ok || item.Text() != "wiki.db" {
		t.Fatalf("F6 leads to %v, not to the chosen source", c.Focused())
	}
	if at := around(item, 0); at.Max.Y > 600-100 {
		t.Errorf("the chosen source is not in sight: %v", at)
	}
	for _, want := range []int{2, 1, 0} {
		if s.w.press(back); !in(want) {
			t.Fatalf("Shift+F6 leads to %T, not to part %d", c.Focused(), want)
		}
	}
	keytest.Send(t, c.Focused(), keymap.Keys(fyne.KeyUp)[0])
	if item, ok := c.Focused().(*look.RailItem); !ok || item.Text() != "Wiki 8" {
		t.Errorf("Up leads to %T", c.Focused())
	}
	keytest.Send(t, c.Focused(), keymap.Keys(fyne.KeyReturn)[0])
	if s.w.chosen.source.Name != "Wiki 8" {
		t.Errorf("%s is chosen", s.w.chosen.source.Name)
	}
}

// TestF6LeadsToTheTable of the files.
func TestF6LeadsToTheTable(t *testing.T) {
	s := newStage(t)
	path := filepath.Join(s.dir, "any.csv")
	if err := os.WriteFile(path, []byte("a,b\r\n1,2\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.w.openCSV(path)
	s.until("it is shown", s.sees("row 1 of 1"))
	s.w.window.Canvas().Unfocus()
	for _, want := range []int{0, 1} {
		s.w.press(keymap.Keys(fyne.KeyF6)[0])
		if !holds(s.w.regions()[want], s.w.window.Canvas().Focused()) {
			t.Fatalf("F6 leads to %T", s.w.window.Canvas().Focused())
		}
	}
	table := s.w.window.Canvas().Focused()
	if _, ok := table.(fyne.Scrollable); !ok {
		t.Errorf("F6 leads to %T, not to the table", table)
	}
	for range 2 { // there is nothing to close
		if keytest.Send(t, table, keymap.Keys(fyne.KeyEscape)[0]); s.w.window.Canvas().Focused() != table {
			t.Fatal("Escape takes the keyboard from the table")
		}
	}
}
