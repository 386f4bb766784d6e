package view

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// inWindow puts an object into a window of a usual size.
func inWindow(t *testing.T, o fyne.CanvasObject) fyne.Window {
	t.Helper()
	lightApp(t)
	w := test.NewTempWindow(t, o)
	w.Resize(fyne.NewSize(1000, 700))
	return w
}

func TestServerFormSendsWhatItHolds(t *testing.T) {
	lightApp(t)
	f := NewServerForm()
	var saved, tested, changed []ServerInput
	f.OnSave = func(in ServerInput) { saved = append(saved, in) }
	f.OnTest = func(in ServerInput) { tested = append(tested, in) }
	f.OnChange = func(in ServerInput) { changed = append(changed, in) }
	w := inWindow(t, f.Object)
	in := ServerInput{Name: "Wiki", URL: "https://wiki.example.com", User: "ana", Secret: "s3cret", WithPassword: true, Folder: "/mnt/wiki",
		CAFile: "ca.pem", CertFile: "cert.pem", KeyFile: "key.pem", Headers: "headers.txt", TokenFile: "token", TokenCommand: "pass show wiki", Tags: "prod, eu", Insecure: true}
	f.Fill(in)
	if got := f.Input(); got != in {
		t.Errorf("filled and read back: %+v", got)
	}
	f.Render(ServerModel{})
	test.Tap(f.save)
	test.Tap(f.test)
	if len(saved) != 1 || saved[0] != in || len(tested) != 1 {
		t.Errorf("saved %+v, tested %+v", saved, tested)
	}
	w.Canvas().Focus(f.name)
	f.name.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(saved) != 2 {
		t.Error("return in a field does not save")
	}
	changed = nil
	test.Tap(f.byToken)
	if got := f.Input(); got.WithPassword || got.User != "" || f.userRow.Visible() || f.secretTitle.Text() != texts.T.Server.Token || len(changed) == 0 {
		t.Errorf("with a token: %+v, user asked for %v, title %q, told %d times", got, f.userRow.Visible(), f.secretTitle.Text(), len(changed))
	}
}

// TestServerFormStates: what is tested says so, and an existing server can be removed.
func TestServerFormStates(t *testing.T) {
	lightApp(t)
	f := NewServerForm()
	w := inWindow(t, f.Object)
	f.Render(ServerModel{})
	if f.remove.Visible() || f.save.Text() != texts.T.Server.Add || f.reportBox.Visible() || f.test.Disabled() {
		t.Error("a new server can be removed, or has a report")
	}
	f.Render(ServerModel{Editing: true, Testing: true, Checks: []Check{{Text: "Reachable", Says: "yes", Icon: "completed", Tone: tone.Good}}})
	if !f.remove.Visible() || f.save.Text() != texts.T.Server.Save || !f.reportBox.Visible() || !f.test.Disabled() || f.test.Text() != texts.T.Server.Testing {
		t.Errorf("while an existing one is tested: remove %v, save %q, test %q", f.remove.Visible(), f.save.Text(), f.test.Text())
	}
	f.Render(ServerModel{Problems: present.Problems{{Field: present.FieldURL, Message: "No such address."}}, Message: "Mend it", Bad: true})
	if !f.url.Wrong() || f.user.Wrong() || f.checked[present.FieldURL].problem.Text() != "No such address." {
		t.Error("what is wrong does not stand at its field alone")
	}
	f.Focus(w.Canvas(), present.FieldURL)
	if w.Canvas().Focused() != fyne.Focusable(f.url) {
		t.Error("the keyboard does not go to what is wrong")
	}
	f.RenderProblems(ServerModel{})
	if f.url.Wrong() || f.checked[present.FieldURL].problem.Visible() || f.message.line.Visible() {
		t.Error("what was mended is still marked")
	}
	f.FocusName(w.Canvas())
	if w.Canvas().Focused() != fyne.Focusable(f.name) {
		t.Error("the keyboard does not begin at the name")
	}
}

// TestChoicesOfAFormAreReadWhole: what they are called is longer in other languages.
func TestChoicesOfAFormAreReadWhole(t *testing.T) {
	words := &texts.T.Server.AuthPassword
	was := *words
	*words = "Utilisateur et mot de passe"
	t.Cleanup(func() { *words = was })
	f := NewServerForm()
	inWindow(t, f.Object)
	if got, need := f.byPassword.Size().Width, look.NewText(*words, look.SizeTable, look.ColorText).MinSize().Width; got < need {
		t.Errorf("%q needs %v, and gets %v", *words, need, got)
	}
}

func TestTakeFormShowsWhatItsKindAsksFor(t *testing.T) {
	lightApp(t)
	f := NewTakeForm()
	f.OnLeft = func(TakeInput) {}
	w := inWindow(t, f.Object)
	f.Render(TakeModel{})
	if !f.ofFile.Visible() || f.ofAddress.Visible() || f.ofBoth.Visible() {
		t.Error("of a dump it asks for a login")
	}
	f.Render(TakeModel{Database: true})
	if !f.ofBoth.Visible() || !f.way.Visible() {
		t.Error("of a configuration that names a database it asks for no password")
	}
	f.FocusFirst(w.Canvas())
	if w.Canvas().Focused() != fyne.Focusable(f.file) {
		t.Error("the keyboard does not begin at the file")
	}
	test.Tap(f.byAddress)
	if f.ofFile.Visible() || !f.ofAddress.Visible() || !f.Input().Running {
		t.Error("of a running database it asks for a file")
	}
	f.FocusFirst(w.Canvas())
	if w.Canvas().Focused() != fyne.Focusable(f.address) {
		t.Error("the keyboard does not begin at the address")
	}
	f.Render(TakeModel{Looking: true, Keyring: true, Kind: "PostgreSQL 18"})
	if !f.take.Disabled() || f.take.Text() != texts.T.Take.Looking || !f.saveRow.Visible() || !f.kind.Visible() {
		t.Errorf("while it looks: %q, password can be kept %v", f.take.Text(), f.saveRow.Visible())
	}
}

// TestTakeFormUnfoldsWhatIsMarked: a mistake in a field that is folded away comes into
// sight.
func TestTakeFormUnfoldsWhatIsMarked(t *testing.T) {
	lightApp(t)
	f := NewTakeForm()
	inWindow(t, f.Object)
	f.Render(TakeModel{})
	if f.more.Visible() {
		t.Fatal("what is seldom needed is in sight")
	}
	f.Render(TakeModel{Problems: present.Problems{{Field: present.FieldRate, Message: "No rate."}}})
	if !f.more.Visible() || !f.rate.Wrong() || f.fold.Text() != texts.T.Take.Less {
		t.Error("a wrong rate is hidden")
	}
	test.Tap(f.fold)
	if f.more.Visible() || f.fold.Text() != texts.T.Take.More {
		t.Error("it cannot be folded again")
	}
	other := NewTakeForm()
	told := 0
	other.OnChange = func(TakeInput) { told++ }
	in := TakeInput{Running: true, Address: "postgres://db/wiki", User: "ana", Password: "x", SSH: "bastion", Save: true}
	other.Fill(in)
	if other.Input() != in || !other.more.Visible() || told != 0 {
		t.Errorf("filled: %+v, unfolded %v, told %d times", other.Input(), other.more.Visible(), told)
	}
}

func TestTakeFormOffersTheStatements(t *testing.T) {
	lightApp(t)
	f := NewTakeForm()
	copied := ""
	f.OnCopy = func(text string) { copied = text }
	inWindow(t, f.Object)
	m := TakeModel{Grants: "GRANT SELECT ON content TO ana;", Checks: []Check{{Text: "Rights", Says: "some are missing", Icon: "failed", Tone: tone.Bad}}}
	f.Render(m)
	first := f.report.Objects[0]
	test.Tap(buttons(f.grants)[texts.T.Take.CopyGrants])
	if copied != m.Grants {
		t.Errorf("copied %q", copied)
	}
	f.Render(m)
	if f.report.Objects[0] != first {
		t.Error("a line that stays was replaced")
	}
	f.Render(TakeModel{})
	if f.reportBox.Visible() || f.grants.Visible() {
		t.Error("the report of another source is in sight")
	}
}

func TestTroubleAsksForASecret(t *testing.T) {
	lightApp(t)
	retried := 0
	tr := NewTrouble(func() { retried++ }, func() {})
	w := inWindow(t, tr.Object)
	tr.Render("", nil, "Opening the snapshot…")
	if tr.retry.Visible() || tr.remove.Visible() || tr.title.Text() != "Opening the snapshot…" {
		t.Error("while it opens there is something to try again")
	}
	tr.Render("Cannot be opened", errors.New("the disk is gone"), "")
	if !tr.retry.Visible() || tr.ask.Visible() || tr.text.Text() != "The disk is gone." {
		t.Errorf("it says %q, and asks for a token: %v", tr.text.Text(), tr.ask.Visible())
	}
	test.Tap(tr.retry)
	var secrets []string
	tr.OnSecret = func(s string) { secrets = append(secrets, s) }
	tr.Render("Sign-in needed", errors.New("no token"), "")
	if !tr.ask.Visible() {
		t.Fatal("it asks for no token")
	}
	tr.enter()
	if !tr.secret.Wrong() || len(secrets) != 0 || w.Canvas().Focused() != fyne.Focusable(tr.secret) {
		t.Error("an empty token was taken, or is not marked")
	}
	w.Canvas().Focus(tr.Secret())
	test.Type(tr.Secret(), "abc")
	tr.Secret().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(secrets) != 1 || secrets[0] != "abc" || tr.secret.Text != "" || tr.secret.Wrong() || retried != 1 {
		t.Errorf("secrets %d, field %q, tried again %d times", len(secrets), tr.secret.Text, retried)
	}
	tr.SetRetry("Choose it again", "folder")
	if tr.retry.Text() != "Choose it again" {
		t.Errorf("the way out says %q", tr.retry.Text())
	}
}

// TestPathCardSendsOnlyWhatIsNew holds the buttons to what can be asked for.
func TestPathCardSendsOnlyWhatIsNew(t *testing.T) {
	lightApp(t)
	p := NewPathCard()
	var sent []string
	p.OnChange = func(path string) { sent = append(sent, path) }
	p.OnReset, p.OnRetry = func() {}, func() {}
	inWindow(t, p.Object)
	for _, c := range []struct {
		name          string
		m             present.ExportPath
		typed         string
		change, reset bool
		retry, shown  bool
	}{
		{"reading", present.ExportPath{Busy: true}, "/a", false, false, false, true},
		{"as it is", present.ExportPath{Known: true, Path: "/a"}, "/a", false, true, false, true},
		{"another", present.ExportPath{Known: true, Path: "/a"}, "/b", true, true, false, true},
		{"nothing typed", present.ExportPath{Known: true, Path: "/a"}, " ", false, true, false, true},
		{"sending", present.ExportPath{Known: true, Path: "/a", Busy: true}, "/b", false, false, false, true},
		{"not read", present.ExportPath{Err: errors.New("refused")}, "/b", false, false, true, true},
		{"an older product", present.ExportPath{Err: fmt.Errorf("no such operation: %w", errors.ErrUnsupported)}, "", false, false, true, false},
	} {
		p.Render(c.m)
		p.path.SetText(c.typed)
		if p.change.Disabled() == c.change || p.reset.Disabled() == c.reset || p.retry.Visible() != c.retry || p.Object.Visible() != c.shown {
			t.Errorf("%s: change %v, reset %v, retry %v, shown %v", c.name, !p.change.Disabled(), !p.reset.Disabled(), p.retry.Visible(), p.Object.Visible())
		}
	}
	p.Render(present.ExportPath{Known: true, Path: "/a"})
	p.path.OnSubmitted("/a")
	p.path.OnSubmitted("/c")
	if len(sent) != 1 || sent[0] != "/c" {
		t.Errorf("sent %v", sent)
	}
}

func TestSettingsAreLockedWhileAnExportRuns(t *testing.T) {
	lightApp(t)
	s := NewSetup([]string{"UTC"}, nil)
	saved := 0
	s.OnSave = func(SetupForm) { saved++ }
	inWindow(t, s.Object)
	s.Render(SetupModel{Locked: true, Message: "An export runs"})
	s.name.OnSubmitted("")
	test.Tap(s.save)
	if !s.save.Disabled() || saved != 0 || s.message.line.Text() != "An export runs" {
		t.Errorf("saved %d times; it says %q", saved, s.message.line.Text())
	}
	for _, o := range test.LaidOutObjects(s.message.line) {
		if line, ok := o.(*canvas.Text); ok && line.Color != theme.Color(look.ColorMuted) {
			t.Errorf("%q is said in %v, as what went well or wrong", line.Text, line.Color)
		}
	}
	s.Say("", false, false)
	if s.name.OnSubmitted(""); saved != 0 || !s.save.Disabled() {
		t.Errorf("nothing has changed, and it is saved %d times", saved)
	}
	s.name.SetText("wiki")
	s.name.OnSubmitted("")
	if saved != 1 || s.message.line.Visible() {
		t.Errorf("saved %d times", saved)
	}
	s.Mark(present.Problems{{Field: present.FieldSpace, Message: "No size."}})
	if !s.space.Wrong() || s.url.Wrong() {
		t.Error("what is wrong does not stand at its field")
	}
}

func TestDateIsPickedFromACalendar(t *testing.T) {
	lightApp(t)
	changed := ""
	d := NewDateField(func(s string) { changed = s })
	w := inWindow(t, d.Object)
	d.SetText("2026-11-23")
	d.pick()
	if w.Canvas().Overlays().Top() == nil {
		t.Fatal("no calendar came up")
	}
	for _, key := range []fyne.KeyName{fyne.KeyLeft, fyne.KeyReturn} {
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key})
	}
	if d.Text() != "2026-11-22" || changed != "2026-11-22" || w.Canvas().Overlays().Top() != nil {
		t.Errorf("picked %q, told %q", d.Text(), changed)
	}
	d.SetText("nonsense") // the calendar opens on today
	d.pick()
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if day, err := time.Parse(time.DateOnly, d.Text()); err != nil || time.Since(day) > 48*time.Hour {
		t.Errorf("picked %q", d.Text())
	}
}

func TestZonesAreOfferedByWhatIsTyped(t *testing.T) {
	lightApp(t)
	z := NewZoneField([]string{"UTC", "Europe/Berlin", "Europe/Rome"}, nil)
	w := inWindow(t, z.Object)
	for typed, want := range map[string]string{"": "UTC Europe/Berlin Europe/Rome", "rom": "Europe/Rome", "Europe/Berlin": "UTC Europe/Berlin Europe/Rome", "+01:00": "UTC Europe/Berlin Europe/Rome"} {
		z.SetText(typed)
		if got := strings.Join(z.offer(), " "); got != want {
			t.Errorf("of %q it offers %q", typed, got)
		}
	}
	z.SetText("Europe/Berlin")
	z.open()
	list, ok := w.Canvas().Focused().(*look.List)
	if !ok || list.At() != 1 {
		t.Fatal("the list does not begin at the zone of the field")
	}
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if z.Text() != "Europe/Rome" || w.Canvas().Overlays().Top() != nil {
		t.Errorf("chosen %q", z.Text())
	}
}

// TestFieldsShrinkInANarrowWindow: what a field is for wraps, and the field keeps its
// share of the line.
func TestFieldsShrinkInANarrowWindow(t *testing.T) {
	lightApp(t)
	field := look.NewField("", nil)
	row := formRow("Maximum rate", strings.Repeat("how much is read in a second ", 6), inField(field)).(*fyne.Container)
	for width, want := range map[float32]float32{1000: fieldWidth, 424: 400 * fieldPart} {
		row.Resize(fyne.NewSize(width, 200))
		if got := row.Objects[1].Size().Width; got < want-1 || got > want+1 {
			t.Errorf("in %v the field is %v wide, want %v", width, got, want)
		}
		if end := row.Objects[0].Position().X + row.Objects[0].Size().Width; end > row.Objects[1].Position().X {
			t.Errorf("in %v the words end at %v, the field begins at %v", width, end, row.Objects[1].Position().X)
		}
	}
}
