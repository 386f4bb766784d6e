package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"sluice/ui/keymap"
	"sluice/ui/texts"
)

// Pressable is what everything that can be clicked has in common: the pointer
// over it, the keyboard's focus on it, space and return as a click, and being
// disabled. Widgets embed it and draw the states.
type Pressable struct {
	widget.BaseWidget
	OnTapped func()

	hovered, focused, disabled bool
}

var (
	_ fyne.Focusable     = (*Pressable)(nil)
	_ fyne.Disableable   = (*Pressable)(nil)
	_ desktop.Hoverable  = (*Pressable)(nil)
	_ desktop.Cursorable = (*Pressable)(nil)
)

// Tapped runs OnTapped unless the widget is disabled.
func (p *Pressable) Tapped(*fyne.PointEvent) {
	if !p.disabled && p.OnTapped != nil {
		p.OnTapped()
	}
}

// Hovered reports whether the pointer is over the widget and it is enabled.
func (p *Pressable) Hovered() bool { return p.hovered && !p.disabled }

// Focused reports whether the keyboard's focus is on the widget.
func (p *Pressable) Focused() bool { return p.focused }

// MouseIn implements desktop.Hoverable.
func (p *Pressable) MouseIn(*desktop.MouseEvent) { p.hovered = true; p.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (p *Pressable) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (p *Pressable) MouseOut() { p.hovered = false; p.Refresh() }

// FocusGained implements fyne.Focusable.
func (p *Pressable) FocusGained() {
	p.focused = true
	p.Refresh()
	if o := p.widget(); o != nil {
		Reveal(o)
	}
}

// widget is what embeds the Pressable and has the keyboard; nil if nothing has.
func (p *Pressable) widget() fyne.CanvasObject {
	c, ok := p.self()
	if !ok {
		return nil
	}
	o, _ := c.Focused().(fyne.CanvasObject)
	return o
}

// FocusLost implements fyne.Focusable.
func (p *Pressable) FocusLost() { p.focused = false; p.Refresh() }

// TypedRune implements fyne.Focusable.
func (p *Pressable) TypedRune(rune) {}

// ControlKeys is what keys do to whatever can be clicked.
func ControlKeys() keymap.Map[*Pressable] {
	return keymap.Map[*Pressable]{{Strokes: keymap.Keys(fyne.KeyReturn, fyne.KeySpace), Does: texts.T.Keys.Press,
		Do: func(p *Pressable, _ keymap.Stroke) { p.Tapped(nil) }}}
}

// TypedKey makes space and return a click; other keys are for the window.
func (p *Pressable) TypedKey(e *fyne.KeyEvent) {
	if ControlKeys().Run(p, keymap.Typed(e)) {
		return
	}
	if o, ok := p.self(); ok {
		if typed := o.OnTypedKey(); typed != nil {
			typed(e)
		}
	}
}

// self is the canvas that the widget is on.
func (p *Pressable) self() (fyne.Canvas, bool) {
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		if f, ok := w.Canvas().Focused().(interface{ pressable() *Pressable }); ok && f.pressable() == p {
			return w.Canvas(), true
		}
	}
	return nil, false
}

func (p *Pressable) pressable() *Pressable { return p }

// Enable implements fyne.Disableable.
func (p *Pressable) Enable() { p.setDisabled(false) }

// Disable implements fyne.Disableable.
func (p *Pressable) Disable() { p.setDisabled(true) }

// Disabled implements fyne.Disableable.
func (p *Pressable) Disabled() bool { return p.disabled }

// SetEnabled enables or disables.
func (p *Pressable) SetEnabled(on bool) { p.setDisabled(!on) }

func (p *Pressable) setDisabled(d bool) {
	if p.disabled != d {
		p.disabled = d
		p.Refresh()
	}
}

// Cursor is a hand over what can be clicked.
func (p *Pressable) Cursor() desktop.Cursor {
	if p.disabled {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}
