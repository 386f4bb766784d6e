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
	err := schedule.NewFile(s.dir).Update(func(schedule.List) (schedule.List, error) {
		return schedule.List{{Name: "nightly", Source: old.ID, When: "daily 02:00"}}, nil
	})
	if err == nil {
		err = deliver.NewFile(s.dir).Update(func([]deliver.Delivery) ([]deliver.Delivery, error) {
			return []deliver.Delivery{{Name: "share", Source: old.ID, To: "/x"}}, nil
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	newServerPanel(s.w, s.w.entries[0]).saved(next, true, nil)
	s.until("they follow", func() bool {
		schedules, deliveries, err := schedule.Uses(s.dir, next.ID)
		return err == nil && len(schedules) == 1 && len(deliveries) == 1
	})
}
