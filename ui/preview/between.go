package preview

import "fyne.io/fyne/v2"

// between lays an object out, the first, between one above it and one below, each as high as it
// needs to be in the width that there is: what goes on in a second line where it has no room
// is asked for its height when it knows that width.
type between struct{}

func (between) MinSize(o []fyne.CanvasObject) (m fyne.Size) {
	for _, part := range o {
		need := part.MinSize()
		m.Width = max(m.Width, need.Width)
		m.Height += need.Height
	}
	return m
}

func (between) Layout(o []fyne.CanvasObject, size fyne.Size) {
	middle, above, below := o[0], o[1], o[2]
	fit := func(part fyne.CanvasObject) float32 {
		part.Resize(fyne.NewSize(size.Width, part.MinSize().Height))
		height := part.MinSize().Height
		part.Resize(fyne.NewSize(size.Width, height))
		return height
	}
	top, bottom := fit(above), fit(below)
	above.Move(fyne.Position{})
	middle.Move(fyne.NewPos(0, top))
	middle.Resize(fyne.NewSize(size.Width, max(0, size.Height-top-bottom)))
	below.Move(fyne.NewPos(0, max(top, size.Height-bottom)))
}
