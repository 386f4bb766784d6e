package ui

import (
	"context"
	"sync"
	"testing"
	"time"

	"sluice/deliver"
	"sluice/pipeline"
	"sluice/retention"
	"sluice/ui/view"
)

// pruned is an engine with a home of three exports.
type pruned struct {
	*fakeEngine
	lock    sync.Mutex
	kept    retention.Settings
	removed []int64
}

func (p *pruned) held() []retention.Export {
	var list []retention.Export
	for id := int64(3); id > 0; id-- {
		list = append(list, retention.Export{Job: pipeline.Job{ID: id, Status: pipeline.Completed}, Folder: "/exports/" + string(rune('0'+id)), Bytes: 2_000_000, Complete: true, Ended: time.Now().Add(-time.Hour)})
	}
	return list
}

func (p *pruned) Prune(_ context.Context, policy retention.Policy, dry bool, spared ...string) ([]retention.Choice, error) {
	p.lock.Lock()
	defer p.lock.Unlock()
	choices := policy.Choose(p.held(), time.Now())
	retention.Spare(choices, spared)
	for _, c := range choices {
		if c.Reason.Goes() && !dry {
			p.removed = append(p.removed, c.Job.ID)
		}
	}
	return choices, nil
}

func (p *pruned) RemoveFiles(_ context.Context, id int64, dry bool, spared ...string) (retention.Choice, error) {
	p.lock.Lock()
	defer p.lock.Unlock()
	choices := []retention.Choice{{Export: p.held()[0], Reason: retention.ReasonAsked}}
	retention.Spare(choices, spared)
	if !dry && choices[0].Reason.Goes() {
		p.removed = append(p.removed, id)
	}
	return choices[0], nil
}

func (p *pruned) Kept(context.Context) (retention.Settings, error) { return p.kept, nil }

func (p *pruned) SetKept(_ context.Context, s retention.Settings) error {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.kept = s
	return nil
}

// TestPruneInTheWindow: what goes is shown with its reason before anything does; what a delivery
// owes is spared; what is typed is checked, and goes by what was seen.
func TestPruneInTheWindow(t *testing.T) {
	s, _ := carried(t)
	engine := &pruned{fakeEngine: s.engine, kept: retention.Settings{Keep: 1}}
	s.w.chosen.engine = engine
	if _, err := deliver.NewOwedFile(s.dir).Add("share", "/exports/1"); err != nil {
		t.Fatal(err)
	}
	s.w.chosen.page.view.Choose(view.HistoryTab)
	s.w.chosen.render()
	s.press("Prune…")
	s.until("it says what goes", s.sees("1 export goes, 2.0 MB; 4.0 MB stay."))
	for _, says := range []string{"enough newer ones are kept", "a delivery has to bring it yet", "the newest complete export"} {
		if !s.sees(says)() {
			t.Errorf("it does not say %q: %s", says, s.says())
		}
	}
	s.w.leave() // the field
	if s.w.leave(); s.w.chosen == nil {
		t.Fatal("Escape does not leave the page")
	}
	s.press("Prune…")
	s.until("it says again what goes", s.sees("1 export goes, 2.0 MB; 4.0 MB stay."))
	keep := s.field("no bound")
	keep.SetText("none")
	s.press("Save")
	if !s.sees("Write a whole number")() || s.offers("Prune now…")() {
		t.Errorf("what is wrong is not said, or pruned by: %s", s.says())
	}
	keep.SetText("2")
	if s.offers("Prune now…")() {
		t.Error("it can be pruned by bounds whose victims nobody has seen")
	}
	s.press("Preview")
	s.until("nothing goes", s.sees("Nothing goes by these bounds"))
	keep.SetText("1")
	s.press("Save")
	s.until("it is kept", s.sees("1 export goes"))
	s.press("Prune now…")
	if len(engine.removed) > 0 {
		t.Fatal("it did not ask")
	}
	s.press("Remove the files of 1 export")
	s.until("it is done", s.sees("Removed the files of 1 export: 2.0 MB. 4.0 MB are kept."))
	if len(engine.removed) != 1 || engine.removed[0] != 2 || engine.kept.Keep != 1 {
		t.Errorf("%+v", engine)
	}
}

// TestFilesOfAJobAreDeleted: after a question that says how much goes, and not while a delivery
// has to bring them.
func TestFilesOfAJobAreDeleted(t *testing.T) {
	s, _ := carried(t)
	engine := &pruned{fakeEngine: s.engine}
	s.w.chosen.engine = engine
	items := s.w.chosen.page.jobs.menuItems(1)
	last := items[len(items)-1]
	if last.Label != "Delete files…" {
		t.Fatalf("the menu ends with %q", last.Label)
	}
	owed := deliver.NewOwedFile(s.dir)
	if _, err := owed.Add("share", "/exports/3"); err != nil {
		t.Fatal(err)
	}
	last.Action()
	s.until("what is owed is no question", s.sees("delivery has to bring it yet"))
	if err := owed.Forget("share"); err != nil {
		t.Fatal(err)
	}
	last.Action()
	s.until("it asks", s.sees("2.0 MB go."))
	if !s.sees("It is the newest complete export")() || len(engine.removed) > 0 {
		t.Errorf("%s", s.says())
	}
	s.press("Delete the files of job 1")
	s.until("it is done", func() bool { engine.lock.Lock(); defer engine.lock.Unlock(); return len(engine.removed) == 1 })
	s.w.chosen.page.view.Choose(view.HistoryTab)
	s.until("the history says so", func() bool { s.w.chosen.render(); return s.sees("The files of job 1 were removed: 2.0 MB.")() })
}
