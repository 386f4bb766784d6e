package ui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
	"sluice/schedule"
	"sluice/source"
	"sluice/ui/present"
	"sluice/ui/statusicon"
	"sluice/ui/view"
)

// panel is a made-up panel of a desktop.
type panel struct {
	o     statusicon.Options
	shown []present.Tray
}

// icon puts icons into the panel; nil without one.
func (p *panel) icon() func(context.Context, statusicon.Options) statusicon.Icon {
	if p == nil {
		return nil
	}
	return func(_ context.Context, o statusicon.Options) statusicon.Icon {
		p.o = o
		return p
	}
}

// Show implements statusicon.Icon.
func (p *panel) Show(t present.Tray) { p.shown = append(p.shown, t) }

// now is what the panel shows.
func (p *panel) now() present.Tray { return p.shown[len(p.shown)-1] }

// find is the first item of the menu, or of one that it opens, that does something.
func (p *panel) find(act present.TrayAct) (found present.TrayItem, ok bool) {
	for _, item := range p.now().Items {
		for _, i := range append(item.Items, item) {
			if i.Act == act {
				return i, true
			}
		}
	}
	return found, false
}

func (p *panel) offers(act present.TrayAct) func() bool {
	return func() bool { _, ok := p.find(act); return ok }
}

// host tells the window whether a panel shows the icon.
func (s *stage) host(there bool) {
	s.t.Helper()
	s.panel.o.Host(there)
	s.until("the host is told", func() bool { return s.w.tray.there == there })
}

// chooseInPanel chooses an item of the menu of the icon.
func (s *stage) chooseInPanel(act present.TrayAct) {
	s.t.Helper()
	item, ok := s.panel.find(act)
	if !ok {
		s.t.Fatalf("the icon does not offer %s: %+v", act, s.panel.now())
	}
	done := false
	s.panel.o.Chosen(act, item.ID)
	s.w.later(func() { done = true })
	s.until("it is chosen", func() bool { return done })
}

// onPanel is a window with an icon in a panel.
func onPanel(t *testing.T, sources ...source.Source) *stage {
	t.Helper()
	s := newStageWith(t, func(s *stage) { s.panel = &panel{} }, sources...)
	s.until("it is open", s.sees("No export has run here yet"))
	s.until("the icon tells it", s.panel.offers(present.TrayStart))
	return s
}

// TestClosingKeepsRunning: where somebody wants it and a panel shows the icon, and nowhere
// else; who has said nothing wants it while this window runs schedules.
func TestClosingKeepsRunning(t *testing.T) {
	plans := schedule.List{{Name: "nightly", Source: "x", When: "daily 02:00", Zone: "UTC"}}
	s := onPanel(t, wiki())
	for _, test := range []struct {
		pref  string
		host  bool
		plans schedule.List
		by    string
		away  bool
	}{
		{keepAlways, true, nil, "", true}, {keepAlways, false, nil, "", false}, {keepNever, true, plans, "", false},
		{keepPlans, true, nil, "", false}, {keepPlans, true, plans, "", true}, {keepPlans, true, plans, "sluice run", false}, {keepPlans, false, plans, "", false},
		{keepPlans, true, schedule.List{{Name: "n", Source: "x", When: "daily 02:00", Disabled: true}}, "", false},
	} {
		s.host(test.host)
		s.w.panelLost() // long ago
		s.w.schedules = &scheduler{w: s.w, list: test.plans, by: test.by, stop: func() {}}
		s.w.tray.runs, s.w.prefs.Tray = nil, test.pref
		s.w.closeAsked()
		if s.w.tray.away != test.away || s.w.stopped.Load() == test.away {
			t.Errorf("%+v: away %v, ended %v", test, s.w.tray.away, s.w.stopped.Load())
		}
		s.w.stopped.Store(false)
		s.w.reveal()
	}
}

// TestRunningOnBehindTheIcon: the first time it is said, nothing is drawn, the icon and the
// title stay true, and seen again the window shows what has happened.
func TestRunningOnBehindTheIcon(t *testing.T) {
	s := onPanel(t, wiki())
	told := s.told()
	s.host(true)
	s.w.prefs.Tray = keepAlways
	s.w.closeAsked()
	if len(*told) != 1 || !strings.HasPrefix((*told)[0], "Sluice runs on | The window is closed") || !strings.Contains(s.prefs(), `"trayTold": true`) {
		t.Errorf("%q is told, %s remembered", *told, s.prefs())
	}
	list := s.stain()
	s.chooseInPanel(present.TrayStart)
	s.until("the icon tells it", func() bool { return s.panel.now().State == present.TrayRunning })
	s.until("the title tells it", func() bool { return strings.Contains(s.w.title, "Started") })
	s.until("how far it is", func() bool { return s.panel.now().Percent == 40 })
	if !strings.Contains(s.w.title, "wiki.db: Started · 40 % – Sluice") {
		t.Errorf("the title is %q", s.w.title)
	}
	if got := s.w.pace(); got != slowTicks*s.w.o.Tick {
		t.Errorf("it wakes every %v", got)
	}
	before := len(s.panel.shown)
	s.w.tick()
	s.w.tick()
	if words := list.refreshed(); len(words) > 0 || len(s.panel.shown) != before {
		t.Errorf("while nobody looks it drew %v, and told the panel %d times what it knew", words, len(s.panel.shown)-before)
	}
	s.chooseInPanel(present.TrayCancel)
	s.until("it is cancelled", s.panel.offers(present.TrayStart))
	s.panel.o.Activated()
	s.until("it is seen again", func() bool { return !s.w.tray.away })
	if !s.sees("Cancelled")() {
		t.Errorf("it says %q", s.says())
	}
	s.w.closeAsked()
	if strings.Count(strings.Join(*told, ""), "Sluice runs on") != 1 {
		t.Errorf("it is told again: %q", *told)
	}
}

// TestAVanishedPanelShowsTheWindow after a while: a panel that is only restarted does not.
func TestAVanishedPanelShowsTheWindow(t *testing.T) {
	s := onPanel(t, wiki())
	s.host(true)
	s.w.prefs.Tray = keepAlways
	s.w.closeAsked()
	s.w.tray.grace = time.Hour
	s.host(false)
	off := s.w.tray.callOff
	if !s.w.tray.away || off == nil {
		t.Fatal("the window is not about to be shown")
	}
	s.host(true)
	if s.w.tray.callOff != nil || !s.w.tray.away {
		t.Error("a panel that was restarted shows the window")
	}
	s.w.tray.grace = time.Millisecond
	s.host(false)
	s.until("the window is shown", func() bool { return !s.w.tray.away })
}

// TestClosingWhileThePanelIsRestarted: the window hides, and stays so if the panel comes back. If
// it does not, the window is shown, and closed as one without an icon.
func TestClosingWhileThePanelIsRestarted(t *testing.T) {
	s := onPanel(t, wiki())
	told := s.told()
	s.w.prefs.Tray, s.w.tray.grace = keepAlways, time.Hour
	closed := func() {
		s.host(true)
		s.host(false)
		s.w.closeAsked()
		if !s.w.tray.away || s.w.stopped.Load() {
			t.Fatalf("closed while the panel is restarted: away %v, ended %v", s.w.tray.away, s.w.stopped.Load())
		}
	}
	closed()
	if len(*told) != 0 {
		t.Errorf("it is told before the panel is back: %q", *told)
	}
	s.host(true)
	if !s.w.tray.away || s.w.tray.callOff != nil || len(*told) != 1 {
		t.Errorf("the panel is back: away %v, %q is told", s.w.tray.away, *told)
	}
	s.w.reveal()
	closed()
	s.w.panelLost()
	if s.w.tray.away || !s.w.stopped.Load() {
		t.Errorf("the panel stays away: away %v, ended %v", s.w.tray.away, s.w.stopped.Load())
	}
}

// TestWhatTheMenuAsksTheWindow: what is asked about first, or has to be seen, shows the window.
func TestWhatTheMenuAsksTheWindow(t *testing.T) {
	s := onPanel(t, wiki())
	s.host(true)
	s.w.prefs.Tray = keepAlways
	e := s.w.entries[0]
	for _, test := range []struct {
		name    string
		prepare func()
		act     present.TrayAct
		sees    string
	}{
		{"a forced export", func() { e.pageOf().export.forced = true }, present.TrayStart, "Force export: may be incomplete"},
		{"a wrong date", func() { e.pageOf().export.form.Date, e.pageOf().export.preset = "soon", present.Custom }, present.TrayStart, "Start export"},
		{"all sources", func() {}, present.TrayBoard, "last success"},
		{"open", func() {}, present.TrayOpen, "New export"},
		{"to see it again", func() {}, present.TrayShow, "New export"},
	} {
		s.w.closeAsked()
		test.prepare()
		s.chooseInPanel(test.act)
		if s.w.tray.away || !s.sees(test.sees)() || len(s.engine.requests) > 0 {
			t.Errorf("%s: away %v, %d starts: %s", test.name, s.w.tray.away, len(s.engine.requests), s.says())
		}
		s.w.unpop()
		e.pageOf().export.forced = false
		e.pageOf().export.refill()
		e.pageOf().export.choose(present.Days30)
	}
	s.w.closeAsked()
	s.engine.fail(pipeline.Diagnostic{Message: "No space left"})
	told := s.told()
	s.engine.startErr = errors.New("the server answers 500")
	s.w.tray.began[e.source.ID] = true
	e.session.Start(pipeline.Request{})
	s.until("the failure is told", func() bool { return len(*told) > 0 })
	if !strings.HasPrefix((*told)[0], "wiki.db: The export could not be started | ") {
		t.Errorf("%q", *told)
	}
}

// TestQuittingStopsSchedules: who has the program run on for them is asked, in the window.
func TestQuittingStopsSchedules(t *testing.T) {
	s := onPanel(t, wiki())
	s.host(true)
	s.w.schedules = &scheduler{w: s.w, stop: func() {}, list: schedule.List{{Name: "nightly", Source: s.w.entries[0].source.ID, When: "daily 02:00", Zone: "UTC"}}}
	s.w.trayChanged()
	if !s.panel.offers(present.TrayPlan)() {
		t.Errorf("the next run is not told: %+v", s.panel.now())
	}
	s.w.closeAsked()
	s.chooseInPanel(present.TrayQuit)
	if s.w.tray.away || s.w.stopped.Load() || !s.sees("while Sluice is closed nothing runs them. The next run would be ")() {
		t.Fatalf("it does not ask: %s", s.says())
	}
	s.press("Quit: schedules stop")
	if !s.w.stopped.Load() {
		t.Error("it does not end")
	}
	s.w.stopped.Store(false)
	s.chooseInPanel(present.TrayPlan)
	if s.w.chosen.page.view.Tab() != view.ScheduleTab {
		t.Error("the schedule is not shown")
	}
	s.w.prefs.Tray = keepNever
	s.w.askToQuit()
	if !s.w.stopped.Load() {
		t.Error("who ends the program by closing the window is asked")
	}
}

// TestTraySetting: what closing the window does is a setting, where there can be an icon.
func TestTraySetting(t *testing.T) {
	s := onPanel(t, wiki())
	s.w.showSettings()
	if !s.sees("No panel here shows the icon")() {
		t.Errorf("it does not say that there is no panel: %s", s.says())
	}
	s.host(true)
	s.w.showSettings()
	s.press("Run on")
	if !strings.Contains(s.prefs(), `"tray": "always"`) || !s.sees("Sluice goes on behind its icon")() {
		t.Errorf("%s: %s", s.prefs(), s.says())
	}
}

// TestNoIcon: where there can be none, closing ends the program, and there is no choice.
func TestNoIcon(t *testing.T) {
	s := newStage(t, wiki())
	s.w.showSettings()
	if s.sees("When the window is closed")() {
		t.Error("without an icon there is a choice")
	}
	s.w.prefs.Tray = keepAlways
	s.w.closeAsked()
	if !s.w.stopped.Load() {
		t.Error("without an icon closing does not end the program")
	}
}
