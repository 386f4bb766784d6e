package chooser

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"sluice/ui/keymap"
	"sluice/ui/look"
)

// leash has the keyboard in the place of a control of the toolkit, and hands
// everything on to it but Escape. It cannot be seen.
type leash struct {
	widget.BaseWidget
	s      *leavableStack
	holder fyne.CanvasObject // what is shown above the window: the leash and the dialog
	holds  fyne.Focusable    // the control; nil: none
	moving bool              // it moves the keyboard by itself
	main   *widget.Button    // the control, if it is the main button and has the keyboard
}

var (
	_ fyne.Focusable    = (*leash)(nil)
	_ fyne.Shortcutable = (*leash)(nil)
	_ fyne.Tabbable     = (*leash)(nil)
	_ desktop.Keyable   = (*leash)(nil)
)

func newLeash(s *leavableStack) *leash {
	l := &leash{s: s}
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer draws nothing.
func (l *leash) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}

// FocusGained shows the control as the one with the keyboard.
func (l *leash) FocusGained() {
	if b, ok := l.holds.(*widget.Button); ok && b.Importance == widget.HighImportance {
		l.main, b.Importance = b, widget.MediumImportance // its text is for its own fill, and not for that of the keyboard
	}
	if l.holds != nil {
		l.holds.FocusGained()
	}
}

// FocusLost follows the keyboard to where a click has put it.
func (l *leash) FocusLost() {
	if l.main != nil {
		l.main.Importance = widget.HighImportance
		l.main = nil
	}
	if l.holds != nil {
		l.holds.FocusLost()
	}
	if !l.moving {
		l.s.later(l.follow)
	}
}

func (l *leash) follow() {
	if on := l.s.canvas.Focused(); l.s.OverlayStack.Top() == l.holder && on != fyne.Focusable(l) {
		l.take(on)
	}
}

// take takes the keyboard in the place of a control.
func (l *leash) take(control fyne.Focusable) {
	l.holds = control
	l.s.canvas.Focus(l)
}

// AcceptsTab tells that the Tab key is for the leash, which goes on from its control.
func (l *leash) AcceptsTab() bool { return true }

// tab gives the keyboard to the next control, or the one before.
func (l *leash) tab() {
	c := l.s.canvas
	step := c.FocusNext
	if keymap.Held()&fyne.KeyModifierShift != 0 {
		step = c.FocusPrevious
	}
	l.moving = true
	if l.holds != nil {
		c.Focus(l.holds)
	}
	if step(); c.Focused() == fyne.Focusable(l) {
		step()
	}
	l.moving = false
	if on := c.Focused(); on != fyne.Focusable(l) {
		l.take(on)
	}
}

// TypedKey leaves with Escape.
func (l *leash) TypedKey(e *fyne.KeyEvent) {
	switch {
	case e.Name == fyne.KeyEscape:
		l.s.leave()
	case e.Name == fyne.KeyTab:
		l.tab()
	case l.holds != nil:
		l.hand(e)
	}
}

// hand hands a key on. A button of the toolkit that is pressed takes the keyboard from
// whatever has it: it comes back to the button.
func (l *leash) hand(e *fyne.KeyEvent) {
	control := l.holds
	control.TypedKey(e)
	if l.s.OverlayStack.Top() == l.holder && l.s.canvas.Focused() == nil {
		l.take(control)
	}
}

// TypedRune implements fyne.Focusable.
func (l *leash) TypedRune(r rune) {
	if l.holds != nil {
		l.holds.TypedRune(r)
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (l *leash) TypedShortcut(s fyne.Shortcut) {
	if to, ok := l.holds.(fyne.Shortcutable); ok {
		to.TypedShortcut(s)
		return
	}
	look.ShortcutToWindow(l, s)
}

// KeyDown implements desktop.Keyable.
func (l *leash) KeyDown(e *fyne.KeyEvent) {
	if to, ok := l.holds.(desktop.Keyable); ok {
		to.KeyDown(e)
	}
}

// KeyUp implements desktop.Keyable.
func (l *leash) KeyUp(e *fyne.KeyEvent) {
	if to, ok := l.holds.(desktop.Keyable); ok {
		to.KeyUp(e)
	}
}
