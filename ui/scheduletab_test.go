package ui

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sluice/deliver"
	"sluice/pipeline"
	"sluice/schedule"
	"sluice/schedule/runner"
	"sluice/source"
	"sluice/ui/present"
	"sluice/ui/view"
)

// counted is a work that only counts its runs.
type counted struct{ runs atomic.Int64 }

func (c *counted) Do(_ context.Context, _ runner.Task, began func(pipeline.Job)) (runner.Done, error) {
	job := pipeline.Job{ID: 40 + c.runs.Add(1), Status: pipeline.Completed}
	began(job)
	return runner.Done{Job: job}, nil
}

// scheduled is a window on the schedules of a snapshot.
func scheduled(t *testing.T, yield func() bool) (*stage, *counted) {
	t.Helper()
	work := &counted{}
	s := newStageWith(t, func(s *stage) {
		s.schedules = Schedules{Folder: s.dir, Runner: func(changed func(string)) *runner.Runner {
			return runner.New(runner.Options{Folder: s.dir, Sources: source.NewFileIn(s.dir), Work: work, Changed: changed, Yield: yield})
		}}
	}, source.NewSnapshot(source.KindSnapshot, "wiki.db", "/data/wiki.db", filepath.FromSlash("/homes")))
	s.until("it is open", s.sees("No export has run here yet"))
	s.w.chosen.page.view.Choose(view.ScheduleTab)
	s.w.chosen.render()
	return s, work
}

func (s *stage) schedule(name string) schedule.Schedule {
	s.t.Helper()
	l, err := schedule.NewFile(s.dir).Load()
	if err != nil {
		s.t.Fatal(err)
	}
	one, err := l.Named(name)
	if err != nil {
		s.t.Fatal(err)
	}
	return one
}

// TestScheduleTab adds a schedule, runs it, switches it off, changes and removes it.
func TestScheduleTab(t *testing.T) {
	s, work := scheduled(t, nil)
	s.until("nothing is scheduled", s.sees("Nothing is scheduled"))
	s.press("Add a schedule")
	times := s.field("weekdays 02:00")
	if !strings.Contains(s.says(), " 02:00\n") {
		t.Errorf("the next runs are not shown: %s", s.says())
	}
	times.SetText("every 6 hour")
	times.SetText("soon")
	s.press("Add")
	if says := s.says(); !strings.Contains(says, "does not say both days and times") || !strings.Contains(says, "Give it a name.") {
		t.Errorf("it does not say what is wrong: %s", says)
	}
	times.SetText("every 6 hours")
	s.field("nightly").SetText("often")
	s.press("Add")
	s.until("it is in the list", s.offers("Run now"))
	if one := s.schedule("often"); one.When != "every 6 hours" || one.Source != s.w.chosen.source.ID || one.Retries != 2 || one.From.IsZero() {
		t.Errorf("%+v", one)
	}
	s.press("Run now")
	s.until("its end is shown", s.sees("job 41"))
	s.press("Enabled")
	s.until("it is switched off", func() bool { return s.schedule("often").Disabled && s.sees("Disabled")() })
	s.press("Edit")
	s.field("the last 365 days").SetText("last-30-days")
	s.field("nightly").SetText("rarely")
	s.press("Save")
	s.until("it is changed", func() bool { return s.offers("Run now")() && s.sees("the last 30 days")() })
	if one := s.schedule("rarely"); one.Window != "last-30-days" || !one.Disabled || !s.sees("job 41")() {
		t.Errorf("%+v: %s", one, s.says())
	}
	s.press("Edit")
	s.press("Cancel")
	s.press("Edit")
	s.press("Remove")
	s.press("Remove")
	s.until("it is gone", s.sees("Nothing is scheduled"))
	if work.runs.Load() != 1 {
		t.Errorf("it ran %d times", work.runs.Load())
	}
}

// TestMissedIsOffered: what was missed while nothing looked is said, and made up for or
// let be.
func TestMissedIsOffered(t *testing.T) {
	s, work := scheduled(t, nil)
	files, states := schedule.NewFile(s.dir), schedule.NewStateFile(s.dir)
	half := fmt.Sprintf("monthly %d 02:00", (time.Now().UTC().Day()+13)%28+1) // two weeks from now: no run is due by itself
	err := files.Update(func(l schedule.List) (schedule.List, error) {
		return append(l, schedule.Schedule{Name: "nightly", Source: s.w.chosen.source.ID, When: half, Zone: "UTC", From: time.Now().AddDate(0, -2, 0)}), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s.w.schedules.runner.Reload()
	s.until("it is offered", s.offers("Run once now"))
	if work.runs.Load() != 0 {
		t.Fatal("it was run without being asked for")
	}
	s.press("Run once now")
	s.until("it has run", s.sees("job 41"))
	if s.offers("Run once now")() {
		t.Error("it is offered still")
	}
	err = states.Change("nightly", func(s *schedule.State) bool {
		s.Missed = &schedule.Missed{First: time.Now(), Last: time.Now(), Count: 1}
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	s.w.schedules.read()
	s.until("it is offered", s.offers("Do not run"))
	s.press("Do not run")
	s.until("it is let be", func() bool { return !s.offers("Do not run")() })
	if work.runs.Load() != 1 {
		t.Errorf("it ran %d times", work.runs.Load())
	}
}

// TestDaemonRunsTheSchedules: the window says who runs what is due, and runs nothing.
func TestDaemonRunsTheSchedules(t *testing.T) {
	s, _ := scheduled(t, func() bool { return true })
	release, err := runner.Guard(s.dir, `"sluice run", process 7`)
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	err = schedule.NewFile(s.dir).Update(func(l schedule.List) (schedule.List, error) {
		return append(l, schedule.Schedule{Name: "nightly", Source: s.w.chosen.source.ID, When: "every minute", Zone: "UTC", From: time.Now().AddDate(0, -2, 0)}), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s.w.schedules.read()
	s.until("it is said", s.sees(`run by "sluice run", process 7`))
	if states, err := schedule.NewStateFile(s.dir).Load(); err != nil || len(states) != 0 {
		t.Errorf("the window has run something: %+v, %v", states, err)
	}
}

// TestRedactedOnce: a schedule that would redact what a delivery redacts is refused, and the
// form says so.
func TestRedactedOnce(t *testing.T) {
	s, _ := scheduled(t, nil)
	p := s.w.chosen.page
	err := deliver.NewFile(s.dir).Update(func([]deliver.Delivery) ([]deliver.Delivery, error) {
		return []deliver.Delivery{{Name: "share", Source: p.e.source.ID, To: t.TempDir(), Redact: "no-people"}}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s.until("nothing is scheduled", s.sees("Nothing is scheduled"))
	s.press("Add a schedule")
	in := present.NewSchedule("UTC")
	in.Name, in.Redact = "nightly", "gdpr"
	p.plans.save(in)
	s.until("it is refused", s.sees("both redact"))
	in.Redact = ""
	p.plans.save(in)
	s.until("it is kept without", s.sees("Run now"))
	if s.schedule("nightly").Redact != "" {
		t.Error("it redacts")
	}
}
