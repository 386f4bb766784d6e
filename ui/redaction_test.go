package ui

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"sluice/deliver"
	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/present"
	"sluice/ui/view"
)

// TestRedactionIsChosen: what is chosen on the card is a setting of the source, with which
// it is opened anew, and stands in the command. Settings that are saved keep it.
func TestRedactionIsChosen(t *testing.T) {
	s := newStage(t, wiki())
	bad := true
	s.w.o.CheckRules = func(word string) error {
		if strings.HasSuffix(word, "bad.yaml") && bad {
			return errors.New("line 2: there is no action \"erase\"")
		}
		return nil
	}
	s.until("it is open", s.sees("No export has run here yet"))
	if !s.sees("Nothing is taken out of the files")() {
		t.Errorf("it does not say that nothing is taken out: %q", s.says())
	}
	opened := func(n int) func() bool {
		return func() bool {
			s.backend.mu.Lock()
			defer s.backend.mu.Unlock()
			return len(s.backend.opened) == n
		}
	}
	s.press("GDPR")
	s.until("it is opened anew", opened(2))
	s.until("it says what is taken out", s.sees("no people and nothing that they wrote"))
	if got := s.backend.opened[1].Local.Redact; got != "gdpr" || !s.sees("--redact gdpr")() {
		t.Errorf("it was opened with %q; %q", got, s.says())
	}
	s.press("GDPR") // which changes nothing
	page := s.w.chosen.page
	page.redacts.set("/data/bad.yaml")
	s.until("it is opened anew", opened(3))
	s.until("it says what is wrong with the rules", s.sees("line 2: there is no action"))
	if s.offers("Start export")() {
		t.Error("an export can be started with rules that cannot be used")
	}
	s.w.chosen.page.export.start() // as its key does
	bad = false
	s.press("Check again")
	s.until("it can be started", s.offers("Start export"))
	if n := len(s.engine.requests); n != 0 {
		t.Errorf("%d exports were started", n)
	}
	page = s.w.chosen.page
	page.view.Choose(view.SettingsTab)
	settings := page.setup.(*localSettings)
	settings.view.Save() // which keeps them
	if got := s.w.chosen.source.Local.Redact; got != "/data/bad.yaml" {
		t.Errorf("saving leaves %q", got)
	}
	settings.save(view.SetupForm{Redact: "no-people", FullContent: true})
	s.until("it is opened anew", opened(4))
	if got := s.backend.opened[3].Local; !got.Equal(source.Local{Redact: "no-people", FullContent: true}) {
		t.Errorf("it was opened with %+v", got)
	}
	if !strings.Contains(s.prefs(), `"redact": "no-people"`) {
		t.Errorf("it is not remembered in %s", s.prefs())
	}
}

// TestRedactionTwice: what a delivery redacts is not redacted before, which each run of a schedule
// would fail at.
func TestRedactionTwice(t *testing.T) {
	s := newStage(t, wiki())
	s.w.o.Settings = t.TempDir()
	s.until("it is open", s.sees("No export has run here yet"))
	err := deliver.NewFile(s.w.o.Settings).Update(func(l []deliver.Delivery) ([]deliver.Delivery, error) {
		return append(l, deliver.Delivery{Name: "lake", Source: s.w.chosen.source.ID, To: "/mnt/lake", Redact: "gdpr"}), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s.press("GDPR")
	s.until("it says why not", s.sees(`and the delivery "lake" both redact`))
	if got := s.w.chosen.source.Local.Redact; got != "" {
		t.Errorf("%s is chosen all the same", got)
	}
}

// TestRedactionStays: while an export runs nothing else can be chosen, and the facts of a
// job and its line in the history say how it was redacted.
func TestRedactionStays(t *testing.T) {
	s := newStage(t, wiki())
	s.until("it is open", s.sees("No export has run here yet"))
	job := pipeline.Job{ID: 4, Status: pipeline.Completed, Redaction: "gdpr"}
	status := present.StatusOf(present.Inputs{Kind: source.KindDemo, State: pipeline.State{Job: job, At: s.w.o.Now()}, Now: s.w.o.Now()})
	if !slices.Contains(status.Facts, present.Fact{Caption: "Redacted", Value: "GDPR"}) {
		t.Errorf("%+v", status.Facts)
	}
	if row := present.HistoryRows([]pipeline.Job{job}, s.w.o.Now(), nil)[0]; row.Sign.Word != "Completed, redacted" {
		t.Errorf("%+v", row)
	}
	s.engine.mu.Lock()
	s.engine.jobs = []pipeline.Job{{ID: 5, Status: pipeline.Started, StartTime: pipeline.At(s.w.o.Now())}}
	s.engine.mu.Unlock()
	s.w.chosen.page.refresh()
	s.until("it runs", func() bool { return s.w.chosen.session.State().Job.Running() })
	s.w.chosen.page.redacts.set("gdpr")
	if got := s.w.chosen.source.Local.Redact; got != "" {
		t.Errorf("%s is chosen while an export runs", got)
	}
}
