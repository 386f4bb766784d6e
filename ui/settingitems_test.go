package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/keymap"
	"sluice/ui/look"
	"sluice/ui/palette"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// chooseInPalette does the first of what the palette finds.
func (s *stage) chooseInPalette(query string) {
	s.t.Helper()
	s.w.press(keymap.Ctrl(fyne.KeyK)[0])
	q := s.query()
	q.SetText(query)
	q.OnSubmitted("")
}

// toggle taps the switch of a setting of the window.
func (s *stage) toggle(title string) {
	s.t.Helper()
	for _, row := range view.SettingRows(s.w.settings.form) {
		if row.Title == title {
			test.Tap(firstIn(row.Object).(*look.Switch))
			return
		}
	}
	s.t.Fatalf("there is no setting %q", title)
}

// TestPaletteLeadsToASetting of a source that is not in sight, and of the window: the keyboard
// is where it is changed.
func TestPaletteLeadsToASetting(t *testing.T) {
	s := newStage(t, wiki(), source.NewServer("Intranet", source.Server{URL: "https://wiki.example.com", Proxy: "http://proxy.example.com:3128"}))
	s.until("it is open", s.sees("No export has run here yet"))
	s.chooseInPalette("proxy of intranet")
	f, ok := s.w.window.Canvas().Focused().(*look.Field)
	if s.w.chosen.source.Name != "Intranet" || s.w.chosen.page.view.Tab() != view.SettingsTab || !ok || f.Text != "http://proxy.example.com:3128" {
		t.Errorf("%s is chosen, and %T has the keyboard", s.w.chosen.source.Name, s.w.window.Canvas().Focused())
	}
	s.chooseInPalette("time zone wiki.db")
	if f, ok := s.w.window.Canvas().Focused().(*look.Field); s.w.chosen.source.Name != "wiki.db" || !ok || f.Secret() {
		t.Errorf("%s is chosen, and %T has the keyboard", s.w.chosen.source.Name, s.w.window.Canvas().Focused())
	}
	s.chooseInPalette("notifications desktop setting")
	if _, ok := s.w.window.Canvas().Focused().(*look.Switch); !ok || !s.w.frame.Shows(s.w.settings.view.Object) {
		t.Errorf("%T has the keyboard", s.w.window.Canvas().Focused())
	}
}

// TestPaletteHasEverySetting: each line of a form of a source, and of the settings of the
// window, can be found.
func TestPaletteHasEverySetting(t *testing.T) {
	s := newStage(t, wiki(), source.NewServer("Intranet", source.Server{URL: "https://wiki.example.com"}))
	s.until("it is open", s.sees("No export has run here yet"))
	var ids []string
	for _, item := range s.w.settingItems() {
		ids = append(ids, item.ID)
	}
	server := s.w.prefs.Sources[1].ID
	for _, want := range []string{"setting:" + server + ":" + texts.T.Server.Token, "setting:" + server + ":" + texts.T.Server.Proxy, "setting:" + s.w.chosen.source.ID + ":" + texts.T.Redaction.Title,
		"setting::" + texts.T.Settings.Theme, "setting::" + texts.T.Retention.Open, "setting::" + texts.T.Settings.Language} {
		if !slices.Contains(ids, want) {
			t.Errorf("%s cannot be found", want)
		}
	}
	if len(ids) < 35 || slices.ContainsFunc(ids, func(id string) bool { return strings.HasSuffix(id, ":") }) {
		t.Errorf("%d settings: %q", len(ids), ids)
	}
}

// crowded is a window with ten servers, and a hundred jobs of each.
func crowded(t *testing.T) *stage {
	list := []source.Source{wiki()}
	for i := range 10 {
		list = append(list, source.NewServer(fmt.Sprintf("Server %d", i), source.Server{URL: fmt.Sprintf("https://wiki%d.example.com", i)}))
	}
	s := newStage(t, list...)
	start := time.Date(2024, 3, 1, 8, 0, 0, 0, time.UTC)
	for _, e := range s.w.entries {
		for id := range int64(100) {
			e.past.jobs = append(e.past.jobs, pipeline.Job{ID: 100 - id, Status: pipeline.Completed, StartTime: pipeline.At(start.Add(-time.Duration(id) * time.Hour))})
		}
	}
	return s
}

// TestPaletteHasEveryJob of any source, and the way there.
func TestPaletteHasEveryJob(t *testing.T) {
	s := crowded(t)
	items := s.w.paletteItems()
	list := palette.Find(items, "job 77 server 9", nil)
	if len(list) == 0 || list[0].Name != "Job 77" || !strings.Contains(list[0].Detail, "Server 9") {
		t.Fatalf("%d items, %d found: %s, %s", len(items), len(list), list[0].Name, list[0].Detail)
	}
	list[0].Do()
	if s.w.chosen.source.Name != "Server 9" || s.w.chosen.page.view.Tab() == view.ExportTab {
		t.Errorf("%s is chosen, tab %d", s.w.chosen.source.Name, s.w.chosen.page.view.Tab())
	}
}

// TestPaceOfServers: what is chosen holds at once, also for servers that are open, and is
// kept; what cannot be kept does not hold.
func TestPaceOfServers(t *testing.T) {
	s := newStage(t, wiki())
	s.until("it is open", s.sees("No export has run here yet"))
	var kept []time.Duration
	failure := error(nil)
	s.w.o.Every, s.w.o.SetEvery = 45*time.Second, func(d time.Duration) error { kept = append(kept, d); return failure }
	s.w.showSettings()
	s.press("5 min")
	if !slices.Equal(kept, []time.Duration{5 * time.Minute}) || s.w.o.Every != 5*time.Minute {
		t.Errorf("%v, %s", kept, s.w.o.Every)
	}
	failure = fmt.Errorf("the disk is full")
	s.press("10 s")
	if !s.sees("the disk is full")() || s.w.o.Every != 5*time.Minute {
		t.Errorf("every %s: %s", s.w.o.Every, s.says())
	}
	s.w.closeTop()
	s.w.o.SetEvery = nil
	s.w.showSettings()
	if !s.sees("5 min, as the command line says")() {
		t.Errorf("%s", s.says())
	}
}

// TestUnsavedSettings: who leaves the tab is asked, and each answer does what it says.
func TestUnsavedSettings(t *testing.T) {
	s := newStage(t, wiki(), source.NewServer("Intranet", source.Server{URL: "https://wiki.example.com"}))
	s.until("it is open", s.sees("No export has run here yet"))
	e := s.w.chosen
	name := func() *look.Field {
		for _, row := range view.SettingRows(e.page.setup.object()) {
			if row.Title == texts.T.Setup.Name {
				return firstIn(row.Object).(*look.Field)
			}
		}
		t.Fatal("there is no name")
		return nil
	}
	change := func(text string) {
		s.w.choose(e)
		e.page.view.Choose(view.SettingsTab)
		name().SetText(text)
	}
	change("Wiki one")
	e.page.view.Choose(view.HistoryTab)
	if !s.sees(texts.T.Setup.Unsaved)() {
		t.Fatal("nobody asks")
	}
	if s.w.window.Canvas().Focused() == nil {
		t.Error("no key answers the question")
	}
	s.press(texts.T.Setup.Stay)
	if e.page.view.Tab() != view.SettingsTab || name().Text != "Wiki one" {
		t.Errorf("stay: tab %d, %q", e.page.view.Tab(), name().Text)
	}
	s.w.choose(s.w.entries[1]) // another source asks, too
	s.press(texts.T.Setup.Discard)
	if s.w.chosen.source.Name != "Intranet" || e.source.Name != "wiki.db" || name().Text != "wiki.db" {
		t.Errorf("discard: %s is chosen, %s, %q", s.w.chosen.source.Name, e.source.Name, name().Text)
	}
	change("Wiki two")
	e.page.view.Choose(view.ExportTab)
	s.press(texts.T.Setup.Save)
	if e.source.Name != "Wiki two" || e.page.view.Tab() != view.ExportTab {
		t.Errorf("save: %s, tab %d", e.source.Name, e.page.view.Tab())
	}
	change("Wiki three")
	for _, leave := range map[string]func(){"the settings of the window": s.w.showSettings, "the board": s.w.showBoard, "the page for adding one": s.w.showWelcome} {
		change("Wiki three")
		leave()
		if !s.sees(texts.T.Setup.Unsaved)() {
			t.Error("nobody asks before it is left")
			continue
		}
		s.press(texts.T.Setup.Stay)
		if s.w.chosen != e || e.page.view.Tab() != view.SettingsTab {
			t.Error("it is left all the same")
		}
	}
}
