package ui

import "sluice/ui/view"

// offerTour shows the first steps at the first start, and never again by itself.
func (w *Window) offerTour() {
	if !w.o.Tour || w.prefs.Toured || len(w.prefs.Sources) > 0 {
		return
	}
	w.showTour()
}

// showTour shows the first steps below the window.
func (w *Window) showTour() {
	t := view.NewTour()
	t.OnEnd = func() {
		w.frame.SetFoot(nil)
		w.prefs.Toured = true
		w.save()
	}
	t.OnStep = w.frame.Relayout
	w.frame.SetFoot(t.Object)
}
