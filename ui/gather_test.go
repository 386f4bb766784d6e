package ui

import (
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/present"
)

// TestNewsIsDrawnTogether: what follows from the start and from the end of a job is
// drawn once each, news of a job that goes on once in a tick, and what somebody has
// asked for at once.
func TestNewsIsDrawnTogether(t *testing.T) {
	s := newStage(t, source.NewSnapshot(source.KindSnapshot, "wiki.db", "/snapshots/wiki.db", t.TempDir()))
	s.until("it is open", s.sees("No export has run here yet"))
	s.until("the history is read", func() bool { return s.w.chosen.page.jobs.loaded })
	s.w.o.Gather = time.Hour // the test says when it is over
	e := s.w.chosen

	e.session.Start(pipeline.Request{})
	if e.session.Busy() != present.Starting || s.w.clock.news != nil {
		t.Errorf("that a start was asked for waits to be drawn")
	}
	list := s.stain()
	s.until("the title tells it", func() bool { return strings.Contains(s.w.title, "Started") })
	if words := list.refreshed(); len(words) > 0 {
		t.Errorf("the answer is drawn before what follows from it: %v", words)
	}
	if wait := time.Until(s.w.clock.told); s.w.clock.news == nil || wait > time.Hour {
		t.Errorf("the answer is drawn in %v", wait)
	}
	s.w.gathered()
	if s.w.clock.news != nil || len(list.refreshed()) == 0 {
		t.Error("it is not drawn with what has followed")
	}

	s.w.o.Gather, s.w.o.Tick = time.Minute, time.Hour
	s.w.gather(e, true)
	if wait := time.Until(s.w.clock.told); wait < 50*time.Minute {
		t.Errorf("news of a job that goes on is drawn %v after what was drawn last", wait)
	}
	s.w.gather(e, false)
	if wait := time.Until(s.w.clock.told); wait > time.Minute {
		t.Errorf("the end of a job waits %v because of the news before it", wait)
	}
	s.w.gather(e, true)
	if wait := time.Until(s.w.clock.told); wait > time.Minute {
		t.Errorf("news of a job that goes on puts its end off by %v", wait)
	}
	s.w.render()
	s.w.drawn()
	if s.w.clock.news != nil {
		t.Error("what is drawn already will be drawn again")
	}
}

// TestProgressIsDrawnWithEverySecondSample: the seconds of a job that is sampled are
// drawn with its samples, not beside them.
func TestProgressIsDrawnWithEverySecondSample(t *testing.T) {
	s := newStage(t, source.NewSnapshot(source.KindSnapshot, "wiki.db", "/snapshots/wiki.db", t.TempDir()))
	s.until("it is open", s.sees("No export has run here yet"))
	s.w.chosen.session.Start(pipeline.Request{})
	s.until("it runs", func() bool { return s.w.chosen.session.Sampling() })
	if got := s.w.pace(); got != 2*s.w.o.Tick {
		t.Errorf("the window draws every %v beside the samples", got)
	}
}
