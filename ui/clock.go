package ui

import (
	"time"

	"sluice/ui/present"
)

// clock has the window drawn anew when something that it shows has grown older. It
// belongs to the UI goroutine.
type clock struct {
	timer *time.Timer // nil: nothing is drawn by time
	due   time.Time
	// missed is set when something has changed that was not drawn, because the
	// window was hidden.
	missed bool
	last   time.Time   // something was drawn
	news   *time.Timer // nil: no news waits to be drawn
	told   time.Time   // when it will be drawn
}

// gather has news of a source drawn together with what else comes within a moment:
// the answer to a start comes with the first state and the first progress of the
// job, its end with the history and the files. Whatever is drawn costs a frame of
// the whole window, so that news of a job that just goes on is drawn once in a tick.
func (w *Window) gather(e *entry, goesOn bool) {
	if w.o.Gather == 0 {
		e.drawNews()
		return
	}
	due := time.Now().Add(w.o.Gather)
	if next := w.clock.last.Add(w.o.Tick); goesOn && next.After(due) {
		due = next
	}
	if w.clock.news != nil {
		if !due.Before(w.clock.told) {
			return
		}
		w.clock.news.Stop()
	}
	w.clock.told = due
	w.clock.news = time.AfterFunc(time.Until(due), func() { w.later(w.gathered) })
}

// gathered draws all news that has come, unless it was drawn meanwhile.
func (w *Window) gathered() {
	if w.clock.news == nil {
		return
	}
	w.clock.news = nil
	if w.unseen() {
		w.renderUnseen()
		return
	}
	w.render()
	w.drawn()
}

// plan has the window drawn again as soon as a figure that it shows may have
// changed. What is planned for sooner stays.
func (w *Window) plan() {
	due := time.Now().Add(w.pace())
	if w.clock.timer != nil {
		if !due.Before(w.clock.due) {
			return
		}
		w.clock.timer.Stop()
	}
	w.clock.due = due
	w.clock.timer = time.AfterFunc(time.Until(due), func() { w.later(w.tick) })
}

// drawn plans anew after everything that ages was drawn.
func (w *Window) drawn() {
	if w.clock.timer != nil {
		w.clock.timer.Stop()
		w.clock.timer = nil
	}
	if w.clock.news != nil {
		w.clock.news.Stop()
		w.clock.news = nil
	}
	w.clock.missed, w.clock.last = false, time.Now()
	w.plan()
}

// tick redraws ages and elapsed times.
func (w *Window) tick() {
	w.clock.timer = nil
	if w.hidden() {
		w.renderUnseen()
		w.plan()
	} else {
		w.render()
		w.drawn()
	}
	if w.trace != nil {
		w.trace.tell()
	}
}

// hidden reports whether nobody can see the window: then only its title and its icon in the
// panel are kept true, and what has changed is drawn once it is seen again.
func (w *Window) hidden() bool { return w.tray.away || w.o.Hidden != nil && w.o.Hidden() }

// unseen is asked before something is drawn: it reports whether the window is hidden,
// and then has it drawn when it is seen again.
func (w *Window) unseen() bool {
	if !w.hidden() {
		return false
	}
	w.clock.missed = true
	w.plan()
	return true
}

// slowTicks is how many ticks there are from one drawing to the next where nothing
// on the screen counts seconds.
const slowTicks = 30

// pace is how long what is shown stays true.
func (w *Window) pace() time.Duration {
	if w.trace != nil || w.clock.missed && !w.tray.away { // a script wants to know where things are; somebody may look again
		return w.o.Tick
	}
	slow := slowTicks * w.o.Tick
	for _, e := range w.entries {
		switch {
		case w.tray.away: // the icon tells no seconds
		case e.takingNow() && e == w.chosen:
			return w.o.Tick
		case e.session == nil || !present.CountsSeconds(e.inputs(), e == w.chosen):
		case e.session.Sampling(): // each sample is drawn, and the seconds with it
			slow = min(slow, 2*w.o.Tick)
		default:
			return w.o.Tick
		}
	}
	return slow
}
