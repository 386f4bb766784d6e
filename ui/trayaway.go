package ui

import (
	"time"

	"sluice/ui/texts"
)

// hostGone is how long a panel may be gone before a window that nobody could reach without it
// is shown again: panels are restarted.
const hostGone = 5 * time.Second

// trayHost is told whether a panel shows the icon. Without one the window is what is left; one
// that is only restarted is back soon.
func (w *Window) trayHost(there bool) {
	w.o.Logger.Debug("tray", "host", there)
	was := w.tray.there
	w.tray.there = there
	if off := w.tray.callOff; off != nil {
		off()
		w.tray.callOff = nil
	}
	switch {
	case there && w.tray.unsure:
		w.tray.unsure = false
		w.tellHidden()
	case !there && (was || w.tray.away):
		w.tray.callOff = w.after(w.tray.grace, w.panelLost)
	}
}

// panelLost gives up a panel that was gone for long. A window that nobody could reach without it
// is shown again, and is closed as one without an icon if it was closed meanwhile.
func (w *Window) panelLost() {
	w.tray.callOff = nil
	if !w.tray.away {
		return
	}
	w.o.Logger.Info("the panel with the icon is gone: the window is shown again")
	unsure := w.tray.unsure
	w.reveal()
	if unsure {
		w.askToQuit()
	}
}

// keeps reports whether the program runs on when the window is closed: where a panel shows the
// icon, or did until a moment ago, and somebody wants that. Who has said nothing wants it while
// there are schedules that nobody else runs.
func (w *Window) keeps() bool {
	shown := w.tray.there || w.tray.callOff != nil
	return w.tray.icon != nil && shown && (w.prefs.Tray == keepAlways || w.prefs.Tray == keepPlans && w.runsSchedules())
}

// What is remembered of what closing the window does.
const (
	keepPlans  = "" // the program runs on while there are schedules
	keepAlways = "always"
	keepNever  = "never"
)

// closeAsked is called when somebody closes the window.
func (w *Window) closeAsked() {
	if !w.keeps() {
		w.askToQuit()
		return
	}
	w.noteSize()
	w.tray.away, w.tray.unsure = true, !w.tray.there
	w.notices.front.Store(false)
	w.window.Hide()
	w.o.Logger.Debug("tray", "away", true)
	if !w.tray.unsure {
		w.tellHidden()
	}
}

// tellHidden tells the first time that the program runs on behind its icon.
func (w *Window) tellHidden() {
	if !w.prefs.TrayTold && !w.prefs.Silent {
		w.prefs.TrayTold = true
		w.save()
		w.announce(texts.T.Tray.HiddenTitle, texts.T.Tray.HiddenText)
	}
}

// reveal brings the window to the front, from wherever it is.
func (w *Window) reveal() {
	was := w.tray.away
	w.tray.away, w.tray.unsure = false, false
	if w.o.Reveal != nil {
		w.o.Reveal()
	} else {
		w.window.Show()
		w.window.RequestFocus()
	}
	if was {
		w.o.Logger.Debug("tray", "away", false)
		w.render()
		w.drawn()
	}
}
