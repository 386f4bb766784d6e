package ui

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"sluice/pipeline"
	"sluice/rules"
	"sluice/source"
	"sluice/ui/keymap"
	"sluice/ui/present"
	"sluice/ui/view"
)

func TestFirstStartToCompletedExport(t *testing.T) {
	s := newStage(t)
	for _, text := range []string{"Where do you want to export from?", "Connect to a server", "Open a snapshot", "Try the demo"} {
		if !s.sees(text)() {
			t.Errorf("the first page does not say %q", text)
		}
	}
	s.press("Try the demo")
	s.until("the demo is open", s.sees("No export has run here yet"))
	if title := s.w.window.Title(); title != "Demo: Not started – Sluice" {
		t.Errorf("the title is %q", title)
	}
	if !s.sees("Confluence 8.5 (build 9012) · https://wiki.example.com · newest change 2026-11-22 23:58 · 18.4 MB")() {
		t.Errorf("the caption is missing in %q", s.says())
	}
	if !s.button("Cancel export").Disabled() {
		t.Error("there is nothing to cancel, yet it can be pressed")
	}
	s.press("Start export")
	s.until("it runs", s.sees("1,200 of 3,000"))
	if !s.button("Start export").Disabled() || s.button("Cancel export").Disabled() {
		t.Error("while an export runs it can be cancelled, not started")
	}
	if got := pipeline.FormatFromDate(s.engine.asked()[0].FromDate); got != "2025-11-22T00:00Z" {
		t.Errorf("365 days before the newest change were sent as %s", got)
	}
	s.engine.end(pipeline.Completed)
	s.until("it is completed", func() bool { return s.w.window.Title() == "Demo: Completed – Sluice" })
	if !s.sees("3,000")() {
		t.Errorf("the rows are missing in %q", s.says())
	}
}

func TestForceAfterValidationFailure(t *testing.T) {
	s := newStage(t, wiki())
	s.engine.startErr = &pipeline.ValidationError{}
	s.until("it is open", s.sees("No export has run here yet"))
	s.press("Start export")
	s.until("it has failed", func() bool {
		return s.sees(pipeline.PreValidationMessage)() && s.w.chosen.session.Busy() == present.Idle
	})
	if !s.sees("export.pre.validation.failed")() || !s.sees("A forced export starts anyway, and may be incomplete.")() {
		t.Errorf("key or risk are missing in %q", s.says())
	}
	s.press("Force export: may be incomplete")
	s.until("it runs", s.sees("1,200 of 3,000"))
	asked := s.engine.asked()
	if len(asked) != 2 || asked[0].Forced || !asked[1].Forced || !asked[0].FromDate.Equal(asked[1].FromDate) {
		t.Errorf("requests are %+v: want the same from date, forced", asked)
	}
}

func TestForceByChoiceAsksFirst(t *testing.T) {
	s := newStage(t, wiki())
	s.until("it is open", s.sees("No export has run here yet"))
	s.press("Force")
	s.until("the risk is said", s.sees("Forced: starts even if"))
	if !s.sees("--force")() {
		t.Error("the command does not say --force")
	}
	s.press("Start export")
	if len(s.engine.asked()) != 0 {
		t.Fatal("a forced export started without a question")
	}
	s.press("Force export: may be incomplete")
	s.until("it runs", s.sees("1,200 of 3,000"))
	if asked := s.engine.asked(); !asked[0].Forced {
		t.Errorf("the request is %+v", asked[0])
	}
}

func TestFromDate(t *testing.T) {
	s := newStage(t, wiki())
	s.until("it is open", s.sees("No export has run here yet"))
	form := s.w.chosen.page.export
	s.press("90 days")
	if !s.sees("--from-date 2026-08-24T00:00Z")() {
		t.Errorf("the command is missing in %q", s.says())
	}
	form.typed(form.form) // nothing typed
	if form.preset == 0 {
		t.Error("the preset is forgotten although nothing was typed")
	}
	bad := form.form
	bad.Date = "24.08.2026"
	form.typed(bad)
	if !s.sees(`From date "24.08.2026" is no date`)() || !s.button("Start export").Disabled() {
		t.Errorf("a bad date can be sent: %q", s.says())
	}
	if !s.button("Copy command").Disabled() || s.sees("sluice export")() {
		t.Errorf("a command without the date can be copied: %q", s.says())
	}
	if !s.button("Since last export").Disabled() {
		t.Error("there is no last export to go on from")
	}
	s.press("Everything")
	if !s.sees("--from-date 1970-01-01T00:00Z")() || s.button("Start export").Disabled() {
		t.Errorf("everything is not possible: %q", s.says())
	}
}

// TestSinceLastExportGoesOnFromWhatWasRead: neither the start of the last job of the home,
// which may be of another site, nor the newest change of the snapshot now counts.
func TestSinceLastExportGoesOnFromWhatWasRead(t *testing.T) {
	s := newStageWith(t, func(s *stage) {
		s.engine.reach = pipeline.Reach{Job: 1, At: time.Date(2026, 11, 21, 2, 30, 15, 0, time.UTC)}
	}, wiki())
	s.until("it is open", s.sees("No export has run here yet"))
	s.press("Start export")
	s.until("it runs", s.sees("1,200 of 3,000"))
	s.engine.end(pipeline.Completed)
	s.until("the history is read", func() bool { return !s.button("Since last export").Disabled() })
	s.press("Since last export")
	if !s.sees("--from-date 2026-11-21T02:30Z")() || s.sees("did not note")() {
		t.Errorf("it goes on from elsewhere: %q", s.says())
	}
}

// TestSinceLastExportOfAnotherSite is no export to go on from.
func TestSinceLastExportOfAnotherSite(t *testing.T) {
	s := newStageWith(t, func(s *stage) {
		s.engine.reach = pipeline.Reach{Other: "https://other.example.com"}
		s.engine.jobs = []pipeline.Job{{ID: 1, Status: pipeline.Completed, StartTime: pipeline.At(time.Now().Add(-time.Hour)), CompletedTime: pipeline.At(time.Now())}}
	}, wiki())
	s.until("the history is read", func() bool { return s.w.chosen != nil && s.w.chosen.page != nil && s.w.chosen.page.jobs.loaded })
	if !s.button("Since last export").Disabled() {
		t.Errorf("an export of another site is gone on with: %q", s.says())
	}
}

// TestSinceLastExportOfAnEarlierVersion goes on from the earliest moment that may be, and
// says so: what a window has noted at its end may be that.
func TestSinceLastExportOfAnEarlierVersion(t *testing.T) {
	known := wiki().Noted(wiki().Home, 1, time.Date(2026, 11, 20, 1, 0, 0, 0, time.UTC))
	s := newStageWith(t, func(s *stage) {
		s.engine.reach = pipeline.Reach{Job: 1, At: time.Date(2026, 11, 21, 2, 30, 15, 0, time.UTC), Guessed: true}
		s.engine.jobs = []pipeline.Job{{ID: 1, Status: pipeline.Completed, StartTime: pipeline.At(time.Now().Add(-time.Hour)), CompletedTime: pipeline.At(time.Now())}}
	}, known)
	s.until("the history is read", s.offers("Since last export"))
	s.press("Since last export")
	if !s.sees("--from-date 2026-11-20T01:00Z")() || !s.sees("Job 1 did not note how far it has read")() {
		t.Errorf("it goes on from elsewhere: %q", s.says())
	}
}

func TestSnapshotThatCannotBeOpened(t *testing.T) {
	s := newStage(t)
	s.backend.openErr = errors.New("/data/wiki.db is no SQLite database: it starts with \"PK\"")
	s.w.addSnapshot("/data/wiki.db")
	s.until("it is said", s.sees("is no SQLite database"))
	if len(s.w.entries) != 0 || strings.Contains(s.prefs(), "wiki.db") || !s.sees("wiki.db cannot be opened as a snapshot")() {
		t.Errorf("a file that is no snapshot has become a source: %s; %q", s.prefs(), s.says())
	}
	s.backend.mu.Lock()
	s.backend.openErr = nil
	s.backend.mu.Unlock()
	s.press("Close")
	s.w.addSnapshot("/data/wiki.db")
	s.until("it is open", s.sees("No export has run here yet"))
	if !strings.Contains(s.prefs(), "wiki.db") {
		t.Errorf("a snapshot that was opened is not remembered: %s", s.prefs())
	}
}

// TestAKnownSnapshotThatCannotBeOpened stays in the list: its disk may be away.
func TestAKnownSnapshotThatCannotBeOpened(t *testing.T) {
	s := newStageWith(t, func(s *stage) { s.backend.openErr = errors.New("/data/wiki.db is not there") }, wiki())
	s.until("it is said", s.sees("This source cannot be opened"))
	s.backend.mu.Lock()
	s.backend.openErr = nil
	s.backend.mu.Unlock()
	s.press("Try again")
	s.until("it is open", s.sees("No export has run here yet"))
}

func TestKeyboard(t *testing.T) {
	s := newStage(t, wiki())
	s.until("it is open", s.sees("No export has run here yet"))
	shortcut := func(name fyne.KeyName) { // the test canvas takes no shortcuts
		if !s.w.press(keymap.Ctrl(name)[0]) {
			t.Errorf("Ctrl+%s does nothing", name)
		}
	}
	shortcut(fyne.KeyReturn)
	s.until("it runs", s.sees("1,200 of 3,000"))
	s.w.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if got := s.w.chosen.session.State().Job.Status; got != pipeline.Started {
		t.Fatalf("escape has ended the job: %s", got)
	}
	shortcut(fyne.KeyPeriod)
	s.until("it is cancelled", func() bool { return s.w.window.Title() == "wiki.db: Cancelled – Sluice" })
	shortcut(fyne.Key2)
	if s.w.chosen.page.view.Tab() != view.HistoryTab || !s.sees("The last jobs")() || !s.sees("1 job")() {
		t.Errorf("ctrl+2 shows %q", s.says())
	}
	shortcut(fyne.Key5)
	if s.w.chosen.page.view.Tab() != view.SettingsTab {
		t.Error("ctrl+5 does not show the last tab")
	}
	s.w.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyF1})
	if !s.sees("Keyboard shortcuts")() && !s.sees("Ctrl+Enter")() {
		t.Error("F1 lists no shortcuts")
	}
}

func TestNotificationAfterALongJob(t *testing.T) {
	s := newStage(t, wiki())
	s.until("it is open", s.sees("No export has run here yet"))
	job := pipeline.Job{ID: 3, Status: pipeline.Completed, StartTime: pipeline.At(time.Now().Add(-time.Hour)), CompletedTime: pipeline.At(time.Now())}
	job.Statistics = &pipeline.Statistics{WrittenRows: 59_690_660}
	var sent []*fyne.Notification
	s.w.o.App = notes{s.app, &sent}
	s.w.chosen.ended(job)
	if len(sent) != 1 || sent[0].Title != "wiki.db: Completed" || sent[0].Content != "Job 3 · 1 h · 59,690,660 rows" {
		t.Errorf("notifications: %+v", sent)
	}
	job.StartTime = pipeline.At(time.Now().Add(-time.Second))
	s.w.chosen.ended(job)
	if len(sent) != 1 {
		t.Error("a short job sends a notification")
	}
}

// notes is an app that keeps its notifications.
type notes struct {
	fyne.App
	sent *[]*fyne.Notification
}

func (n notes) SendNotification(note *fyne.Notification) { *n.sent = append(*n.sent, note) }

func TestQuittingAsksWhileAnExportRuns(t *testing.T) {
	s := newStage(t, wiki())
	s.until("it is open", s.sees("No export has run here yet"))
	s.press("Start export")
	s.until("it runs", s.sees("1,200 of 3,000"))
	s.w.askToQuit()
	if !s.sees("Closing the window cancels it")() {
		t.Fatalf("no question is asked: %q", s.says())
	}
	s.button("Cancel job 1 and quit")
	s.press("Back")
	if err := s.w.Close(context.Background()); err != nil || !s.engine.closed {
		t.Errorf("closing: %v, engine closed: %v", err, s.engine.closed)
	}
}

func TestLateEngineIsClosedAgain(t *testing.T) {
	s := newStage(t)
	s.backend.hold = make(chan struct{})
	s.w.addSnapshot("/data/wiki.db")
	e := s.w.chosen
	s.w.remove(e)
	close(s.backend.hold)
	s.until("the late engine is closed", func() bool {
		s.engine.mu.Lock()
		defer s.engine.mu.Unlock()
		return s.engine.closed
	})
	if e.engine != nil || len(s.w.entries) != 0 || strings.Contains(s.prefs(), e.source.ID) {
		t.Error("the removed source is back")
	}
}

func TestFilesOfACancelledJobSaySo(t *testing.T) {
	s := newStage(t, wiki())
	path := filepath.Join(s.dir, "pages_job1.csv.partial")
	if err := os.WriteFile(path, []byte("page_id,page_title\r\n1,Home\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.engine.files = []pipeline.File{{Name: "pages", Path: path, Rows: 1, Bytes: 28}}
	s.engine.jobs = []pipeline.Job{{ID: 1, Status: pipeline.Cancelled, StartTime: pipeline.At(time.Now())}}
	s.until("it is open", s.sees("Cancelled"))
	s.w.chosen.page.view.Choose(view.FilesTab)
	s.until("the files are listed", s.sees("these files are incomplete"))
	if chip := s.button("pages"); chip.Disabled() {
		t.Error("the file cannot be looked at")
	}
	s.until("the preview shows the file", s.sees("row 1 of 1"))
}

func TestDrop(t *testing.T) {
	s := newStage(t)
	csv := filepath.Join(s.dir, "any.csv")
	db := filepath.Join(s.dir, "snapshot.bin")
	text := filepath.Join(s.dir, "readme.md")
	for path, content := range map[string]string{csv: "a,b\r\n1,2\r\n", db: "SQLite format 3\x00 and more", text: "hello"} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s.w.dropped([]fyne.URI{storage.NewFileURI(csv)})
	s.until("the table is shown", func() bool { return s.sees("any.csv")() && s.sees("Table")() })
	packed := filepath.Join(s.dir, "packed.csv.gz")
	f, err := os.Create(packed)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	io.WriteString(z, "a,b\r\n1,2\r\n3,4\r\n")
	if err := errors.Join(z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	s.w.dropped([]fyne.URI{storage.NewFileURI(packed)})
	s.until("the compressed file is shown", s.sees("rows 1–2 of 2"))
	s.until("its table has the keyboard", func() bool { return s.w.window.Canvas().Focused() != nil })
	s.w.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyF1})
	if !s.sees("Keyboard shortcuts")() || !s.sees("In the preview of a file")() {
		t.Error("F1 does nothing while the table has the keyboard")
	}
	s.w.leave()
	s.w.dropped([]fyne.URI{storage.NewFileURI(db)})
	s.until("the snapshot is open", s.sees("No export has run here yet"))
	if f := s.w.window.Canvas().Focused(); f != nil {
		t.Errorf("%T has the keyboard although it is out of sight", f)
	}
	s.w.showWelcome()
	if !s.sees("any.csv")() {
		t.Errorf("the file that was opened first is not offered again: %q", s.says())
	}
	s.press("any.csv")
	s.until("it is shown again", s.sees("row 1 of 1"))
	if err := os.Remove(packed); err != nil {
		t.Fatal(err)
	}
	s.w.showWelcome()
	s.press("packed.csv.gz")
	s.until("it says that the file is gone", s.sees("packed.csv.gz is not there any more"))
	if strings.Contains(s.prefs(), "packed.csv.gz") {
		t.Errorf("a file that is gone is remembered: %s", s.prefs())
	}
	if !strings.Contains(s.prefs(), "any.csv") {
		t.Errorf("the files are not remembered: %s", s.prefs())
	}
	s.w.dropped([]fyne.URI{storage.NewFileURI(s.dir)})
	s.until("it is said about a folder", s.sees(filepath.Base(s.dir)+" is no snapshot, no dump or backup, and no CSV file"))
	s.w.dropped([]fyne.URI{storage.NewFileURI(text)})
	s.until("it is said about the text file", s.sees("readme.md is no snapshot, no dump or backup, and no CSV file"))
}

func TestSettingsAreCheckedKeptAndUsed(t *testing.T) {
	s := newStage(t, wiki())
	s.until("it is open", s.sees("No export has run here yet"))
	s.w.chosen.page.view.Choose(view.SettingsTab)
	settings := s.w.chosen.page.setup.(*localSettings)
	settings.save(view.SetupForm{TimeZone: "Mars", CPUShare: "0"})
	for _, text := range []string{`Time zone "Mars" is not known`, `Share of a core "0" is no percentage`, "Nothing was saved"} {
		if !s.sees(text)() {
			t.Errorf("it does not say %q: %q", text, s.says())
		}
	}
	if len(s.backend.opened) != 1 {
		t.Fatal("bad settings were used")
	}
	settings.save(view.SetupForm{Name: "Wiki", TimeZone: "Europe/Berlin", FullContent: true, MinFreeSpace: "-1", CPUShare: " 25 % ", Rules: rules.Chosen{"labels": "commas", "skip-bad-rows": "true"}})
	s.until("it is opened anew", func() bool {
		s.backend.mu.Lock()
		defer s.backend.mu.Unlock()
		return len(s.backend.opened) == 2
	})
	want := source.Local{TimeZone: "Europe/Berlin", FullContent: true, MinFreeSpace: "-1", CPUShare: "25 %", Rules: rules.Chosen{"labels": "commas", "skip-bad-rows": "true"}}
	if got := s.backend.opened[1]; !got.Local.Equal(want) || got.Name != "Wiki" {
		t.Errorf("it was opened with %+v", got)
	}
	for _, text := range []string{`"name": "Wiki"`, `"timeZone": "Europe/Berlin"`, `"labels": "commas"`} {
		if !strings.Contains(s.prefs(), text) {
			t.Errorf("%s is not remembered in %s", text, s.prefs())
		}
	}
}

func TestSnapshotOfTheCommandLineUsesItsHome(t *testing.T) {
	s := newStageOn(t, "/data/given.db")
	s.until("it is open", s.sees("No export has run here yet"))
	if got := s.backend.opened[0].Home; got != filepath.Join(s.dir, "homes") {
		t.Errorf("its home is %s", got)
	}
}

// TestFileDialogsOpen opens each of them: they come up from a shortcut or a button, and
// Escape leaves them.
func TestFileDialogsOpen(t *testing.T) {
	s := newStage(t)
	for name, open := range map[string]func(){
		"a snapshot": s.w.chooseSnapshot, "a CSV file": s.w.chooseCSV,
		"a folder": func() { s.w.chooseFolder(func(string) {}) }, "a file to save": func() { s.w.chooseSave("rows.csv", func(string) {}) },
	} {
		before := len(s.w.window.Canvas().Overlays().List())
		open()
		overlays := s.w.window.Canvas().Overlays()
		if len(overlays.List()) != before+1 {
			t.Fatalf("no dialog is shown for %s", name)
		}
		s.w.leave()
		if len(overlays.List()) != before || s.w.file != nil {
			t.Errorf("Escape leaves the dialog for %s open", name)
		}
	}
}
