package ui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sluice/source"
	"sluice/ui/keymap"
	"sluice/ui/present"
	"sluice/ui/texts"
)

// passwordWanted is what a server asks for.
var passwordWanted = source.Question{User: "ana", Of: "db:5432 (database wiki)", Why: "The server does not accept the password in the keyring."}

// asked takes a snapshot of a database that asks for something meanwhile.
func asked(t *testing.T, q source.Question) *stage {
	t.Helper()
	s := takeForm(t)
	s.backend.wants = &q
	aDatabase(s)
	s.press("Take the snapshot")
	s.until("it is asked", s.sees(present.QuestionTitle(q)))
	return s
}

// answers are those that the server got.
func (s *stage) answers() []string {
	s.backend.mu.Lock()
	defer s.backend.mu.Unlock()
	return slices.Clone(s.backend.answers)
}

// TestServerAsksForAPassword while a snapshot is taken: it is entered in a dialog, and
// kept only where that is chosen and the server has accepted it.
func TestServerAsksForAPassword(t *testing.T) {
	for name, c := range map[string]struct {
		save   bool
		end    error
		wanted int // secrets that are kept
	}{
		"once":              {},
		"kept":              {save: true, wanted: 1},
		"wrong, to be kept": {save: true, end: denied{}},
	} {
		t.Run(name, func(t *testing.T) {
			s := asked(t, passwordWanted)
			if !s.sees(passwordWanted.Why + " The server at db:5432 (database wiki) asks ana for a password.")() {
				t.Errorf("the window says %q", s.says())
			}
			field := s.field("")
			if s.w.window.Canvas().Focused() != fyne.Focusable(field) {
				t.Error("the keyboard is elsewhere")
			}
			test.Type(field, "geheim")
			if c.save {
				s.press(texts.T.Take.Save)
			}
			s.press("Go on")
			s.until("it is answered", func() bool { return slices.Equal(s.answers(), []string{"geheim"}) })
			s.backend.end <- c.end
			s.until("it has ended", func() bool { return s.w.chosen.take == nil || !s.w.chosen.takingNow() })
			s.backend.mu.Lock()
			defer s.backend.mu.Unlock()
			if len(s.backend.secrets) != c.wanted || c.wanted == 1 && s.backend.secrets["account of postgres://ana@db/wiki"] != "geheim" {
				t.Errorf("kept: %v", s.backend.secrets)
			}
			if strings.Contains(s.prefs()+s.says(), "geheim") || field.Text != "" {
				t.Errorf("the password stays: %q", s.says())
			}
		})
	}
}

// TestQuestionIsAnsweredHoweverItIsClosed: nobody waits for a dialog that is gone.
func TestQuestionIsAnsweredHoweverItIsClosed(t *testing.T) {
	for name, shut := range map[string]func(*stage){
		"the button":     func(s *stage) { s.press(texts.T.App.Cancel) },
		"Escape":         func(s *stage) { s.w.press(keymap.Keys(fyne.KeyEscape)[0]) },
		"another dialog": func(s *stage) { s.w.tell("Something", "else") },
	} {
		t.Run(name, func(t *testing.T) {
			s := asked(t, passwordWanted)
			test.Type(s.field(""), "geh")
			shut(s)
			s.until("it is answered", func() bool { return slices.Equal(s.answers(), []string{""}) })
		})
	}
	t.Run("the taking is given up", func(t *testing.T) {
		s := asked(t, passwordWanted)
		s.w.chosen.take.cancel()
		s.until("the dialog is gone", func() bool { return !s.sees(present.QuestionTitle(passwordWanted))() })
	})
	t.Run("the window is closed", func(t *testing.T) {
		s := asked(t, passwordWanted)
		if err := s.w.Close(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// TestPassphraseIsKeptNowhere: no offer is made.
func TestPassphraseIsKeptNowhere(t *testing.T) {
	s := asked(t, source.Question{Passphrase: true, Of: "/home/ana/.ssh/id_ed25519"})
	if s.sees(texts.T.Take.Save)() || !s.sees("Enter the passphrase of the key /home/ana/.ssh/id_ed25519.")() {
		t.Errorf("the window says %q", s.says())
	}
}

// TestTwoQuestionsComeOneAfterTheOther.
func TestTwoQuestionsComeOneAfterTheOther(t *testing.T) {
	s := asked(t, passwordWanted)
	s.w.takeOf(s.w.newTaken("second", source.Taken{From: "postgres://eve@db/shop"}), "")
	s.until("both are asked", func() bool { s.backend.mu.Lock(); defer s.backend.mu.Unlock(); return len(s.backend.taken) == 2 })
	for n, text := range []string{"first", "second"} {
		test.Type(s.field(""), text)
		s.press("Go on")
		s.until("it is answered", func() bool { return len(s.answers()) == n+1 })
		if n == 0 {
			s.until("the other one is asked", s.sees(present.QuestionTitle(passwordWanted)))
		}
	}
	if !slices.Equal(s.answers(), []string{"first", "second"}) {
		t.Errorf("answers: %q", s.answers())
	}
}

// TestWhereAPasswordIsKept is said as it is, and chosen.
func TestWhereAPasswordIsKept(t *testing.T) {
	x := texts.T.Take
	taken := source.Taken{From: "postgres://ana@db/wiki"}
	for name, c := range map[string]struct {
		keyring, kept, session bool
		says                   string
	}{
		"nothing":                  {keyring: true, says: x.PasswordHint},
		"kept":                     {keyring: true, kept: true, says: x.PasswordKept},
		"for the session":          {keyring: true, kept: true, session: true, says: x.PasswordKnown},
		"no keyring":               {says: x.PasswordAsk},
		"no keyring, one is known": {kept: true, session: true, says: x.PasswordKnown},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStageWith(t, func(s *stage) {
				s.backend.keyring = c.keyring
				if c.kept {
					s.backend.secrets["account of "+taken.From] = "geheim"
				}
				s.backend.session["account of "+taken.From] = c.session
			}, source.NewTaken("wiki", "/data/wiki.db", "/data", taken))
			s.size(1280, 800)
			s.until("it is open", s.sees("No export has run here yet"))
			s.w.showTakeForm(s.w.chosen)
			s.until("it is said", func() bool { return s.sees(c.says)() && s.sees(x.Save)() == c.keyring })
			if !c.keyring {
				return
			}
			if c.session {
				s.press(x.Save) // is off
			}
			test.Type(s.field(""), "neu")
			s.press(x.Save)
			s.press("Take the snapshot")
			s.until("it is kept", func() bool {
				s.backend.mu.Lock()
				defer s.backend.mu.Unlock()
				return s.backend.secrets["account of "+taken.From] == "neu"
			})
			if !s.backend.InSession("account of " + taken.From) {
				t.Error("it went into the keyring")
			}
		})
	}
}

// TestTakeThroughSSH: the form has the server, its key and its known hosts, and says what
// is wrong with them.
func TestTakeThroughSSH(t *testing.T) {
	s := takeForm(t)
	s.press("More options")
	if s.sees(texts.T.Take.SSH)() {
		t.Error("a dump is reached by SSH")
	}
	aDatabase(s)
	target := s.field("ana@bastion.example.com")
	test.Type(s.field("~/.ssh/id_ed25519"), "/keys/one")
	s.press("Take the snapshot")
	if !target.Wrong() || !s.sees(texts.T.Take.NeedSSH)() {
		t.Errorf("the window says %q", s.says())
	}
	test.Type(target, "a b")
	s.press("Take the snapshot")
	if !target.Wrong() || !s.sees("The SSH server is not understood")() {
		t.Errorf("the window says %q", s.says())
	}
	target.SetText("eve@gate:2222")
	test.Type(s.field("~/.ssh/known_hosts"), "/keys/hosts")
	s.press("Take the snapshot")
	s.reading()
	want := source.SSH{Target: "eve@gate:2222", KeyFile: "/keys/one", KnownHosts: "/keys/hosts"}
	if got, _, _ := s.backend.last(); got.Taken.SSH != want {
		t.Errorf("taken: %+v", got.Taken)
	}
	s.backend.end <- nil
	s.until("it is open", s.sees("No export has run here yet"))
	s.w.showTakeForm(s.w.chosen)
	if got := s.field("ana@bastion.example.com"); got.Text != "eve@gate:2222" || s.kept()[0].Taken.SSH != want {
		t.Errorf("the form holds %q, kept is %+v", got.Text, s.kept()[0].Taken)
	}
	s.w.showTakeForm(nil) // the same address, and no server before it
	aDatabase(s)
	s.press("Take the snapshot")
	s.until("it is another source", func() bool { return len(s.w.entries) == 2 })
	if s.w.entries[0].source.Snapshot == s.w.entries[1].source.Snapshot {
		t.Error("two databases have one file")
	}
}
