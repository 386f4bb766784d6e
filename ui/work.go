package ui

import "context"

// work is something long that was asked for, whose card or list can be closed meanwhile.
type work struct {
	render func()             // draws the page anew
	shown  bool               // the card is open
	stop   context.CancelFunc // nil while nothing runs
}

// hide closes the card. What runs goes on: only its button stops it.
func (w *work) hide() {
	w.shown = false
	w.render()
}

// leave closes the card, and reports whether it was open and nothing runs.
func (w *work) leave() bool {
	if !w.shown || w.stop != nil {
		return false
	}
	w.hide()
	return true
}

// cancel stops what runs.
func (w *work) cancel() {
	if w.stop != nil {
		w.stop()
	}
}
