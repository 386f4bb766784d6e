package ui

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sluice/csvfile"
	"sluice/csvfile/saveas"
	"sluice/doctor"
	"sluice/source"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// TestSettingsPage: what is chosen holds at once and is remembered, and the way back leads to
// where one was.
func TestSettingsPage(t *testing.T) {
	t.Setenv(scaleVariable, "")
	s := newStage(t, wiki())
	s.until("it is open", s.sees("No export has run here yet"))
	var level slog.LevelVar
	s.w.o.LogLevel = &level
	s.w.o.SetHome = func(string) error { return errors.New("the disk is full") }
	s.w.showSettings()
	for _, name := range []string{"Dark", "150 %", "English", "Everything"} {
		s.press(name)
	}
	if level.Level() != slog.LevelDebug {
		t.Errorf("the log keeps %s", level.Level())
	}
	kept := s.prefs()
	for _, want := range []string{`"theme": "dark"`, `"scale": 150`, `"language": "en"`, `"logLevel": "DEBUG"`} {
		if !strings.Contains(kept, want) {
			t.Errorf("%s is not remembered: %s", want, kept)
		}
	}
	s.press("Back")
	if s.w.chosen == nil || s.w.chosen.source.Name != "wiki.db" {
		t.Error("the way back leads elsewhere")
	}
	level.Set(slog.LevelInfo)
	if s.w.useLogLevel(); level.Level() != slog.LevelDebug {
		t.Errorf("at the next start the log keeps %s", level.Level())
	}
}

// TestHomeOfTheNextStart: a home is written down, and shown as the one to come; one that
// cannot be is told.
func TestHomeOfTheNextStart(t *testing.T) {
	s := newStage(t, wiki())
	dir, set, failure := t.TempDir(), "", error(nil)
	s.w.o.SetHome = func(path string) error { set = path; return failure }
	s.w.showSettings()
	choose := func() {
		s.press("Choose another…")
		s.w.file.Type(dir)
		s.pressInDialog("Use this folder")
	}
	choose()
	s.until("it is shown", s.sees("From the next start on: "+dir))
	if set != dir {
		t.Errorf("the home is %q", set)
	}
	failure = errors.New("the disk is full")
	choose()
	s.until("it is told", s.sees("the disk is full"))
}

// TestLogPage shows the log by level and text, and copies what is shown.
func TestLogPage(t *testing.T) {
	s := newStage(t)
	s.w.o.LogFile = filepath.Join(s.dir, "sluice.log")
	s.w.showSettingsTab(logTab)
	s.until("there is none yet", s.sees("No line of the log fits"))
	text := "time=2024-01-02T03:04:05Z level=INFO msg=\"job ended\" id=3\ntime=2024-01-02T03:04:06Z level=ERROR msg=\"disk is full\"\n"
	if err := os.WriteFile(s.w.o.LogFile, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s.press("Read again")
	s.until("it is read", s.sees("2 of 2 lines"))
	s.press("Errors")
	s.until("errors are shown", s.sees("1 of 2 lines"))
	s.press("Copy")
	if got := s.app.Clipboard().Content(); got != strings.SplitAfter(text, "\n")[1] {
		t.Errorf("copied: %q", got)
	}
	s.field("Search in the log").SetText("ended")
	s.until("nothing fits", s.sees("0 of 2 lines"))
}

// TestCheckPage shows what was found, the worst first, and copies it.
func TestCheckPage(t *testing.T) {
	s := newStage(t)
	s.w.o.Doctor = func(context.Context) []doctor.Finding {
		return []doctor.Finding{{Check: doctor.Fonts, Result: doctor.OK, Says: "All letters are there."}, {Check: doctor.Disk, Result: doctor.Bad, Says: "The disk is full.", Do: "Make room."}}
	}
	s.w.showSettingsTab(checkTab)
	s.until("it is found", s.sees("1 thing to look at"))
	if says := s.says(); strings.Index(says, "The disk is full") > strings.Index(says, "All letters") || !strings.Contains(says, "Make room") {
		t.Errorf("the page says %q", says)
	}
	s.press("Copy")
	if got := s.app.Clipboard().Content(); !strings.Contains(got, "bad\tdisk\tThe disk is full. Make room.") {
		t.Errorf("copied: %q", got)
	}
}

// TestAboutPage tells the version and the places.
func TestAboutPage(t *testing.T) {
	s := newStage(t)
	s.w.showSettingsTab(aboutTab)
	for _, want := range []string{"1.0", "Apache License 2.0", filepath.Join(s.dir, "homes")} {
		if !s.sees(want)() {
			t.Errorf("it does not say %s: %s", want, s.says())
		}
	}
	s.press("Copy")
	if got := s.app.Clipboard().Content(); !strings.Contains(got, "Version\t1.0\n") {
		t.Errorf("copied: %q", got)
	}
}

// TestRemembered: the window opens as it was closed: its size, and the tab in sight.
func TestRemembered(t *testing.T) {
	s := newStage(t, wiki())
	s.until("it is open", s.sees("No export has run here yet"))
	s.w.prefs.Chosen = s.w.chosen.source.ID
	s.size(1010, 700)
	s.w.chosen.page.view.Choose(view.HistoryTab)
	s.w.noteSize()
	s.prefs()
	s.w.Close(context.Background())
	s.start()
	if got := s.w.firstSize(); got.Width < 1000 || got.Width > 1010 || s.w.chosen.page.view.Tab() != view.HistoryTab {
		t.Errorf("it opens with %v on the tab %d", got, s.w.chosen.page.view.Tab())
	}
	s.w.prefs.Width = 10 // of a screen that is gone
	if s.w.firstSize() != fyne.NewSize(firstWidth, firstHeight) {
		t.Errorf("it opens with %v", s.w.firstSize())
	}
}

// TestTour: the first start tells three steps below the window; skipped or seen, they never
// come again by themselves, and the Help menu has them.
func TestTour(t *testing.T) {
	s := newStage(t)
	s.w.o.Tour = true
	s.w.offerTour()
	for _, step := range []string{"1 of 3", "2 of 3", "3 of 3"} {
		if !s.sees(step)() || !s.sees("Try the demo")() {
			t.Errorf("the window says %q", s.says())
		}
		if step != "3 of 3" {
			s.press("Next")
		}
	}
	s.press("Done")
	if s.w.offerTour(); s.sees("of 3")() || !strings.Contains(s.prefs(), `"toured": true`) {
		t.Errorf("it comes again: %s", s.says())
	}
	s.menuItem("The tour in three steps").Action()
	s.press("Skip the tour")
	if s.sees("of 3")() {
		t.Error("it cannot be skipped")
	}
	with := newStage(t, source.NewServer("Wiki", source.Server{URL: "https://wiki.example.com"}))
	with.w.o.Tour = true
	if with.w.offerTour(); with.sees("of 3")() {
		t.Error("who has sources knows the way")
	}
}

// TestLanguage: what was chosen comes before what the system says.
func TestLanguage(t *testing.T) {
	defer func() { texts.T = texts.English() }()
	for _, c := range []struct{ chosen, system, want string }{{"", "en-GB", "en"}, {"", "xx", "en"}, {"en", "de-DE", "en"}} {
		if err := UseLanguage(source.Prefs{Language: c.chosen}, c.system); err != nil || texts.T.Format.Language != c.want {
			t.Errorf("%+v: %s, %v", c, texts.T.Format.Language, err)
		}
	}
}

// TestFilesAreTheSameInEveryLanguage: columns that no header names are called alike in the
// files, filters and views of every window, and by the command line.
func TestFilesAreTheSameInEveryLanguage(t *testing.T) {
	defer func() { texts.T = texts.English() }()
	folder := t.TempDir()
	path := filepath.Join(folder, "bare.csv")
	if err := os.WriteFile(path, []byte("1;Anna;3\n2;Ben;5\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, l := range texts.Languages() {
		if err := UseLanguage(source.Prefs{Language: l.Tag}, ""); err != nil || texts.T.Format.Language != l.Tag {
			t.Fatalf("%s: %s, %v", l.Tag, texts.T.Format.Language, err)
		}
		f, err := csvfile.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		saved := filepath.Join(folder, l.Tag+".jsonl")
		_, err = saveas.Save(t.Context(), f, saved, saveas.Options{}, nil)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		if b, err := os.ReadFile(saved); err != nil || !strings.HasPrefix(string(b), `{"Column 1":"1","Column 2":"Anna"`) {
			t.Errorf("%s: %q, %v", l.Tag, b, err)
		}
	}
}
