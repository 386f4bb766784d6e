package ui

import (
	"testing"

	"sluice/deliver"
	"sluice/schedule"
	"sluice/source"
)

// TestWhatNoFieldTellsStays: what the command line has set, and the form does not show, is there
// after it was saved.
func TestWhatNoFieldTellsStays(t *testing.T) {
	s := newStage(t, source.NewServer("Wiki", source.Server{URL: "https://wiki.example.com", SSHKey: "/k", SSHPassphrase: "/secrets/passphrase", Product: "confluence"}))
	p := newServerPanel(s.w, s.w.entries[0])
	in := p.view.Input()
	if got := p.described(in, "https://wiki.example.com").Server; got != s.w.entries[0].source.Server {
		t.Errorf("%+v", got)
	}
	in.SSHKey = "/other"
	if got := p.described(in, "https://new.example.com").Server; got.SSHPassphrase != "" || got.Product != "" {
		t.Errorf("of another key, at another address: %+v", got)
	}
}

// TestWhatUsesAServerFollowsIt to another address.
func TestWhatUsesAServerFollowsIt(t *testing.T) {
	s := newStage(t, source.NewServer("Wiki", source.Server{URL: "https://old.example.com"}))
	s.w.o.Settings = s.dir
	old, next := s.w.entries[0].source, source.NewServer("Wiki", source.Server{URL: "https://new.example.com"})
	s.used(old.ID)
	newServerPanel(s.w, s.w.entries[0]).saved(next, true, nil)
	s.until("they follow", func() bool {
		schedules, deliveries, err := schedule.Uses(s.dir, next.ID)
		return err == nil && len(schedules) == 1 && len(deliveries) == 1
	})
}

// used has a schedule and a delivery for a source.
func (s *stage) used(source string) {
	s.t.Helper()
	err := schedule.NewFile(s.dir).Update(func(schedule.List) (schedule.List, error) {
		return schedule.List{{Name: "nightly", Source: source, When: "daily 02:00"}}, nil
	})
	if err == nil {
		err = deliver.NewFile(s.dir).Update(func([]deliver.Delivery) ([]deliver.Delivery, error) {
			return []deliver.Delivery{{Name: "share", Source: source, To: "/x"}}, nil
		})
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// TestRemovingSaysWhatDependsOnIt before a source is removed.
func TestRemovingSaysWhatDependsOnIt(t *testing.T) {
	s := newStage(t, source.NewServer("Wiki", source.Server{URL: "https://wiki.example.com"}))
	s.w.o.Settings = s.dir
	s.used(s.w.entries[0].source.ID)
	s.w.chosen.page.askToRemove()
	for _, said := range []string{"1 schedule cannot run any more without it: nightly.", "1 delivery brings nothing any more without it: share."} {
		s.until(said, s.sees(said))
	}
}
