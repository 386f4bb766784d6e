package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
)

// Frame is the whole window: the rail and what belongs to the chosen source, or
// the first-start page alone.
type Frame struct {
	Object  fyne.CanvasObject
	rail    fyne.CanvasObject
	content *fyne.Container
}

// NewFrame returns a frame around a rail.
func NewFrame(rail fyne.CanvasObject) *Frame {
	f := &Frame{rail: rail, content: container.NewStack()}
	f.Object = look.NewPanes(1, rail, f.content)
	return f
}

// Show puts a page into the frame, with or without the rail.
func (f *Frame) Show(page fyne.CanvasObject, withRail bool) {
	visible(f.rail, withRail)
	f.content.Objects = []fyne.CanvasObject{page}
	f.content.Refresh()
	f.Object.Refresh()
}
