package ui

import (
	"os"
	"strings"
	"testing"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/view"
)

// others changes the list as the command line does while the window is open.
func (s *stage) others(change func(source.List) source.List) {
	s.t.Helper()
	err := s.store().List().Update(func(l source.List) (source.List, error) { return change(l), nil })
	if err != nil {
		s.t.Fatal(err)
	}
}

func names(w *Window) string {
	var all []string
	for _, e := range w.entries {
		all = append(all, e.source.Name)
	}
	return strings.Join(all, ", ")
}

// TestWhatOthersChangeIsSeen: sources that are added, renamed and removed elsewhere while
// the window is open are so in it, and stay so when it writes the list.
func TestWhatOthersChangeIsSeen(t *testing.T) {
	s := newStage(t)
	s.others(func(l source.List) source.List { return l.With(wiki()) })
	s.until("it is in the rail", func() bool { return names(s.w) == wiki().Name })
	other := source.NewSnapshot(source.KindSnapshot, "other.db", "/data/other.db", s.dir)
	s.others(func(l source.List) source.List {
		l[0].Name, l[0].Tags = "renamed", []string{"prod"}
		return append(source.List{other}, l...)
	})
	s.until("both are", func() bool { return names(s.w) == "other.db, renamed" })
	s.w.choose(s.w.entries[1])
	s.w.entries[1].source.Local.Format = "parquet"
	s.w.entries[1].remember()
	if err := s.w.keeper.wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	if l := s.kept(); len(l) != 2 || l[1].Name != "renamed" || len(l[1].Tags) != 1 || l[1].Local.Format != "parquet" {
		t.Errorf("written: %+v", l)
	}
	s.others(func(l source.List) source.List { return l.Without(wiki().ID) })
	s.until("the one in sight has left", func() bool { return names(s.w) == "other.db" && s.w.chosen == s.w.entries[0] })
	s.others(func(l source.List) source.List { return nil })
	s.until("none is left", func() bool { return len(s.w.entries) == 0 && s.sees("Connect to a server")() })
}

// TestSettingsOfOthersHold: how a source is opened is changed elsewhere; it is opened anew,
// or, while an export runs here, once that has ended.
func TestSettingsOfOthersHold(t *testing.T) {
	s := newStage(t, wiki())
	s.until("it is open", func() bool { return s.w.chosen.session != nil && s.w.chosen.session.State().Known() })
	opened := func() int {
		s.backend.mu.Lock()
		defer s.backend.mu.Unlock()
		return len(s.backend.opened)
	}
	before := opened()
	s.others(func(l source.List) source.List { l[0].Local.BaseURL = "https://new.example.com"; return l })
	s.until("it is opened anew", func() bool {
		return opened() == before+1 && s.w.chosen.session != nil && s.w.chosen.session.State().Known()
	})
	if _, err := s.engine.Start(t.Context(), pipeline.Request{}); err != nil {
		t.Fatal(err)
	}
	s.w.chosen.session.Refresh()
	s.until("an export runs", func() bool { return s.w.chosen.session.State().Job.Running() })
	s.others(func(l source.List) source.List { l[0].Local.BaseURL = "https://newer.example.com"; return l })
	s.until("it is known", func() bool { return s.w.chosen.source.Local.BaseURL == "https://newer.example.com" })
	if opened() != before+1 {
		t.Error("it was opened anew while an export ran")
	}
	s.engine.end(pipeline.Completed)
	s.until("it is opened anew", func() bool { return opened() == before+2 })
}

// TestAFormKeepsWhatOthersChange: who saves a form that was filled before others changed
// the source changes only what was typed.
func TestAFormKeepsWhatOthersChange(t *testing.T) {
	s := newStageWith(t, asServer, aServer()...)
	s.until("it is open", func() bool { return s.w.chosen != nil && s.w.chosen.session != nil })
	s.w.chosen.page.view.Choose(view.SettingsTab)
	form := s.w.chosen.page.setup.(serverSettings)
	in := form.view.Input()
	in.Tags = "prod"
	form.view.Fill(in) // somebody types
	s.others(func(l source.List) source.List { l[0].Server.Proxy = "http://proxy.example.com:3128"; return l })
	s.until("it is known", func() bool { return s.w.chosen.source.Server.Proxy != "" })
	if form.view.Input().Tags != "prod" {
		t.Error("what was typed is gone")
	}
	form.save(form.view.Input())
	s.until("it is saved", s.sees("Settings saved"))
	if err := s.w.keeper.wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	if l := s.kept(); l[0].Server.Proxy != "http://proxy.example.com:3128" || !l[0].Tagged([]string{"prod"}) {
		t.Errorf("written: %+v", l[0])
	}
	s.others(func(l source.List) source.List { l[0].Server.CAFile = "/etc/ca.pem"; return l })
	s.until("the form, in which nobody types, shows it", func() bool { return form.view.Input().CAFile == "/etc/ca.pem" })
}

// TestABrokenListIsTold: once, and what the window shows stays.
func TestABrokenListIsTold(t *testing.T) {
	s := newStage(t, wiki())
	s.until("it is open", func() bool { return s.w.chosen != nil })
	if err := s.w.keeper.wait(t.Context()); err != nil { // who writes it by hand takes no lock
		t.Fatal(err)
	}
	if err := os.WriteFile(s.store().List().Path(), []byte(`{"version": 1, "sources": [{"id": "a", "kindd": "x"}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	s.until("it is told", s.sees(`the nearest is "kind"`))
	if names(s.w) != wiki().Name {
		t.Errorf("left: %s", names(s.w))
	}
}
