package ui

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sluice/deliver"
	"sluice/pipeline"
	"sluice/ui/view"
)

// carrier is a backend that says that it delivers.
type carrier struct {
	*fakeBackend
	mu     sync.Mutex
	made   []deliver.Delivery
	fails  map[string]error // by the place
	hold   chan struct{}    // a delivery waits for it, if it is not nil
	folder string
}

func (c *carrier) Deliver(ctx context.Context, d deliver.Delivery, from, _ string, progress func(deliver.Progress)) (deliver.Result, error) {
	progress(deliver.Progress{Stage: deliver.Converting, File: "pages_job1.csv", Bytes: 30, TotalBytes: 100})
	if c.hold != nil {
		select {
		case <-c.hold:
		case <-ctx.Done():
			return deliver.Result{}, ctx.Err()
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.made, c.folder = append(c.made, d), from
	return deliver.Result{Job: 1, Files: make([]deliver.Delivered, 5), Bytes: 3_000_000, Notes: []string{"Line breaks stand as they are."}}, c.fails[d.To]
}

func (c *carrier) ReachPlace(_ context.Context, d deliver.Delivery) (string, error) {
	return d.To, c.fails[d.To]
}

// carried is a window on a snapshot with a complete job, and deliveries.
func carried(t *testing.T, list ...deliver.Delivery) (*stage, *carrier) {
	t.Helper()
	s := newStage(t, wiki())
	return s, s.carrying(list...)
}

// carrying gives the chosen source a complete job, and deliveries.
func (s *stage) carrying(list ...deliver.Delivery) *carrier {
	s.t.Helper()
	c := &carrier{fakeBackend: s.backend, fails: map[string]error{}}
	s.w.o.Backend, s.w.o.Settings = c, s.dir
	s.engine.mu.Lock()
	now := time.Now()
	s.engine.jobs = []pipeline.Job{{ID: 1, Status: pipeline.Completed, StartTime: pipeline.At(now.Add(-time.Minute)), CompletedTime: pipeline.At(now)}}
	s.engine.mu.Unlock()
	s.until("it is open", func() bool { return s.w.chosen != nil && s.w.chosen.session != nil })
	s.w.chosen.loadPast()
	s.until("the job is known", func() bool { return len(s.w.chosen.page.jobs.jobs) == 1 })
	for i := range list {
		list[i].Source = s.w.chosen.source.ID
	}
	if err := deliver.NewFile(s.dir).Update(func([]deliver.Delivery) ([]deliver.Delivery, error) { return list, nil }); err != nil {
		s.t.Fatal(err)
	}
	return c
}

// deliverFromMenu opens the page by the menu of the job.
func (s *stage) deliverFromMenu() {
	s.t.Helper()
	for _, item := range s.w.chosen.page.jobs.menuItems(1) {
		if slices.Contains(s.read(item.Label), "Deliver…") {
			item.Action()
			return
		}
	}
	s.t.Fatal("the menu does not offer to deliver")
}

// TestDeliverByHand: a job is brought to deliveries of the list and to a new place, which is
// kept under its name; one that fails keeps none of the others from it.
func TestDeliverByHand(t *testing.T) {
	share, lake := t.TempDir(), t.TempDir()
	s, c := carried(t, deliver.Delivery{Name: "share", To: share}, deliver.Delivery{Name: "broken", To: "/mnt/none"})
	page := s.w.chosen.page
	c.fails["/mnt/none"] = errors.New("there is no folder /mnt/none: make it, or mount what belongs there")
	owed := deliver.NewOwedFile(s.dir)
	folder := page.folder(pipeline.Job{ID: 1})
	if _, err := owed.Add("share", folder); err != nil {
		t.Fatal(err)
	}
	s.deliverFromMenu()
	s.until("the places are offered", s.offers("share"))
	s.press("Deliver")
	if !s.sees("Choose a place first.")() {
		t.Errorf("it does not say what is missing: %s", s.says())
	}
	s.press("share")
	s.press("broken")
	s.press("A new place")
	s.press("Deliver")
	if !s.sees("Name a folder, or an address")() || s.sees("it is empty")() {
		t.Errorf("it does not say that the place is missing: %s", s.says())
	}
	s.field("/mnt/share").SetText(lake)
	s.field("lake").SetText("lake")
	s.press("Deliver")
	s.until("it is over", func() bool { return page.delivery.stop == nil && s.sees("Delivered: 5 files, 3.0 MB.")() })
	if says := s.says(); !strings.Contains(says, "There is no folder /mnt/none") || !strings.Contains(says, "Line breaks stand") || len(c.made) != 3 || c.folder != folder {
		t.Errorf("%d made from %s: %s", len(c.made), c.folder, says)
	}
	if left, err := owed.Of("share"); err != nil || len(left.Folders) > 0 {
		t.Errorf("what was delivered is owed still: %+v, %v", left, err)
	}
	s.until("the new place is kept", func() bool {
		list, err := deliver.NewFile(s.dir).Load()
		return err == nil && len(list) == 3 && list[2].Name == "lake" && list[2].To == lake
	})
	s.press("Back")
	s.w.chosen.page.view.Choose(view.HistoryTab)
	s.until("the history says it", s.sees("Job 1 was not delivered"))
}

// TestDeliveryIsStopped: the page can be left meanwhile, is found again, and stops.
func TestDeliveryIsStopped(t *testing.T) {
	s, c := carried(t, deliver.Delivery{Name: "share", To: filepath.Join(t.TempDir(), "x")})
	c.hold = make(chan struct{})
	page := s.w.chosen.page
	s.deliverFromMenu()
	s.until("the only place is chosen", s.offers("share"))
	s.press("Deliver")
	s.until("it says how far it is", s.sees("Converting pages_job1.csv"))
	s.press("Back")
	page.deliver(pipeline.Job{ID: 1, Status: pipeline.Completed})
	s.until("it is found again", s.offers("Stop"))
	s.press("Stop")
	s.until("it has stopped", s.sees("Stopped. A later delivery begins again."))
	if len(c.made) != 0 {
		t.Errorf("%+v", c.made)
	}
}

// TestDeliveriesOfASource: the list says what is owed and makes up for it; deliveries are
// added, tested, changed, switched off and removed.
func TestDeliveriesOfASource(t *testing.T) {
	share := t.TempDir()
	s, c := carried(t, deliver.Delivery{Name: "share", To: share, Pack: deliver.PackZstd})
	page := s.w.chosen.page
	owed := deliver.NewOwedFile(s.dir)
	if _, err := owed.Add("share", page.folder(pipeline.Job{ID: 1})); err != nil {
		t.Fatal(err)
	}
	page.view.Choose(view.SettingsTab)
	s.press("Deliveries")
	s.until("it says what is owed", s.sees("1 job is to be delivered yet."))
	if !s.sees("packed with zstd")() {
		t.Errorf("%s", s.says())
	}
	s.press("Deliver now")
	s.until("it is made up for", func() bool { return !s.offers("Deliver now")() && len(c.made) == 1 })
	s.press("Add a delivery")
	c.fails["/mnt/none"] = errors.New("nothing is mounted there")
	place := s.field("/mnt/share")
	place.SetText("/mnt/none")
	s.press("Test")
	s.until("it cannot be reached", s.sees("Nothing is mounted there."))
	place.SetText("/mnt/lake")
	s.press("Test")
	s.until("it can be reached", s.sees("/mnt/lake can be reached"))
	s.press("Save")
	if !s.sees("Give it a name.")() {
		t.Errorf("it does not ask for a name: %s", s.says())
	}
	place.SetText("s3://bucket/prefix")
	if !s.sees("Of the AWS credentials file")() {
		t.Error("storage has no fields of its own")
	}
	place.SetText(share)
	page.w.window.Canvas().Focused().(interface{ SetText(string) }).SetText("lake")
	s.press("Save")
	s.until("the same place is refused", s.sees("goes to the same place"))
	place.SetText("/mnt/lake")
	s.press("Save")
	s.until("it is in the list", s.sees("to /mnt/lake"))
	list := func() []deliver.Delivery {
		l, err := deliver.NewFile(s.dir).Load()
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	s.press("After each scheduled export")
	s.until("it is switched off", func() bool { return list()[0].Disabled })
	s.patient(time.Millisecond) // until it is shown
	s.press("Edit")
	s.press("Remove")
	s.press("Remove")
	s.until("it is gone", func() bool { l := list(); return len(l) == 1 && l[0].Name == "lake" })
}

// TestDetailsLeadOn: from the details of a job its files can be delivered.
func TestDetailsLeadOn(t *testing.T) {
	s, _ := carried(t)
	s.w.chosen.page.jobs.details(1)
	s.press("Deliver…")
	s.until("the page is open", s.sees("Deliver job 1"))
	if s.w.popped != nil {
		t.Error("the details are open still")
	}
}

// TestWhatIsDoneWithAJobIsToldApart: no two buttons of a head are drawn alike.
func TestWhatIsDoneWithAJobIsToldApart(t *testing.T) {
	s, _ := carried(t)
	s.until("it can be delivered", s.offers("Deliver…"))
	for tab := view.ExportTab; tab <= view.SettingsTab; tab++ {
		s.w.chosen.page.view.Choose(tab)
		drawn := map[string]string{}
		for _, a := range s.w.chosen.page.actions() {
			if other, same := drawn[a.Icon]; same && a.Icon != "" {
				t.Errorf("on tab %d %q is drawn as %q", tab, a.Text, other)
			}
			drawn[a.Icon] = a.Text
		}
	}
}
