package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/view"
)

// threeSources are a server whose last export is complete, one without its token, and a
// snapshot.
func threeSources(t *testing.T) (list []source.Source, prepare func(*stage)) {
	list = []source.Source{
		source.NewServer("Wiki", source.Server{URL: "https://wiki.example.com"}), source.NewServer("Locked", source.Server{URL: "https://locked.example.com"}),
		source.NewSnapshot(source.KindSnapshot, "wiki.db", "/snapshots/wiki.db", t.TempDir()),
	}
	list[0].Tags = []string{"prod"}
	return list, func(s *stage) {
		s.backend.secrets["https://wiki.example.com"] = "x"
		s.engine.jobs = []pipeline.Job{jobOf(12, pipeline.Completed), jobOf(11, pipeline.Failed)}
		s.engine.jobs[1].StartTime = pipeline.At(time.Now().Add(-30 * time.Hour))
	}
}

func boardStage(t *testing.T) *stage {
	t.Helper()
	list, prepare := threeSources(t)
	s := newStageWith(t, prepare, list...)
	s.until("every source is open", func() bool {
		return !slices.ContainsFunc(s.w.entries, func(e *entry) bool {
			return e.failure == nil && (e.session == nil || !e.session.State().Known() || !e.past.loaded)
		})
	})
	s.w.showBoard()
	return s
}

// TestBoardShowsAllSources with the worst first; a click goes to a source, and the button
// of one without a token to where that is entered.
func TestBoardShowsAllSources(t *testing.T) {
	s := boardStage(t)
	for _, text := range []string{"All sources", "3 sources · 1 needs a look · 2 fine", "Sign-in needed", "https://locked.example.com", "/snapshots/wiki.db", "1 min ago"} {
		if !s.sees(text)() {
			t.Errorf("the board does not say %q: %q", text, s.says())
		}
	}
	if rows := s.w.board.all.Rows; rows[0].Name != "Locked" {
		t.Errorf("first comes %s", rows[0].Name)
	}
	if !strings.HasPrefix(s.w.title, "All sources: 1 needs a look") {
		t.Errorf("the title is %q", s.w.title)
	}
	s.w.board.list.OnSource(s.w.entries[2].source.ID)
	if s.w.chosen != s.w.entries[2] || s.w.board.shown {
		t.Error("a click does not go to the source")
	}
	s.w.showBoard()
	s.press("Enter token…")
	if s.w.chosen != s.w.entries[1] || s.w.window.Canvas().Focused() != fyne.Focusable(s.w.chosen.page.trouble.Secret()) {
		t.Errorf("the token cannot be entered: %v has the keyboard", s.w.window.Canvas().Focused())
	}
}

// TestLoginPageOffersTheToken: on the board, in the menu of the rail and on the page of the
// server the cursor goes into the field of the token, wherever that is kept.
func TestLoginPageOffersTheToken(t *testing.T) {
	for name, sv := range map[string]source.Server{"field": {URL: "https://wiki.example.com"}, "file": {URL: "https://wiki.example.com", TokenFile: "/home/ana/token"}} {
		t.Run(name, func(t *testing.T) {
			s := newStageWith(t, func(s *stage) {
				asServer(s)
				s.backend.secrets["https://wiki.example.com"] = "x"
				s.engine.err = fmt.Errorf("wiki.example.com answers with a login page: %w", pipeline.ErrNotAuthorised)
			}, source.NewServer("Wiki", sv))
			s.until("it is refused", s.sees("Not authorised"))
			s.press("Enter token…") // of the page
			first := s.w.window.Canvas().Focused()
			s.w.showBoard()
			s.press("Enter token…")
			if at := s.w.window.Canvas().Focused(); at == nil || at != first || s.w.chosen.page.view.Tab() != view.SettingsTab {
				t.Errorf("the keyboard is at %T, on tab %d", at, s.w.chosen.page.view.Tab())
			}
			if !slices.ContainsFunc(s.w.railMenuItems(s.w.chosen.source.ID), func(m *fyne.MenuItem) bool { return m.Label == "Enter token…" }) {
				t.Error("the menu of the rail does not offer it")
			}
		})
	}
}

// TestOrderOfTheRailIsKept: what was moved stays there when the window opens again.
func TestOrderOfTheRailIsKept(t *testing.T) {
	s := newStage(t, namedServers("A", "B", "C")...)
	s.until("they are there", func() bool { return len(s.w.rail.Names()) == 5 })
	s.w.rail.Focus(s.w.window.Canvas())
	s.w.window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierAlt})
	if got := strings.Join(s.w.rail.Names(), " "); got != "All sources SERVERS B A C" {
		t.Errorf("in the order %s", got)
	}
	s.w.move(s.w.entries[2].source.ID, -5)
	s.w.move(s.w.entries[0].source.ID, -1) // it is the first
	if err := s.w.keeper.wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	list, err := s.store().List().Load()
	if err != nil || len(list) != 3 || list[0].Name+list[1].Name+list[2].Name != "CBA" {
		t.Errorf("kept is %v, %v", list, err)
	}
}

func namedServers(names ...string) (list []source.Source) {
	for _, name := range names {
		list = append(list, source.NewServer(name, source.Server{URL: "https://" + strings.ToLower(name) + ".example.com", Product: "Confluence"}))
	}
	return list
}

// TestFoldedGroupsAreRemembered, and say what is wrong in them.
func TestFoldedGroupsAreRemembered(t *testing.T) {
	s := boardStage(t)
	if got := strings.Join(s.w.rail.Names(), ", "); got != "All sources, PROD, Wiki, SERVERS, Locked, SNAPSHOTS, wiki.db" {
		t.Errorf("the rail has %s", got)
	}
	s.press("SERVERS")
	if got := strings.Join(s.w.rail.Names(), ", "); got != "All sources, PROD, Wiki, SERVERS, SNAPSHOTS, wiki.db" {
		t.Errorf("folded, the rail has %s", got)
	}
	if err := s.w.keeper.wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	if p, err := s.store().Load(); err != nil || len(p.Folded) != 1 || p.Chosen != boardID {
		t.Errorf("remembered: %+v, %v", p, err)
	}
	s.press("SERVERS")
	if len(s.w.rail.Names()) != 7 {
		t.Error("it does not unfold")
	}
}

// TestAllJobsAreListed with the sizes of their files, filtered, and saved as CSV; the menu
// of a job has what that of its source has.
func TestAllJobsAreListed(t *testing.T) {
	s := boardStage(t)
	local := s.w.entries[2]
	folder := folderOf(local.working(), local.past.jobs[0])
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "pages_job12.csv"), make([]byte, 4_100_000), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, pipeline.ManifestName), make([]byte, 900_000), 0o600); err != nil {
		t.Fatal(err)
	}
	s.w.board.page.Choose(view.AllJobsTab)
	s.until("the sizes are known", s.sees("4.1 MB"))
	if !s.sees("4 jobs · 3 sources")() {
		t.Errorf("it says %q", s.says())
	}
	s.w.board.jobs.view.Filter().SetText("wiki.db failed")
	if !s.sees("1 of 4 jobs")() || len(s.w.board.jobs.listed) != 1 {
		t.Errorf("filtered, it says %q", s.says())
	}
	row := s.w.board.jobs.listed[0].Row(time.Now())
	var labels []string
	for _, item := range s.w.board.jobs.menuItems(row) {
		labels = append(labels, item.Label)
	}
	if !slices.Contains(labels, "Files") || !slices.Contains(labels, "Details") || !slices.Contains(labels, "Open") {
		t.Errorf("the menu has %q", labels)
	}
	path := filepath.Join(t.TempDir(), "all.csv")
	s.w.board.jobs.save(path)
	s.until("it is saved", s.sees("4 jobs saved in"))
	lines := savedJobs(t, path)
	if len(lines) != 4 || !slices.ContainsFunc(lines, func(l string) bool { return strings.HasSuffix(l, ",wiki.db,4100000") }) {
		t.Errorf("saved: %q", lines)
	}
	s.w.board.jobs.view.OnFiles(row)
	if s.w.chosen != local || s.w.chosen.page.view.Tab() != view.FilesTab {
		t.Error("the files are not shown")
	}
}

// TestSavingAllJobsSaysWhatFailed, and saves what could be read.
func TestSavingAllJobsSaysWhatFailed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "all.csv")
	n, err := saveAll(t.Context(), path, []toSave{{source: source.Source{Name: "Wiki"}, jobs: []pipeline.Job{{ID: 1}}}, {source: source.Source{Name: "Broken"}, engine: brokenPast{}}})
	if n != 0 || err == nil || !strings.Contains(err.Error(), "Broken: no disk") || len(savedJobs(t, path)) != 1 {
		t.Errorf("%d, %v", n, err)
	}
}

// brokenPast is an engine whose history cannot be read.
type brokenPast struct{ *fakeEngine }

func (brokenPast) Jobs(context.Context, int) ([]pipeline.Job, error) {
	return nil, errors.New("no disk")
}
