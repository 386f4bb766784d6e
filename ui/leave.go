package ui

import (
	"fyne.io/fyne/v2"

	"sluice/ui/look"
	"sluice/ui/view"
)

// leave closes what is open, one thing at a time and the innermost first: what lies
// above the window, what is open in the page, a page that was opened from another, and last
// it takes the keyboard from the control that has it; from a field first, as somebody types
// in it. In sight of a table that gets it. Leaving never cancels a job.
func (w *Window) leave() {
	if w.closeTop() || w.leaveFiles() || w.leaveComparison() {
		return
	}
	if p, ok := w.previewInSight(); ok && p.Footer() != "" {
		p.Focus()
		return
	}
	_, typing := w.window.Canvas().Focused().(*look.Field)
	w.window.Canvas().Unfocus()
	if !typing && w.escape.from != nil && w.frame.Shows(w.escape.from) {
		w.escape.back()
	}
}

// wayOut is where Escape leads from a page.
type wayOut struct {
	from fyne.CanvasObject
	back func()
}

// closeTop closes the topmost of what lies above the window, and reports whether
// there was anything.
func (w *Window) closeTop() bool {
	overlays := w.window.Canvas().Overlays()
	top := overlays.Top()
	switch {
	case top == nil:
		return false
	case w.popped != nil && top == w.poppedOn:
		w.unpop()
	case w.file != nil && top == w.fileOn:
		w.closeFile()
	default: // a calendar, a list, a menu; or a question of the toolkit, which knows no such way out
		if t, ok := top.(fyne.Tappable); ok {
			t.Tapped(&fyne.PointEvent{})
		}
		if overlays.Top() == top {
			overlays.Remove(top)
		}
	}
	return true
}

// leaveFiles closes what is open around the files in sight, and reports whether
// there was anything.
func (w *Window) leaveFiles() bool {
	p, ok := w.previewInSight()
	if !ok {
		return false
	}
	if p.Leave() {
		return true
	}
	if w.chosen == nil || w.chosen.page == nil || w.chosen.page.view.Tab() != view.FilesTab {
		return false
	}
	return w.chosen.page.files.sums.leave()
}

// leaveComparison closes the comparison of two jobs, if it is in sight, and reports
// whether it was.
func (w *Window) leaveComparison() bool {
	if w.chosen == nil || w.chosen.page == nil || w.chosen.page.view.Tab() != view.HistoryTab {
		return false
	}
	return w.chosen.page.jobs.compare.leave()
}

// regions are the parts of the window that F6 goes between: the sources, the tabs,
// and the page.
func (w *Window) regions() []fyne.CanvasObject {
	list := []fyne.CanvasObject{w.rail.Object}
	if v := w.tabbed(); v != nil {
		return append(list, v.Tabs(), v.Body())
	}
	return append(list, w.frame.Page())
}

// unfocusHidden takes the keyboard from a control that another page or tab has taken the place
// of: a key would press what nobody sees.
func (w *Window) unfocusHidden() {
	c := w.window.Canvas()
	if c.Overlays().Top() != nil {
		return // what lies above the window has the keyboard, drawn already or not
	}
	o, ok := c.Focused().(fyne.CanvasObject)
	if ok && fyne.CurrentApp().Driver().AbsolutePositionForObject(o).IsZero() {
		c.Unfocus()
	}
}

// nextRegion gives the keyboard to the next part of the window, or to the one
// before. A part without anything that takes the keyboard is left out.
func (w *Window) nextRegion(forward bool) {
	regions := w.regions()
	at := -1
	for i, r := range regions {
		if holds(r, w.window.Canvas().Focused()) {
			at = i
		}
	}
	step := 1
	if !forward {
		step = -1
		at = max(at, 0)
	}
	for range regions {
		at = (at + step + len(regions)) % len(regions)
		if w.enter(regions[at]) {
			return
		}
	}
}

// enter gives the keyboard to a part of the window: to what is chosen in it, else to
// its first control.
func (w *Window) enter(region fyne.CanvasObject) bool {
	if !region.Visible() {
		return false
	}
	c := w.window.Canvas()
	switch {
	case region == w.rail.Object && w.rail.Focus(c):
		return true
	case w.tabbed() != nil && region == w.tabbed().Tabs():
		w.tabbed().FocusTab(c)
		return true
	}
	if p, ok := w.previewInSight(); ok && region != w.rail.Object && p.Footer() != "" {
		p.Focus()
		return true
	}
	first := firstIn(region)
	if first == nil {
		return false
	}
	c.Focus(first)
	return true
}

// firstIn is the first control of an object that takes the keyboard, nil if none
// does.
func firstIn(o fyne.CanvasObject) (first fyne.Focusable) {
	look.Walk(o, func(part fyne.CanvasObject) bool {
		d, ok := part.(fyne.Disableable)
		if f, focusable := part.(fyne.Focusable); focusable && !(ok && d.Disabled()) {
			first = f
		}
		return first == nil
	})
	return first
}

// holds reports whether a control is a part of an object.
func holds(o fyne.CanvasObject, control fyne.Focusable) bool {
	found := false
	look.Walk(o, func(part fyne.CanvasObject) bool {
		f, ok := part.(fyne.Focusable)
		found = found || ok && control != nil && f == control
		return !found
	})
	return found
}

// scrollPage scrolls what is in sight by most of its height: the panel above the
// window, else the page.
func (w *Window) scrollPage(down bool) {
	of := w.frame.Page()
	if w.covered() {
		if w.popped == nil || w.window.Canvas().Overlays().Top() != w.poppedOn {
			return
		}
		of = w.popped.Content
	}
	look.ScrollPage(of, down)
}
