package grid

import "time"

// wheel gathers the turns of the mouse wheel. A fast wheel sends more events than
// frames can be drawn, and the toolkit handles all of them before the next frame;
// so at most one step is made in every interval, by all that was turned in it.
type wheel struct {
	every    time.Duration
	dispatch func(func())
	apply    func(dx, dy float64)
	now      func() time.Time

	dx, dy  float64
	last    time.Time
	waiting bool
}

// turn adds a turn, on the UI goroutine.
func (w *wheel) turn(dx, dy float64) {
	w.dx, w.dy = w.dx+dx, w.dy+dy
	if w.waiting {
		return
	}
	if wait := w.every - w.now().Sub(w.last); wait > 0 {
		w.waiting = true
		time.AfterFunc(wait, func() { w.dispatch(w.flush) })
		return
	}
	w.flush()
}

func (w *wheel) flush() {
	w.waiting, w.last = false, w.now()
	dx, dy := w.dx, w.dy
	w.dx, w.dy = 0, 0
	w.apply(dx, dy)
}
