package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
)

// Frame is the whole window: the rail and what belongs to the chosen source, or
// the first-start page alone. The Tab key goes through the page first, and then
// through the rail at its left: many sources are no obstacle on the way to it.
type Frame struct {
	Object  fyne.CanvasObject
	rail    fyne.CanvasObject
	content *fyne.Container
	foot    *fyne.Container
	OnShow  func() // something else is in sight than before

	wish  RailWish
	width float32 // of the window
	tight bool    // there is no room for more of the rail than its icons
}

// NewFrame returns a frame around a rail.
func NewFrame(rail fyne.CanvasObject) *Frame {
	f := &Frame{rail: rail, content: container.NewStack()}
	f.foot = container.NewStack()
	f.foot.Hide()
	f.Object = look.NewFooted(container.New(pageAndRail{f}, f.content, rail), f.foot)
	return f
}

// SetFoot shows something below the page and the rail, as wide as the window; nil: nothing.
func (f *Frame) SetFoot(o fyne.CanvasObject) {
	f.foot.Objects = nil
	if o != nil {
		f.foot.Objects = []fyne.CanvasObject{o}
	}
	visible(f.foot, o != nil)
	f.Object.Refresh()
	f.told()
}

func (f *Frame) told() {
	if f.OnShow != nil {
		f.OnShow()
	}
}

// Relayout gives the foot the height that it needs now.
func (f *Frame) Relayout() { f.Object.Refresh() }

// pageAndRail places the second object at the left, as wide as there is room, and gives the first
// the rest.
type pageAndRail struct{ frame *Frame }

func (pageAndRail) MinSize(o []fyne.CanvasObject) fyne.Size {
	size := o[0].MinSize()
	if o[1].Visible() {
		rail := o[1].MinSize()
		size = fyne.NewSize(size.Width+rail.Width, max(size.Height, rail.Height))
	}
	return size
}

func (p pageAndRail) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left := float32(0)
	if o[1].Visible() {
		left = p.frame.railWidth(size.Width, o[0].MinSize().Width)
		o[1].Move(fyne.Position{})
		o[1].Resize(fyne.NewSize(left, size.Height))
	}
	o[0].Move(fyne.NewPos(left, 0))
	o[0].Resize(fyne.NewSize(size.Width-left, size.Height))
}

// Page is what is shown beside the rail.
func (f *Frame) Page() fyne.CanvasObject { return f.content }

// Shows reports whether a page is in the frame.
func (f *Frame) Shows(page fyne.CanvasObject) bool {
	return len(f.content.Objects) > 0 && f.content.Objects[0] == page
}

// WithRail shows the rail, or leaves it out.
func (f *Frame) WithRail(on bool) {
	if on != f.rail.Visible() {
		visible(f.rail, on)
		f.Object.Refresh()
	}
}

// Show puts a page into the frame, with or without the rail.
func (f *Frame) Show(page fyne.CanvasObject, withRail bool) {
	visible(f.rail, withRail)
	f.content.Objects = []fyne.CanvasObject{page}
	f.Object.Refresh() // and the page with it
	f.told()
}
