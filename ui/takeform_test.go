package ui

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/keymap"
	"sluice/ui/texts"
)

const (
	fileField    = "/backups/confluence.dump"
	addressField = "postgres://db.example.com/confluence"
)

// denied is an error about a password.
type denied struct{}

func (denied) Error() string { return "the server does not accept the name ana with its password" }
func (denied) Unwrap() error { return pipeline.ErrNotAuthorised }

// takeForm shows the form for a new snapshot.
func takeForm(t *testing.T) *stage {
	t.Helper()
	s := newStage(t)
	s.size(1280, 800)
	s.press("Take a snapshot")
	return s
}

// reading waits until a snapshot is being taken.
func (s *stage) reading() {
	s.t.Helper()
	s.until("it is being taken", s.sees("Reading"))
	s.until("it is told how far it is", s.sees("1,200"))
}

// TestTakeOfADump is the way of a dump: named, recognised, read, and then a source that
// remembers it and can be taken again.
func TestTakeOfADump(t *testing.T) {
	s := takeForm(t)
	s.backend.origin = &source.Origin{Kind: "PostgreSQL dump (custom format)", Place: "/data/wiki.dump", Taken: time.Now().Add(-2 * time.Hour),
		Tables: []source.TableRows{{Table: "content", Rows: 24}}, Doubts: []string{"Something was odd."}, Partial: []string{"It holds no events."}}
	test.Type(s.field(fileField), "/data/wiki.dump")
	s.w.window.Canvas().Unfocus()
	s.until("it is recognised", s.sees("PostgreSQL dump (custom format), 10.0 MB"))
	s.press("Take the snapshot")
	s.reading()
	for _, text := range []string{"41 %", "4.1 MB of 10.0 MB", "content"} {
		if !s.sees(text)() {
			t.Errorf("the window does not say %q: %q", text, s.says())
		}
	}
	if len(s.kept()) != 0 {
		t.Error("a snapshot that is not complete is remembered")
	}
	s.backend.end <- nil
	s.until("it is open", s.sees("No export has run here yet"))
	got, password, again := s.backend.last()
	if got.Taken != (source.Taken{From: "/data/wiki.dump"}) || password != "" || again || got.Name != "wiki.dump" {
		t.Errorf("taken: %+v, %q, %v", got, password, again)
	}
	if kept := s.kept(); len(kept) != 1 || kept[0].Taken != got.Taken {
		t.Errorf("kept: %+v", kept)
	}
	for _, text := range []string{"Where it was taken from", "/data/wiki.dump", "content 24", "Something was odd.", "It holds no events.", "2 h ago"} {
		if !strings.Contains(s.says(), text) {
			t.Errorf("the window does not say %q: %q", text, s.says())
		}
	}
	s.press("Take again")
	s.reading()
	if _, _, again := s.backend.last(); !again || !s.sees(texts.T.Take.CancelHintAgain)() {
		t.Errorf("it does not take it again: %q", s.says())
	}
	s.backend.end <- nil
	s.until("it is open again", s.sees("No export has run here yet"))
	if len(s.w.entries) != 1 || len(s.backend.taken) != 2 {
		t.Errorf("%d sources, %d taken", len(s.w.entries), len(s.backend.taken))
	}
}

// TestTakeFormSaysAtEachFieldWhatIsWrong, and the keyboard goes to the first.
func TestTakeFormSaysAtEachFieldWhatIsWrong(t *testing.T) {
	s := takeForm(t)
	s.press("Take the snapshot")
	file := s.field(fileField)
	if !file.Wrong() || !s.sees(texts.T.Take.NeedFile)() || s.w.window.Canvas().Focused() != fyne.Focusable(file) || !s.inked(around(file, 22)) {
		t.Fatalf("the window says %q", s.says())
	}
	test.Type(file, "/data/notes.txt")
	if file.Wrong() {
		t.Error("it may be right now")
	}
	s.press("Take the snapshot")
	s.until("it is refused", s.sees("This is no dump, backup or database"))
	if !file.Wrong() || s.w.window.Canvas().Focused() != fyne.Focusable(file) || len(s.w.entries) != 0 {
		t.Errorf("the window says %q", s.says())
	}
	s.press("A running database")
	s.press("Take the snapshot")
	address, user := s.field(addressField), s.field("confluence")
	if !address.Wrong() || !user.Wrong() || !s.sees(texts.T.Take.NeedAddress)() || !s.sees(texts.T.Take.NeedUser)() {
		t.Fatalf("the window says %q", s.says())
	}
	test.Type(address, "http://db")
	s.press("Take the snapshot")
	if !s.sees(texts.T.Take.NoAddress)() {
		t.Errorf("the window says %q", s.says())
	}
	address.SetText("postgres://db/wiki?password=x")
	test.Type(user, "ana")
	s.press("Take the snapshot")
	if !s.sees(texts.T.Take.SecretLeft)() || user.Wrong() {
		t.Errorf("the window says %q", s.says())
	}
	address.SetText("postgres://eve@db/wiki")
	s.press("Take the snapshot")
	if !strings.Contains(s.says(), "names the user eve") || address.Wrong() {
		t.Errorf("the window says %q", s.says())
	}
	if len(s.backend.taken) != 0 {
		t.Error("something was taken")
	}
}

// TestPasswordInAnAddressGoesToTheKeyring: it leaves the address as soon as the field is
// left, reaches the keyring, and nothing else that is kept.
func TestPasswordInAnAddressGoesToTheKeyring(t *testing.T) {
	s := takeForm(t)
	file := s.field(fileField)
	file.SetText("postgres://ana:geheim@db/wiki") // in the wrong field, even
	s.w.window.Canvas().Focus(file)
	s.w.window.Canvas().Unfocus()
	if s.field(addressField).Text != "postgres://ana@db/wiki" || s.field("").Text != "geheim" || !s.sees(texts.T.Take.Moved)() {
		t.Fatalf("the window says %q", s.says())
	}
	s.press("Take the snapshot")
	s.reading()
	if got, password, _ := s.backend.last(); got.Taken.From != "postgres://ana@db/wiki" || password != "geheim" || s.backend.secrets["account of postgres://ana@db/wiki"] != "geheim" {
		t.Errorf("taken: %+v with %q, kept %v", got, password, s.backend.secrets)
	}
	s.backend.end <- nil
	s.until("it is open", s.sees("No export has run here yet"))
	if strings.Contains(s.prefs(), "geheim") || strings.Contains(s.says(), "geheim") {
		t.Errorf("the password shows: %s; %q", s.prefs(), s.says())
	}
	s.w.removeSource(s.w.chosen)
	s.until("the password is forgotten", func() bool { s.backend.mu.Lock(); defer s.backend.mu.Unlock(); return len(s.backend.secrets) == 0 })
}

// TestDeniedLeadsToThePassword: a refused password can be entered anew, and the source is
// the same then.
func TestDeniedLeadsToThePassword(t *testing.T) {
	s := takeForm(t)
	s.press("A running database")
	test.Type(s.field(addressField), "postgres://db/wiki")
	test.Type(s.field("confluence"), "ana")
	test.Type(s.field(""), "wrong")
	s.press("Take the snapshot")
	s.reading()
	s.backend.end <- denied{}
	s.until("it is refused", s.sees("A password is missing or wrong"))
	if !s.sees("The server does not accept the name ana with its password.")() || len(s.kept()) != 0 {
		t.Errorf("the window says %q", s.says())
	}
	s.press("Enter the password…")
	secret := s.field("")
	if s.w.window.Canvas().Focused() != fyne.Focusable(secret) || s.field(addressField).Text != "postgres://db/wiki?user=ana" {
		t.Errorf("the keyboard is elsewhere; the address is %q", s.field(addressField).Text)
	}
	s.until("it is known that one is kept", s.sees(texts.T.Take.PasswordKept))
	test.Type(secret, "right")
	s.press("Take the snapshot")
	s.reading()
	if _, password, _ := s.backend.last(); password != "right" || len(s.w.entries) != 1 {
		t.Errorf("taken with %q, %d sources", password, len(s.w.entries))
	}
	s.backend.end <- nil
	s.until("it is open", s.sees("No export has run here yet"))
}

// TestCancelOfATaking: of a new one nothing stays but the offer to try again; one that is
// there stays in use.
func TestCancelOfATaking(t *testing.T) {
	s := takeForm(t)
	test.Type(s.field(fileField), "/data/wiki.dump")
	s.press("Take the snapshot")
	s.reading()
	s.press("Cancel")
	s.until("it is cancelled", s.sees("Nothing was kept"))
	s.press("Try again")
	s.reading()
	s.backend.end <- errors.New("the dump ends in the middle of a table")
	s.until("it is said", s.sees("The dump ends in the middle of a table."))
	s.press("Try again")
	s.reading()
	s.w.chosen.take.state.Started = s.w.o.Now().Add(-2 * time.Minute)
	s.w.press(keymap.Ctrl(fyne.KeyPeriod)[0])
	if !s.sees("Cancel the snapshot?")() || !s.sees("It has run for 2 min, and would begin anew.")() {
		t.Fatalf("the window says %q", s.says())
	}
	s.backend.end <- nil
	s.until("it is open", s.sees("No export has run here yet"))
	if s.sees("Cancel the snapshot?")() {
		t.Error("the question stays")
	}
	s.w.press(keymap.Ctrl(fyne.KeyT)[0])
	s.reading()
	s.press("Cancel")
	s.until("the snapshot is in use", s.sees("No export has run here yet"))
	s.w.press(keymap.Ctrl(fyne.KeyT)[0])
	s.reading()
	s.w.press(keymap.Ctrl(fyne.KeyReturn)[0])
	if !s.sees(texts.T.Take.ExportWaits)() || len(s.engine.asked()) != 0 {
		t.Errorf("an export begins meanwhile: %q", s.says())
	}
	s.w.closeTop()
	s.backend.end <- errors.New("the connection broke")
	s.until("it is said", s.sees("Back to the snapshot"))
	s.press("Back to the snapshot")
	s.until("the snapshot is in use", s.sees("No export has run here yet"))
}

// TestTakeAgainWaitsForTheExport that reads the snapshot.
func TestTakeAgainWaitsForTheExport(t *testing.T) {
	src := source.NewTaken("wiki", "/home/ana/sluice/snapshots/wiki.db", "/home/ana/sluice", source.Taken{From: "/data/wiki.dump"})
	s := newStageWith(t, withJob(jobOf(3, pipeline.Started)), src)
	s.until("it runs", s.sees("Started"))
	at := func(text string) float32 {
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(s.button(text).(fyne.CanvasObject)).X
	}
	// The button keeps its place when the first export brings a folder to open.
	if at("Take again") < at(texts.T.Page.OpenFolder) {
		t.Error("the button for the folder pushes it aside")
	}
	s.press("Take again")
	if !s.sees(texts.T.Take.ExportRuns)() || len(s.backend.taken) != 0 {
		t.Errorf("the window says %q", s.says())
	}
}

// TestOpensWhatIsDropped by what it is.
func TestOpensWhatIsDropped(t *testing.T) {
	s := newStage(t)
	drop := func(path string) { s.w.openFile(path) }
	drop("/data/wiki.dump")
	s.reading()
	first := s.w.chosen
	drop("/data/notes")
	s.until("it is refused", s.sees("notes is no snapshot, no dump or backup, and no CSV file"))
	s.w.closeTop()
	drop("/data/other.db")
	s.until("it is a snapshot", func() bool { return s.w.chosen != first && s.w.chosen.session != nil })
	s.backend.end <- nil
	s.until("both are there", func() bool { return len(s.kept()) == 2 })
	drop("/data/wiki.dump")
	s.until("it is taken again", func() bool { _, _, again := s.backend.last(); return again && s.w.chosen == first })
	drop("/data/wiki.dump")
	s.until("it is taken already", s.sees(texts.T.Take.Busy))
	if len(s.w.entries) != 2 {
		t.Errorf("%d sources", len(s.w.entries))
	}
}

// TestWindowThatIsStartedWithADump takes its snapshot in sight, and its exports go where
// those of the command line go.
func TestWindowThatIsStartedWithADump(t *testing.T) {
	s := newStageWith(t, func(s *stage) { s.take = "/data/wiki.dump" }, wiki())
	s.reading()
	s.backend.end <- nil
	s.until("it is open", s.sees("No export has run here yet"))
	if s.w.chosen.source.Home != filepath.Join(s.dir, "homes") || s.w.chosen.source.Taken.From != "/data/wiki.dump" {
		t.Errorf("it is %+v", s.w.chosen.source)
	}
}

// TestQuitAsksAboutATaking, and the end of the window ends it.
func TestQuitAsksAboutATaking(t *testing.T) {
	s := newStageWith(t, func(s *stage) { s.take = "/data/wiki.dump" })
	s.reading()
	s.w.askToQuit()
	if !s.sees("The snapshot of wiki.dump is not complete. Closing the window cancels it, and nothing of it is kept.")() {
		t.Errorf("the window says %q", s.says())
	}
	if err := s.w.Close(t.Context()); err != nil || s.backend.ended != 1 {
		t.Errorf("%v, %d ended", err, s.backend.ended)
	}
}

// TestChangedSourceKeepsItsSnapshot: the source of a snapshot can be changed, which is
// taken again then; what it was taken of before is something new.
func TestChangedSourceKeepsItsSnapshot(t *testing.T) {
	taken := source.Taken{From: "/data/wiki.dump"}
	s := newStage(t)
	first := s.backend.TakePath(s.w.o.Homes, taken.From)
	s.w.add(source.NewTaken("wiki", first, s.w.o.Homes, taken))
	s.backend.origin = &source.Origin{Kind: "PostgreSQL dump"}
	s.until("it is open", s.sees("No export has run here yet"))
	s.w.showTakeForm(s.w.chosen)
	if s.w.chosen != nil || len(s.w.entries) != 1 {
		t.Fatal("no form")
	}
	field := s.field(fileField)
	if field.Text != "/data/wiki.dump" {
		t.Errorf("the field holds %q", field.Text)
	}
	field.SetText("/data/newer.dump")
	s.press("Take the snapshot")
	s.until("it is taken", func() bool { got, _, _ := s.backend.last(); return got.Taken.From == "/data/newer.dump" })
	s.backend.end <- nil
	s.until("it is open", s.sees("No export has run here yet"))
	if kept := s.kept(); len(kept) != 1 || kept[0].Snapshot != first || kept[0].Taken.From != "/data/newer.dump" {
		t.Errorf("kept: %+v", kept)
	}
	s.w.openFile("/data/wiki.dump")
	s.until("it is taken", func() bool { got, _, _ := s.backend.last(); return got.Taken.From == "/data/wiki.dump" })
	paths := []string{s.w.entries[0].source.Snapshot, s.w.entries[1].source.Snapshot}
	if slices.Sort(paths); paths[0] == paths[1] {
		t.Errorf("two sources have one file: %q", paths)
	}
}

// TestCheckFirst asks the database what would be read, and shows the rights that are
// missing with the statements that give them.
func TestCheckFirst(t *testing.T) {
	s := takeForm(t)
	s.press("A running database")
	s.press("More options")
	test.Type(s.field(addressField), "postgres://ana@db/wiki")
	test.Type(s.field(""), "geheim")
	test.Type(s.field("20MB/s"), "20")
	s.press("Check first")
	if !s.field("20MB/s").Wrong() || len(s.backend.surveyed) != 0 {
		t.Errorf("a rate of 20 bytes is taken: %q", s.says())
	}
	s.field("20MB/s").SetText("20MB/s")
	s.backend.survey = source.Survey{Kind: "PostgreSQL database", Tool: "PostgreSQL 16", User: "ana", Tables: 12, Seconds: -1, Grants: []string{"GRANT SELECT ON content TO ana"}}
	s.backend.surveyErr = denied{}
	s.press("Check first")
	s.until("the rights are missed", s.sees("some are missing"))
	s.press("Copy the statements")
	if got := s.app.Clipboard().Content(); got != "GRANT SELECT ON content TO ana" {
		t.Errorf("copied is %q", got)
	}
	s.backend.survey.Grants, s.backend.surveyErr = nil, nil
	s.press("Check first")
	s.until("the rights are there", s.sees("ana has all that are needed"))
	if s.sees("GRANT SELECT ON content TO ana")() || s.backend.surveyed[0] != "postgres://ana@db/wiki geheim" {
		t.Errorf("the window says %q; asked was %q", s.says(), s.backend.surveyed)
	}
	if len(s.backend.secrets) != 0 {
		t.Error("a password that was only tried is kept")
	}
	s.press("Take the snapshot")
	s.reading()
	if got, _, _ := s.backend.last(); got.Taken.MaxRate != "20MB/s" {
		t.Errorf("taken: %+v", got.Taken)
	}
}

// TestConfigurationOfAConfluence names its database; the password that only Confluence can
// read is asked for.
func TestConfigurationOfAConfluence(t *testing.T) {
	s := newStage(t)
	s.size(1280, 800)
	s.w.openFile("/data/confluence.cfg.xml")
	s.reading()
	s.backend.end <- denied{}
	s.until("it is refused", s.sees("A password is missing or wrong"))
	s.press("Enter the password…")
	secret := s.field("")
	if s.w.window.Canvas().Focused() != fyne.Focusable(secret) || s.field(fileField).Text != "/data/confluence.cfg.xml" {
		t.Errorf("the keyboard is elsewhere: %q", s.says())
	}
	test.Type(secret, "right")
	s.press("Take the snapshot")
	s.reading()
	if got, password, _ := s.backend.last(); password != "right" || got.Taken.From != "/data/confluence.cfg.xml" {
		t.Errorf("taken: %+v with %q", got, password)
	}
	s.w.showTakeForm(nil)
	s.press("A running database")
	test.Type(s.field(""), "another")
	s.press("A dump or backup")
	test.Type(s.field(fileField), "/data/wiki.dump")
	s.press("Take the snapshot")
	s.until("it is taken", func() bool { got, _, _ := s.backend.last(); return got.Taken.From == "/data/wiki.dump" })
	if _, password, _ := s.backend.last(); password != "" || len(s.backend.secrets) != 1 {
		t.Errorf("a dump is read with the password %q; kept is %v", password, s.backend.secrets)
	}
}
