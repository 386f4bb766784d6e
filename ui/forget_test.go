package ui

import (
	"errors"
	"testing"

	"sluice/deliver"
	"sluice/ui/view"
)

// TestForgetWhatIsGone: a job of a server whose files are gone is said to be, and nothing offers to
// bring it; after a question it is forgotten, which is said.
func TestForgetWhatIsGone(t *testing.T) {
	s, _ := carried(t, deliver.Delivery{Name: "share", To: t.TempDir()})
	owed := deliver.NewOwedFile(s.dir)
	if err := owed.Lack("share", 12, errors.New("there is no folder 12"), true); err != nil {
		t.Fatal(err)
	}
	s.w.chosen.page.view.Choose(view.SettingsTab)
	s.press("Deliveries")
	s.until("it says what is gone", s.sees("1 job cannot be delivered, since its files are gone: job 12."))
	if s.offers("Deliver now")() {
		t.Error("it offers to bring what is gone")
	}
	s.press("Forget…")
	s.until("it asks", s.sees("Forget what is to be delivered to share?"))
	s.press("Forget")
	s.until("it is forgotten", func() bool {
		return s.sees("1 job was forgotten, and not delivered: job 12.")() && !s.offers("Forget…")()
	})
	if o, err := owed.Of("share"); err != nil || o.Count() != 0 || len(o.Forgotten) != 1 {
		t.Errorf("%+v, %v", o, err)
	}
}
