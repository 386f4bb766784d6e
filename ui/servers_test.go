package ui

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/present"
	"sluice/ui/view"
)

// form is the form of the server page that is in sight.
func (s *stage) serverForm() *serverPanel {
	s.t.Helper()
	p := newServerPanel(s.w, nil)
	s.w.frame.Show(p.view.Object, true)
	return p
}

func TestServerIsTestedAndAdded(t *testing.T) {
	s := newStage(t)
	s.backend.report = source.Report{Took: 200 * time.Millisecond, Reachable: source.Passed, Authorised: source.Passed, Feature: source.Passed, Product: "Confluence", Version: "9.2",
		Job: pipeline.Job{ID: 55, Status: pipeline.Completed}, Warnings: []string{"The connection is not encrypted."}}
	p := s.serverForm()
	in := view.ServerInput{Name: "Wiki production", URL: "https://wiki.example.com/", Secret: "tok-123-secret"}
	p.view.Fill(in)
	s.press("Test connection")
	s.until("the report is there", s.sees("Everything works"))
	for _, text := range []string{"answered in 0.2 s", "Job 55 · Completed", "Confluence 9.2", "The connection is not encrypted."} {
		if !s.sees(text)() {
			t.Errorf("the report does not say %q: %q", text, s.says())
		}
	}
	s.press("Add server")
	s.until("it is open", s.sees("No export has run here yet"))
	if got := s.backend.secrets["https://wiki.example.com"]; got != "tok-123-secret" {
		t.Errorf("the keyring holds %q", got)
	}
	if strings.Contains(s.prefs(), "tok-123") || strings.Contains(s.says(), "tok-123") {
		t.Error("the token is in the list of sources or on the screen")
	}
	if !s.sees("Confluence 9.2 · https://wiki.example.com")() || !s.sees("POST …/rest/datapipeline/latest/export?fromDate=")() {
		t.Errorf("the page says %q", s.says())
	}
}

func TestReportTellsWhatFailed(t *testing.T) {
	s := newStage(t)
	s.backend.report = source.Report{Reachable: source.Passed, Authorised: source.Refused, Feature: source.NotChecked, Err: errors.New("wiki.example.com refuses the token: it is wrong or has expired")}
	p := s.serverForm()
	p.view.Fill(view.ServerInput{URL: "https://wiki.example.com", Secret: "x"})
	s.press("Test connection")
	s.until("the report is there", s.sees("refuses the token"))
	if !s.sees("not checked")() || s.sees("Everything works")() {
		t.Errorf("the report says %q", s.says())
	}
}

func TestServerWithoutSecretAsks(t *testing.T) {
	s := newStage(t, source.NewServer("Wiki", source.Server{URL: "https://wiki.example.com"}))
	s.until("it is said", s.sees(present.Sentence(source.ErrNoSecret)))
	s.press("Open settings")
	form := s.w.chosen.page.setup.(serverSettings)
	in := form.view.Input()
	in.Secret = "x"
	form.save(in)
	s.until("it is open", func() bool { return s.w.chosen.session != nil && s.w.chosen.session.State().Known() })
	if s.backend.secrets["https://wiki.example.com"] != "x" || len(s.w.entries) != 1 {
		t.Errorf("secrets %v, %d sources", s.backend.secrets, len(s.w.entries))
	}
}

// TestATokenIsEnteredInPlace: once, for the server in sight; another one waits until
// somebody looks at it, and the rail says of which tokens are missing.
func TestATokenIsEnteredInPlace(t *testing.T) {
	s := newStage(t, source.NewServer("Wiki", source.Server{URL: "https://wiki.example.com"}), source.NewServer("Jira", source.Server{URL: "https://jira.example.com"}))
	s.until("it is said", func() bool { return strings.Count(s.says(), "Sign-in needed") == 3 }) // in the rail twice, and on the page
	field := s.w.chosen.page.trouble.Secret()
	s.w.window.Canvas().Focus(field)
	s.press("Sign in") // nothing was entered
	test.Type(field, "x")
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	s.until("it is open", s.sees("No export has run here yet"))
	if strings.Count(s.says(), "Sign-in needed") != 1 || s.backend.secrets["https://wiki.example.com"] != "x" || field.Text != "" {
		t.Errorf("the secrets are %v; %q", s.backend.secrets, s.says())
	}
	s.w.choose(s.w.entries[1])
	s.w.choose(s.w.entries[0])
	if !s.sees("No export has run here yet")() {
		t.Errorf("it asks again: %q", s.says())
	}
}

// TestWhatIsDoubtfulAboutSecretsIsSaid on the pages of servers, and in the settings.
func TestWhatIsDoubtfulAboutSecretsIsSaid(t *testing.T) {
	s := newStageWith(t, func(s *stage) {
		s.backend.secrets["http://wiki.example.com"] = "x"
		s.backend.remote = plainEngine{&remoteEngine{s.engine}}
		s.warnings = []string{"others can read /home/ana/.config/sluice/config.json (mode 0644): chmod 600 takes that away"}
	}, source.NewServer("Wiki", source.Server{URL: "http://wiki.example.com"}))
	s.until("it is open", s.sees("No export has run here yet"))
	for _, text := range []string{"Others can read /home/ana/.config/sluice/config.json", "The connection is not encrypted"} {
		if !s.sees(text)() {
			t.Errorf("%q is missing in %q", text, s.says())
		}
	}
	s.w.showSettings()
	if strings.Count(s.says(), "Others can read") != 1 { // in the place of the page
		t.Errorf("the settings do not say it: %q", s.says())
	}
}

// plainEngine is a server without encryption.
type plainEngine struct{ *remoteEngine }

func (plainEngine) Warnings() []string {
	return []string{"The connection is not encrypted: anyone on its way can read the token."}
}

func TestUnreachableServerIsShown(t *testing.T) {
	s := newStage(t)
	s.engine.err = errors.New("wiki.example.com refuses the connection: check that the server runs")
	s.backend.secrets["https://wiki.example.com"] = "x"
	s.w.addedServer(source.NewServer("Wiki", source.Server{URL: "https://wiki.example.com"}))
	s.until("it is said", s.sees("refuses the connection"))
	if !s.button("Start export").Disabled() {
		t.Error("an unreachable server can be started")
	}
	if got := s.w.window.Title(); got != "Wiki: Unreachable – Sluice" {
		t.Errorf("the title is %q", got)
	}
	s.engine.mu.Lock()
	s.engine.err = nil
	s.engine.mu.Unlock()
	s.press("Try again")
	s.until("it is back", s.sees("No export has run here yet"))
}

func TestRemovingAServerForgetsItsToken(t *testing.T) {
	s := newStage(t)
	s.backend.secrets["https://wiki.example.com"] = "x"
	s.w.addedServer(source.NewServer("Wiki", source.Server{URL: "https://wiki.example.com"}))
	s.until("it is open", s.sees("No export has run here yet"))
	s.w.chosen.page.view.Choose(view.SettingsTab)
	s.press("Remove source…")
	s.until("it asks", s.w.covered)
	s.press("Remove Wiki")
	s.until("the token is gone", func() bool {
		s.backend.mu.Lock()
		defer s.backend.mu.Unlock()
		return len(s.backend.secrets) == 0
	})
	if !s.sees("Where do you want to export from?")() {
		t.Errorf("the window says %q", s.says())
	}
}

func TestProductIsRecognisedWithoutATest(t *testing.T) {
	s := newStage(t)
	s.backend.secrets["https://jira.example.com"] = "x"
	s.backend.report = source.Report{Reachable: source.Passed, Authorised: source.Passed, Feature: source.Passed, Product: "Jira", Version: "10.3"}
	s.w.addedServer(source.NewServer("Issues", source.Server{URL: "https://jira.example.com", Insecure: true}))
	s.until("it is recognised", s.sees("Jira 10.3 · https://jira.example.com"))
	if !strings.Contains(s.prefs(), `"product": "Jira"`) {
		t.Errorf("the product is not remembered: %s", s.prefs())
	}
	if !s.sees("The certificate of this server is not verified")() {
		t.Error("nothing says that the certificate is not verified")
	}
}

func TestFilesOfAServerComeFromItsMountedFolder(t *testing.T) {
	s := newStage(t)
	folder := filepath.Join(s.dir, "shared")
	export := filepath.Join(folder, "data-pipeline", "export", "55")
	if err := os.MkdirAll(export, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"users_job55_2026_11_23T03_02_11Z.csv": "user_id\r\nana\r\n", "notes.txt": "no CSV file"} {
		if err := os.WriteFile(filepath.Join(export, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s.backend.secrets["https://wiki.example.com"] = "x"
	s.backend.remote = &remoteEngine{s.engine}
	s.engine.jobs = []pipeline.Job{{ID: 55, Status: pipeline.Completed, StartTime: pipeline.At(time.Now())}}
	s.w.addedServer(source.NewServer("Wiki", source.Server{URL: "https://wiki.example.com", Folder: folder}))
	s.until("it is open", s.sees("Job 55"))
	s.w.chosen.page.refresh()
	s.w.chosen.page.view.Choose(view.FilesTab)
	s.until("its files are listed", s.sees("1 file · 14 B"))
	s.button("users")
	if s.sees("notes")() {
		t.Error("a file that is no CSV file is listed")
	}
}

// TestAddressOfAServerIsChanged: the server with the old address does not come
// back from the file.
func TestAddressOfAServerIsChanged(t *testing.T) {
	s := newStage(t, source.NewServer("Wiki", source.Server{URL: "https://old.example.com"}))
	newServerPanel(s.w, s.w.entries[0]).saved(source.NewServer("Wiki", source.Server{URL: "https://new.example.com"}), true, nil)
	if prefs := s.prefs(); strings.Contains(prefs, "old.example.com") || !strings.Contains(prefs, "new.example.com") {
		t.Errorf("what is remembered: %s", prefs)
	}
}
