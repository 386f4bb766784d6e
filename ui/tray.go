package ui

import (
	"reflect"
	"time"

	"sluice/ui/present"
	"sluice/ui/statusicon"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// program is the name of the desktop entry.
const program = "app.sluice.console"

// tray is the status icon of the desktop at work, and the window that runs on behind it. It
// belongs to the UI goroutine.
type tray struct {
	icon  statusicon.Icon // nil: there is none
	there bool            // a panel shows it
	away  bool            // the window is closed, and the program runs on
	shown present.Tray
	runs  []present.NextRun
	// began are the sources whose export somebody has started by the menu of the icon, while
	// it is not known whether it has begun.
	began   map[string]bool
	grace   time.Duration // how long a panel may be gone
	callOff func()        // of giving the panel up that is gone; nil: nobody is about to
	unsure  bool          // the window was closed while the panel was gone
}

// startTray puts the icon into the panel.
func (w *Window) startTray() {
	w.tray.began, w.tray.grace = map[string]bool{}, hostGone
	if w.o.StatusIcon == nil {
		return
	}
	w.tray.icon = w.o.StatusIcon(w.ctx, statusicon.Options{Name: texts.T.App.Name, Program: program, Logger: w.o.Logger,
		Activated: func() { w.later(w.reveal) },
		Chosen:    func(act present.TrayAct, id string) { w.later(func() { w.trayAct(act, id) }) },
		Host:      func(there bool) { w.later(func() { w.trayHost(there) }) },
	})
}

// renderTray shows how things stand in the panel, if that is news. It costs a frame of
// nothing, and is done while nobody sees the window, too.
func (w *Window) renderTray(members []present.Member) {
	if w.tray.icon == nil {
		return
	}
	t := present.TrayOf(members, w.board.all, w.nextRuns())
	if reflect.DeepEqual(t, w.tray.shown) {
		return
	}
	w.tray.shown = t
	w.tray.icon.Show(t)
}

// renderUnseen keeps true what tells of a window that nobody can see: its title and the icon.
func (w *Window) renderUnseen() {
	members := w.members()
	w.board.all = present.BoardOf(members, w.o.Now())
	w.renderTray(members)
	w.renderTitle()
}

// nextRuns are the next runs of all schedules, as far as they are known. They are counted
// anew once the first of them is past.
func (w *Window) nextRuns() []present.NextRun {
	if w.schedules == nil {
		return nil
	}
	if runs := w.tray.runs; runs == nil || len(runs) > 0 && !runs[0].At.After(w.o.Now()) {
		w.tray.runs = present.NextRuns(w.schedules.list, w.schedules.states, w.sourceName, w.o.Now())
	}
	return w.tray.runs
}

// runsSchedules reports whether there are schedules that nobody runs but this window.
func (w *Window) runsSchedules() bool {
	return w.schedules != nil && w.schedules.by == "" && len(w.nextRuns()) > 0
}

// trayAct does what somebody has chosen in the menu of the icon.
func (w *Window) trayAct(act present.TrayAct, id string) {
	switch act {
	case present.TrayShow:
		w.reveal()
	case present.TrayQuit:
		w.askToQuit()
	case present.TrayBoard, present.TrayMore:
		w.reveal()
		w.showBoard()
	case present.TrayPlan:
		w.revealPlan(id)
	case present.TrayOpen, present.TraySignIn, present.TrayStart, present.TrayCancel:
		if e := w.entryOf(id); e != nil {
			w.trayActOn(act, e)
		}
	}
}

// trayActOn does it with a source.
func (w *Window) trayActOn(act present.TrayAct, e *entry) {
	switch act {
	case present.TrayOpen:
		w.reveal()
		w.choose(e)
	case present.TraySignIn:
		w.reveal()
		w.enterToken(e)
	case present.TrayStart:
		w.trayStart(e)
	case present.TrayCancel:
		w.trayCancel(e)
	}
}

// revealPlan shows a schedule, with its source.
func (w *Window) revealPlan(name string) {
	w.reveal()
	s, err := w.schedules.list.Named(name)
	if err != nil {
		return
	}
	if e := w.entryOf(s.Source); e != nil {
		w.choose(e)
		e.page.view.Choose(view.ScheduleTab)
	}
}

// trayStart starts the export that the page of the source has ready. What there is to ask or
// to mend first, the window shows.
func (w *Window) trayStart(e *entry) {
	f := e.pageOf().export
	r, _, problem := f.request()
	if problem != nil || r.Forced || e.takingNow() || !e.page.redacts.usable() {
		w.reveal()
		w.choose(e)
		e.page.view.Choose(view.ExportTab)
		f.start()
		return
	}
	if e.session != nil && present.StatusOf(e.inputs()).Controls.Start {
		w.tray.began[e.source.ID] = true
		f.run(r)
	}
}

// trayCancel cancels what runs. What is asked about first, the window shows.
func (w *Window) trayCancel(e *entry) {
	p := e.pageOf()
	if _, ask := present.CancelQuestion(e.inputs()); ask || e.takingNow() {
		w.reveal()
		w.choose(e)
	}
	p.cancel()
}

// trayAnswered tells that an export was not started which somebody has asked for in the menu
// of the icon: they see no page that says so.
func (w *Window) trayAnswered(e *entry) {
	if !w.tray.began[e.source.ID] || e.session.Busy() != present.Idle {
		return
	}
	delete(w.tray.began, e.source.ID)
	if in := e.inputs(); in.Problem != nil {
		w.announce(e.source.Name+": "+texts.T.Tray.Failed, present.Sentence(in.Problem))
	}
}

// trayChanged is called when schedules were read anew.
func (w *Window) trayChanged() {
	w.tray.runs = nil
	w.renderUnseen()
}

// traySetting is the choice of what closing the window does.
func (w *Window) traySetting() view.Setting {
	t := texts.T.Tray
	s := view.Setting{Title: t.Keep, Hint: t.KeepHint}
	if !w.tray.there {
		s.Hint = t.NoHost
	}
	for _, o := range []struct{ name, keep string }{{t.KeepPlans, keepPlans}, {t.Always, keepAlways}, {t.Never, keepNever}} {
		s.Options = append(s.Options, view.Option{Name: o.name, Chosen: w.prefs.Tray == o.keep, Do: func() {
			w.prefs.Tray = o.keep
			w.save()
		}})
	}
	return s
}
