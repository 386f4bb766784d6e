package ui

import (
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"sluice/ui/look"
)

// tracer writes to the log where buttons are and what the preview shows, for
// scripts that click and type.
type tracer struct {
	w     *Window
	parts []tracedPart
	focus string // what has the keyboard
	on    fyne.Focusable
	rows  string        // what the preview says it shows
	cells string        // what its table shows
	steps int           // in the table, by keyboard
	worst time.Duration // of these steps
	stall stall
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
	go w.trace.stall.watch(w)
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
	t.tellFocus()
	t.tellPreview()
}

// tellFocus logs what has the keyboard, when that has changed, be it to another that says the
// same: what it says, of a field also what is typed in, unless that is a secret, or its kind.
func (t *tracer) tellFocus() {
	focused := t.w.window.Canvas().Focused()
	says := fmt.Sprintf("%T", focused)
	switch o := focused.(type) {
	case *look.Field:
		says = "field " + o.PlaceHolder
		if !o.Secret() {
			says += "=" + o.Text
		}
		if o.Wrong() {
			says += " (wrong)"
		}
	case interface{ Text() string }:
		says = o.Text()
	}
	if says != t.focus || focused != t.on {
		t.focus, t.on = says, focused
		t.w.o.Logger.Debug("focus", "on", says)
	}
}

// stepped takes note of a step in the table of a preview.
func (t *tracer) stepped(took time.Duration) {
	t.steps++
	t.worst = max(t.worst, took)
}

// tellPreview logs what the preview shows, the steps so far and the longest of
// them, and how long the UI goroutine let others wait since it was told last.
func (t *tracer) tellPreview() {
	p, ok := t.w.previewInSight()
	if !ok {
		return
	}
	cells := strings.Join(p.Texts(), "|")
	if p.Footer() == t.rows && cells == t.cells {
		return
	}
	t.rows, t.cells = p.Footer(), cells
	t.w.o.Logger.Debug("preview", "rows", t.rows, "cells", t.cells, "steps", t.steps,
		"worst", t.worst.Round(10*time.Microsecond).String(), "stall", take(&t.stall.longest).Round(time.Millisecond).String(), "busy", take(&t.stall.busiest).Round(100*time.Microsecond).String())
}

// stall measures how long a function that is handed to the UI goroutine waits for it:
// its frame and whatever keeps it busy, and what else the machine does. How much of the
// processor the goroutine has used between two such functions tells the same of a busy
// machine; it is the drawing of a frame at most, and a function beside it.
type stall struct{ longest, busiest atomic.Int64 }

const askEvery = 5 * time.Millisecond

// watch asks the UI goroutine again and again until the window is closed.
func (s *stall) watch(w *Window) {
	used, _ := threadTime()
	w.every(askEvery, func(asked time.Time) {
		s.longest.Store(max(s.longest.Load(), int64(time.Since(asked))))
		if now, ok := threadTime(); ok {
			s.busiest.Store(max(s.busiest.Load(), int64(now-used)))
			used = now
		}
	})
}

// take returns the largest figure since it was asked last.
func take(figure *atomic.Int64) time.Duration { return time.Duration(figure.Swap(0)) }
