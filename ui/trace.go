package ui

import (
	"fmt"

	"fyne.io/fyne/v2"

	"sluice/ui/look"
)

// tracer writes to the log where buttons are, for scripts that click.
type tracer struct {
	w     *Window
	parts []tracedPart
	rows  string // what the preview says it shows
}

type tracedPart struct {
	object fyne.CanvasObject
	text   func() string
	said   string
}

// startTrace makes every button that is drawn from now on known to the trace.
func (w *Window) startTrace() {
	w.trace = &tracer{w: w}
	look.Created = func(o fyne.CanvasObject, text func() string) {
		w.trace.parts = append(w.trace.parts, tracedPart{object: o, text: text})
	}
}

// tell logs the middle of each button that has moved since it was told last, or
// that none has.
func (t *tracer) tell() {
	steady := true
	driver := fyne.CurrentApp().Driver()
	for i := range t.parts {
		p := &t.parts[i]
		at := driver.AbsolutePositionForObject(p.object)
		size := p.object.Size()
		said := ""
		if !at.IsZero() && p.object.Visible() {
			said = fmt.Sprintf("%.0f,%.0f", at.X+size.Width/2, at.Y+size.Height/2)
			if d, ok := p.object.(fyne.Disableable); ok && d.Disabled() {
				said += " disabled"
			}
		}
		if key := p.text() + " " + said; key != p.said {
			p.said, steady = key, false
			t.w.o.Logger.Debug("target", "id", i, "text", p.text(), "at", said)
		}
	}
	if steady {
		t.w.o.Logger.Debug("steady")
	}
	if p, ok := t.w.previewInSight(); ok && p.Footer() != t.rows {
		t.rows = p.Footer()
		t.w.o.Logger.Debug("preview", "rows", t.rows)
	}
}
