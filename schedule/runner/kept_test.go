package runner

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"sluice/schedule"
)

// TestStatesThatCannotBeWritten: nothing is run of which nobody would know, and that is no secret;
// it ends by itself.
func TestStatesThatCannotBeWritten(t *testing.T) {
	s := nightly("daily 02:00")
	s.Missed = schedule.Run
	b := newBench(t, "UTC", "2026-03-01 01:59", s)
	b.settled()
	told := 0
	b.o.Changed = func(string) { told++ }
	lock := b.states.Path() + ".lock"
	if err := errors.Join(os.RemoveAll(lock), os.Mkdir(lock, 0o700)); err != nil {
		t.Fatal(err)
	}
	b.clock.Advance(2 * time.Minute)
	b.settled()
	if err := b.Trouble(); err == nil || !strings.Contains(err.Error(), "its state cannot be written") || len(b.tasks) > 0 || told != 1 {
		t.Errorf("%v, %d runs, told %d times", err, len(b.tasks), told)
	}
	if _, err := b.Now(t.Context(), "nightly"); err == nil || strings.Contains(err.Error(), "another process") {
		t.Errorf("at once: %v", err)
	}
	b.clock.Advance(2 * time.Minute)
	list, err := b.files.Load()
	if err != nil {
		t.Fatal(err)
	}
	plan, err := list[0].Plan()
	if err != nil {
		t.Fatal(err)
	}
	if since := plan.Waits(b.state("nightly"), b.clock.Now()); since.Format("15:04") != "02:00" {
		t.Errorf("it waits since %s", since)
	}
	if err := os.Remove(lock); err != nil {
		t.Fatal(err)
	}
	b.settled()
	if err := b.Trouble(); err != nil || len(b.tasks) != 1 || !plan.Waits(b.state("nightly"), b.clock.Now()).IsZero() {
		t.Errorf("%v, %d runs", err, len(b.tasks))
	}
}
