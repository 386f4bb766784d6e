package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/present"
	"sluice/ui/view"
)

// inHomes makes a known snapshot with a completed job in its home, and an empty
// other home; the window is started on the snapshot.
func inHomes(t *testing.T, start func(s *stage, known source.Source, other string)) (s *stage, known source.Source, other string) {
	t.Helper()
	known = source.NewSnapshot(source.KindSnapshot, "wiki.db", "/data/wiki.db", filepath.FromSlash("/homes"))
	other = filepath.FromSlash("/elsewhere")
	s = newStageWith(t, func(s *stage) {
		full, empty := newFakeEngine(), newFakeEngine()
		full.jobs = []pipeline.Job{{ID: 41, Status: pipeline.Completed, StartTime: pipeline.At(time.Now().Add(-time.Hour)),
			CompletedTime: pipeline.At(time.Now().Add(-59 * time.Minute)), Statistics: &pipeline.Statistics{WrittenRows: 41_414}}}
		s.backend.byHome = map[string]*fakeEngine{known.Home: full, other: empty}
		start(s, known, other)
	}, known)
	return s, known, other
}

// TestAnotherHomeIsOfThisWindow: a known snapshot that is opened under another home
// keeps its own, and its jobs stay within reach.
func TestAnotherHomeIsOfThisWindow(t *testing.T) {
	s, known, other := inHomes(t, func(s *stage, known source.Source, other string) { s.snapshot, s.home = "/data/wiki.db", other })
	s.until("it is open", s.sees("No export has run here yet"))
	if !s.sees("--home " + other)() {
		t.Errorf("it does not work in the home that it was given: %q", s.says())
	}
	kept := s.kept()[0]
	if kept.Home != known.Home || len(kept.Others) != 1 || kept.Others[0].Path != other {
		t.Fatalf("remembered is %+v", kept)
	}
	s.w.chosen.page.view.Choose(view.HistoryTab)
	s.w.chosen.render()
	s.press(known.Home)
	s.until("the jobs of its own home are listed", s.sees("41,414"))
	if kept := s.kept()[0]; kept.Home != known.Home {
		t.Errorf("looking has moved the source: %+v", kept)
	}
	s.press(other)
	s.until("those of the other are", s.sees("No export has run here yet"))
	s.w.chosen.page.view.Choose(view.ExportTab)
	s.w.chosen.render()
	s.until("an export can be started", s.offers("Start export")) // the history is empty before its state is known, too
	s.press("Start export")
	s.until("it runs", s.sees("1,200 of 3,000"))
	s.w.chosen.page.view.Choose(view.HistoryTab)
	s.w.chosen.render()
	s.press(known.Home)
	if !s.sees("wait for its end, or cancel it, before its home is left")() || s.w.chosen.home() != other {
		t.Errorf("a running export was left: %q", s.says())
	}
	s.press("Close")
	e := s.backend.byHome[other]
	e.end(pipeline.Completed)
	s.until("its end is seen", func() bool { return s.w.chosen.session.State().Job.Status == pipeline.Completed })
	if kept := s.kept()[0]; len(kept.Others) != 1 || kept.Home != known.Home {
		t.Errorf("the end of a job has moved the source: %+v", kept)
	}
}

// TestTheNextWindowIsInItsOwnHome, whatever the one before was started with.
func TestTheNextWindowIsInItsOwnHome(t *testing.T) {
	s, known, other := inHomes(t, func(s *stage, known source.Source, other string) { s.snapshot, s.home = "/data/wiki.db", other })
	s.until("it is open", s.sees("No export has run here yet"))
	if err := s.w.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	s.home = "" // sluice FILE
	s.start()
	s.until("the job is there again", s.sees("41,414"))
	if s.w.chosen.home() != known.Home {
		t.Errorf("it works in %s", s.w.chosen.home())
	}
	if homes := s.w.chosen.working().Homes(); len(homes) != 2 || homes[1] != other {
		t.Errorf("its homes are %v", homes)
	}
}

// TestAHomeThatWasLostIsFound: an earlier version has pointed the source elsewhere.
func TestAHomeThatWasLostIsFound(t *testing.T) {
	known := source.NewSnapshot(source.KindSnapshot, "wiki.db", "/data/wiki.db", "")
	var own string
	s := newStageWith(t, func(s *stage) {
		own = filepath.Join(s.dir, "homes", "wiki-"+known.ID[:8])
		if err := os.MkdirAll(filepath.Join(own, "data-pipeline"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(own, "data-pipeline", "jobs.db"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}, func() source.Source { known.Home = "/elsewhere"; return known }())
	s.until("it is open", s.sees("No export has run here yet"))
	if homes := s.w.chosen.working().Homes(); len(homes) != 2 || homes[1] != own {
		t.Errorf("its homes are %v, want also %s", homes, own)
	}
}

// TestLowSpaceOffersAnotherHome, and says once what is low.
func TestLowSpaceOffersAnotherHome(t *testing.T) {
	s := newStage(t, wiki())
	s.until("it is open", s.sees("No export has run here yet"))
	const message = "Only 0.06 GB are free on the disk of /tiny, and 5.00 GB are to stay free: free some space, choose another home or lower the minimum free space."
	s.engine.fail(pipeline.Diagnostic{Key: "export.disk.space.low", Message: message})
	s.press("Start export")
	s.until("it is said", s.sees("0.06 GB"))
	s.until("the answer is in", func() bool { return s.w.chosen.session.Busy() == present.Idle })
	if said := s.says(); strings.Count(strings.ToLower(said), "free some space") != 1 {
		t.Errorf("it is said several times: %q", said)
	}
	s.button("Choose another home…")
	s.w.chosen.moveTo("/big")
	s.until("it is opened there", func() bool { s.backend.mu.Lock(); defer s.backend.mu.Unlock(); return len(s.backend.opened) == 2 })
	kept := s.kept()[0]
	if kept.Home != filepath.FromSlash("/big") || len(kept.Others) != 1 || kept.Others[0].Path != wiki().Home {
		t.Errorf("remembered is %+v", kept)
	}
}

// TestAFileThatIsNoSnapshotLeavesTheRest: a window that was started on one shows why,
// and what it showed last.
func TestAFileThatIsNoSnapshotLeavesTheRest(t *testing.T) {
	s := newStageWith(t, func(s *stage) {
		s.snapshot = "/data/none.db"
		s.backend.refuses = "/data/none.db"
	}, wiki())
	s.until("it is said", s.sees("none.db cannot be opened as a snapshot"))
	s.press("Close")
	s.until("the rest is there", s.sees("No export has run here yet"))
	if len(s.w.entries) != 1 || s.w.chosen != s.w.entries[0] || len(s.kept()) != 1 {
		t.Errorf("%d sources, remembered %+v", len(s.w.entries), s.kept())
	}
}
