package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
	"sluice/schedule"
	"sluice/ui/present"
	"sluice/ui/texts"
)

// told makes the window tell the test in place of the desktop.
func (s *stage) told() *[]string {
	var told []string
	s.w.o.Notify = func(title, text string) { told = append(told, title+" | "+text) }
	return &told
}

// TestWhatTheDesktopIsTold: of a job that seems stuck once, and of runs of schedules that have
// failed or were missed since the window opened, whoever ran them.
func TestWhatTheDesktopIsTold(t *testing.T) {
	s, _ := scheduled(t, func() bool { return true })
	told := s.told()
	e := s.w.chosen
	stuck := pipeline.State{Stuck: true, StuckReason: "It runs three times as long as any before.", Job: pipeline.Job{ID: 7, Status: pipeline.Started, StartTime: pipeline.At(time.Now())}}
	s.w.notifyStuck(e, stuck)
	s.w.notifyStuck(e, stuck)
	if len(*told) != 1 || (*told)[0] != "wiki.db: seems stuck | It runs three times as long as any before." {
		t.Errorf("%q", *told)
	}
	at := time.Now()
	list := schedule.List{{Name: "nightly", Source: e.source.ID}, {Name: "weekly", Source: e.source.ID}}
	state := func(o schedule.Outcome, ended time.Time) schedule.State {
		return schedule.State{Last: &schedule.Result{Outcome: o, Ended: ended, Says: "why <b>it</b> & all"}}
	}
	s.w.notices.runs = nil
	s.w.notifyRuns(list, map[string]schedule.State{"nightly": state(schedule.Failed, at)}) // not known yet what was before
	s.w.knowRuns(map[string]schedule.State{"nightly": state(schedule.Failed, at)})
	s.w.notifyRuns(list, map[string]schedule.State{"nightly": state(schedule.Failed, at)})
	if len(*told) != 1 {
		t.Errorf("what was before is told: %q", *told)
	}
	for i, o := range []schedule.Outcome{schedule.Failed, schedule.WasMissed, schedule.Refused, schedule.Completed, schedule.Cancelled} {
		s.w.notifyRuns(list, map[string]schedule.State{"nightly": state(o, at.Add(time.Duration(i+1)*time.Minute))})
	}
	want := []string{"a run has failed", "a run was missed", "a run could not begin"}
	if len(*told) != 1+len(want) {
		t.Fatalf("%q", *told)
	}
	for i, w := range want {
		if got := (*told)[i+1]; got != fmt.Sprintf("wiki.db: %s | Schedule nightly. why ‹b›it‹/b› ＆ all", w) {
			t.Errorf("%q", got)
		}
	}
	job := pipeline.Job{ID: 9, Status: pipeline.Failed, StartedBy: pipeline.BySchedule("nightly"), StartTime: pipeline.At(at.Add(-time.Hour)), CompletedTime: pipeline.At(at)}
	s.w.chosen.ended(job)
	if len(*told) != 4 {
		t.Errorf("a run is told twice: %q", *told)
	}
}

// TestAMissedRunIsToldThoughItWasMadeUpFor: the run that makes up for it may have ended before
// the window reads of either.
func TestAMissedRunIsToldThoughItWasMadeUpFor(t *testing.T) {
	s, _ := scheduled(t, func() bool { return true })
	told := s.told()
	list := schedule.List{{Name: "nightly", Source: s.w.chosen.source.ID}}
	at := time.Now()
	was := schedule.State{}.With(schedule.Result{Outcome: schedule.Failed, Ended: at.Add(-time.Hour)})
	s.w.knowRuns(map[string]schedule.State{"nightly": was})
	both := was.With(schedule.Result{Outcome: schedule.WasMissed, Ended: at, Says: "nothing looked"}).
		With(schedule.Result{Outcome: schedule.Completed, Began: at, Ended: at.Add(time.Second)})
	for range 2 { // once
		s.w.notifyRuns(list, map[string]schedule.State{"nightly": both})
	}
	if want := "wiki.db: a run was missed | Schedule nightly. nothing looked"; len(*told) != 1 || (*told)[0] != want {
		t.Errorf("%q, want %q", *told, want)
	}
}

// TestRunsThatWereCompletedAreTold where somebody wants that, once and with what there is to say.
func TestRunsThatWereCompletedAreTold(t *testing.T) {
	s, _ := scheduled(t, func() bool { return true })
	told := s.told()
	list := schedule.List{{Name: "nightly", Source: s.w.chosen.source.ID}}
	s.w.knowRuns(nil)
	at := time.Now()
	ends := func() {
		at = at.Add(time.Hour)
		s.w.notifyRuns(list, map[string]schedule.State{"nightly": {Last: &schedule.Result{Outcome: schedule.Completed, Began: at.Add(-90 * time.Second), Ended: at, Job: 7, Rows: 1}}})
		s.w.chosen.ended(pipeline.Job{ID: 7, Status: pipeline.Completed, StartedBy: pipeline.BySchedule("nightly"), StartTime: pipeline.At(at.Add(-time.Minute)), CompletedTime: pipeline.At(at)})
	}
	s.w.showSettings()
	s.toggle(texts.T.Hook.NotifyRuns)
	s.w.choose(s.w.entries[0])
	ends()
	if want := "wiki.db: a run was completed | Schedule nightly. Job 7 · 1 min 30 s · 1 row"; len(*told) != 1 || (*told)[0] != want || !strings.Contains(s.prefs(), `"runs": true`) {
		t.Errorf("%q, want %q; %s", *told, want, s.prefs())
	}
	s.w.showSettings()
	s.toggle(texts.T.Hook.NotifyRuns)
	s.w.choose(s.w.entries[0])
	ends() // a job of a minute is told as every long one
	if len(*told) != 2 || !strings.HasPrefix((*told)[1], "wiki.db: Completed | ") {
		t.Errorf("%q", *told)
	}
}

// TestNobodyIsToldWhoLooks: not while the window is in front, nor when nobody wants to be told,
// which is remembered. What comes from outside hides nothing.
func TestNobodyIsToldWhoLooks(t *testing.T) {
	s := newStage(t, wiki())
	s.until("it is open", s.sees("No export has run here yet"))
	told := s.told()
	s.w.notices.front.Store(true)
	s.w.announce("wiki", "ended")
	s.w.notices.front.Store(false)
	s.w.announce("wiki\x1b[31m\n", strings.Repeat("x", 1000))
	if len(*told) != 1 || strings.ContainsAny((*told)[0], "\x1b\n") || len((*told)[0]) > 600 {
		t.Fatalf("%q", *told)
	}
	s.w.showSettings()
	s.toggle(texts.T.Hook.NotifyOn)
	s.w.announce("wiki", "ended")
	if len(*told) != 1 || !strings.Contains(s.prefs(), `"silent": true`) {
		t.Errorf("%q, %s", *told, s.prefs())
	}
	s.toggle(texts.T.Hook.NotifyOn)
	s.w.notify("wiki", pipeline.Job{ID: 3, Status: pipeline.Failed, StartTime: pipeline.At(time.Now()), CompletedTime: pipeline.At(time.Now())})
	if len(*told) != 2 || !strings.HasPrefix((*told)[1], "wiki: "+present.SignOf(pipeline.Failed).Word) {
		t.Errorf("%q", *told)
	}
}
