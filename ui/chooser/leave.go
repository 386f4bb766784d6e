package chooser

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Leavable is a window for dialogs of the toolkit that Escape leaves, wherever in them
// the keyboard is: their own fields, lists and buttons swallow the key. leave gets it;
// later runs something on the UI goroutine once what is under way there is done.
func Leavable(w fyne.Window, leave func(), later func(func())) fyne.Window {
	c := w.Canvas()
	return leavable{w, leavableCanvas{c, &leavableStack{OverlayStack: c.Overlays(), canvas: c, leave: leave, later: later,
		holders: map[fyne.CanvasObject]fyne.CanvasObject{}}}}
}

type leavable struct {
	fyne.Window
	canvas fyne.Canvas
}

func (l leavable) Canvas() fyne.Canvas { return l.canvas }

type leavableCanvas struct {
	fyne.Canvas
	overlays fyne.OverlayStack
}

func (c leavableCanvas) Overlays() fyne.OverlayStack { return c.overlays }

// leavableStack puts a leash under each dialog that is shown.
type leavableStack struct {
	fyne.OverlayStack
	canvas  fyne.Canvas
	leave   func()
	later   func(func())
	holders map[fyne.CanvasObject]fyne.CanvasObject // of dialogs that are shown
}

// Add shows a dialog.
func (s *leavableStack) Add(dialog fyne.CanvasObject) {
	l := newLeash(s)
	l.holder = container.NewStack(l, dialog) // beneath, where no click gets to it
	s.holders[dialog] = l.holder
	s.OverlayStack.Add(l.holder)
	s.canvas.Focus(l)
}

// Remove hides it.
func (s *leavableStack) Remove(dialog fyne.CanvasObject) {
	if holder, ok := s.holders[dialog]; ok {
		delete(s.holders, dialog)
		dialog = holder
	}
	s.OverlayStack.Remove(dialog)
}
