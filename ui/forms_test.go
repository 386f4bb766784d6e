package ui

import (
	"errors"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"sluice/source"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// size gives the window a size, as a desktop does.
func (s *stage) size(width, height float32) { s.w.window.Resize(fyne.NewSize(width, height)) }

// field is the field in sight with a placeholder; "" the one that hides its text.
func (s *stage) field(placeholder string) *look.Field {
	s.t.Helper()
	for _, o := range s.visibleObjects() {
		if f, ok := o.(*look.Field); ok && (placeholder != "" && slices.Contains(s.read(f.PlaceHolder), placeholder) || placeholder == "" && f.Password) {
			return f
		}
	}
	s.t.Fatalf("there is no field %q", placeholder)
	return nil
}

// inked reports whether something is drawn in the colour of what is wrong within a
// part of the window: the picture is looked at, not what the widgets believe.
func (s *stage) inked(part image.Rectangle) bool {
	img := s.w.window.Canvas().Capture()
	bad := color.NRGBAModel.Convert(s.app.Settings().Theme().Color(theme.ColorNameError, s.app.Settings().ThemeVariant()))
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if color.NRGBAModel.Convert(img.At(x, y)) == bad {
				return true
			}
		}
	}
	return false
}

// around is where an object is drawn, with what is below it.
func around(o fyne.CanvasObject, below int) image.Rectangle {
	at, size := fyne.CurrentApp().Driver().AbsolutePositionForObject(o), o.Size()
	return image.Rect(int(at.X), int(at.Y), int(at.X+size.Width), int(at.Y+size.Height)+below)
}

// TestServerFormSaysAtEachFieldWhatIsWrong fills the form in as somebody does who
// misunderstands it.
func TestServerFormSaysAtEachFieldWhatIsWrong(t *testing.T) {
	s := newStage(t)
	s.size(1280, 800)
	s.press("Connect to a server")
	foot := around(s.button("Add server"), 0).Add(image.Pt(0, -30)) // above it
	if s.inked(foot) {
		t.Fatal("something is wrong before anything was done")
	}
	s.press("Add server")
	url, secret := s.field("https://wiki.example.com"), s.field("")
	if !url.Wrong() || !secret.Wrong() || !s.sees("The server's address is not a URL")() || !s.sees("Enter the access token")() {
		t.Fatalf("the window says %q", s.says())
	}
	for name, part := range map[string]image.Rectangle{"at the address": around(url, 0), "below it": around(url, 22).Intersect(around(url, 22).Add(image.Pt(0, 38))),
		"at the token": around(secret, 22), "at the buttons": foot} {
		if !s.inked(part) {
			t.Errorf("nothing is drawn %s", name)
		}
	}
	if s.w.window.Canvas().Focused() != fyne.Focusable(url) {
		t.Error("the keyboard is not in the first field that is wrong")
	}

	test.Type(url, "ftp://x")
	if !url.Wrong() || !secret.Wrong() {
		t.Error("what is still wrong is not said any more")
	}
	url.SetText("https://wiki.example.com")
	if url.Wrong() || s.sees("is not a URL")() || !secret.Wrong() {
		t.Errorf("the address is mended, the token is not: %q", s.says())
	}
	s.press("Test connection")
	if s.w.window.Canvas().Focused() != fyne.Focusable(secret) || len(s.backend.tested) != 0 {
		t.Error("the test does not lead to the token")
	}
	test.Type(secret, "x")
	if secret.Wrong() || s.sees("Nothing was done yet")() {
		t.Errorf("all is mended: %q", s.says())
	}
	s.press("User and password")
	secret.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if !s.sees("Enter the name of the user")() || len(s.w.entries) != 0 || len(s.backend.secrets) != 0 {
		t.Errorf("the window says %q, and keeps %v", s.says(), s.backend.secrets)
	}
}

// TestServerFormLooksAtTheFilesItNames in the background.
func TestServerFormLooksAtTheFilesItNames(t *testing.T) {
	s := newStage(t)
	text := filepath.Join(s.dir, "notes.txt")
	if err := os.WriteFile(text, []byte("hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	in := view.ServerInput{URL: "https://wiki.example.com", Secret: "x", Folder: text, CAFile: filepath.Join(s.dir, "gone.pem")}
	p := s.serverForm()
	p.view.Fill(in)
	s.press("Add server")
	s.until("it is said", s.sees("The certificate file cannot be read"))
	if !s.sees("notes.txt is a file: name the folder")() {
		t.Errorf("the window says %q", s.says())
	}
	in.CAFile, in.Folder = text, filepath.Join(s.dir, "not mounted now")
	p.view.Fill(in)
	s.press("Add server")
	s.until("it is said", s.sees("notes.txt holds no certificate"))
	if len(s.w.entries) != 0 {
		t.Error("the server was added")
	}
}

// TestMessageOfAFormIsDrawn: that the settings are kept is seen, not only known.
func TestMessageOfAFormIsDrawn(t *testing.T) {
	s := newStage(t, wiki())
	s.size(900, 600)
	s.until("it is open", s.sees("No export has run here yet"))
	s.w.chosen.page.view.Choose(view.SettingsTab)
	space := s.field("5GB")
	space.SetText("much")
	s.press("Save settings")
	foot := around(s.button("Save settings"), 0).Add(image.Pt(0, -30)) // above it
	if !s.inked(foot) || !space.Wrong() || s.w.window.Canvas().Focused() != fyne.Focusable(space) {
		t.Errorf("a bad size is refused without a word, or the keyboard is elsewhere; the window says %q", s.says())
	}
	if at := around(space, 0); at.Min.Y < 120 || at.Max.Y > 540 {
		t.Errorf("the field is not in sight: %v", at)
	}
	space.SetText("1GB")
	if strings.Contains(s.says(), "is no size") || s.inked(foot) {
		t.Errorf("a mended field is still said to be wrong: %q", s.says())
	}
}

// TestStartLeadsToTheMistake: an export that cannot be started because of what is
// typed is not refused in silence.
func TestStartLeadsToTheMistake(t *testing.T) {
	s := newStage(t, wiki())
	s.size(1280, 800)
	s.until("it is open", s.sees("No export has run here yet"))
	clock := s.field("00:00")
	clock.SetText("25 o'clock")
	s.w.chosen.page.export.start()
	if !clock.Wrong() || s.w.window.Canvas().Focused() != fyne.Focusable(clock) || !s.inked(around(clock, 0)) {
		t.Error("nothing leads to the time that is wrong")
	}
	if s.field("2026-11-23").Wrong() {
		t.Error("the date is right")
	}
	clock.SetText("09:30")
	if clock.Wrong() {
		t.Error("the time is mended")
	}
}

// TestMissingTokenIsSaid where a token is asked for in the place of a source, too.
func TestMissingTokenIsSaid(t *testing.T) {
	s := newStage(t, source.NewServer("Wiki", source.Server{URL: "https://wiki.example.com"}))
	s.size(900, 600)
	s.until("it is asked for", s.sees(texts.T.Server.UseSecret))
	s.press(texts.T.Server.UseSecret)
	field := s.field("")
	if !field.Wrong() || !s.sees("Enter the access token")() || !s.inked(around(field, 24)) || s.w.window.Canvas().Focused() != fyne.Focusable(field) {
		t.Errorf("an empty token is refused without a word: %q", s.says())
	}
	test.Type(field, "x")
	if field.Wrong() || s.sees("Enter the access token")() {
		t.Error("the field is mended")
	}
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	s.until("it is open", func() bool { return s.w.chosen.session != nil })
}

// TestPassphraseOfAKeyIsNamedInTheForm: the file of the passphrase that a server of the list
// names stays when another field is saved, and one that others can read is refused.
func TestPassphraseOfAKeyIsNamedInTheForm(t *testing.T) {
	file := filepath.Join(t.TempDir(), "phrase")
	if err := os.WriteFile(file, []byte("open sesame\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := newStage(t, source.NewServer("Wiki", source.Server{URL: "https://wiki.example.com", Folder: "sftp://u@h/x", SSHPassphrase: file}))
	p := newServerPanel(s.w, s.w.entries[0])
	in := p.view.Input()
	in.Tags = "prod"
	p.save(in)
	s.until("it is saved", func() bool { return len(s.w.entries[0].source.Tags) == 1 })
	if got := s.w.entries[0].source.Server.SSHPassphrase; got != file {
		t.Errorf("the file of the passphrase is %q after another field was saved", got)
	}
	for name, c := range map[string]struct {
		mode os.FileMode
		text string
		says string
	}{"others can read it": {0o644, "open sesame\n", "chmod 600"}, "it is empty": {0o600, "", "cannot be used"}} {
		if err := errors.Join(os.WriteFile(file, []byte(c.text), 0o600), os.Chmod(file, c.mode)); err != nil {
			t.Fatal(err)
		}
		p.m.Problems = nil
		p.save(in)
		s.until(name, func() bool { return strings.Contains(p.m.Problems.Of(present.FieldPassphrase), c.says) })
	}
}
