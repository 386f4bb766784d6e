package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// whole is what widgets tell that other controls are part of.
type whole interface{ Parts() []fyne.CanvasObject }

// Walk visits what can be seen of an object and of all that it is made of, in the
// order of the Tab key, until visit returns false; it returns false then too.
func Walk(o fyne.CanvasObject, visit func(fyne.CanvasObject) bool) bool {
	if o == nil || !o.Visible() {
		return true
	}
	if !visit(o) {
		return false
	}
	for _, part := range partsOf(o) {
		if !Walk(part, visit) {
			return false
		}
	}
	return true
}

// WalkWithin does so for the parts of an object that may be out of sight itself.
func WalkWithin(o fyne.CanvasObject, visit func(fyne.CanvasObject) bool) bool {
	for _, part := range partsOf(o) {
		if !Walk(part, visit) {
			return false
		}
	}
	return true
}

func partsOf(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case *container.Scroll:
		return []fyne.CanvasObject{o.Content}
	case whole:
		return o.Parts()
	}
	return nil
}

// Reveal scrolls what a control lies in until it is in sight, with some room around
// it: the keyboard goes to controls that are scrolled away, too.
func Reveal(control fyne.CanvasObject) {
	c := fyne.CurrentApp().Driver().CanvasForObject(control)
	if c == nil || c.Content() == nil {
		return
	}
	RevealIn(c.Content(), control)
}

// scrollersAround are the scrollers that a control on a canvas lies in, the innermost last.
func scrollersAround(control fyne.CanvasObject) []*container.Scroll {
	c := fyne.CurrentApp().Driver().CanvasForObject(control)
	if c == nil {
		return nil
	}
	for _, root := range append(c.Overlays().List(), c.Content()) {
		if found := scrollersOf(root, control); found != nil {
			return found
		}
	}
	return nil
}

// RevealIn does so for a control that may never have been drawn: the driver does not
// know yet where it lies. root is an object around its scrollers.
func RevealIn(root, control fyne.CanvasObject) {
	for _, s := range scrollersOf(root, control) {
		reveal(s, control)
	}
}

// scrollersOf are the scrollers that a control lies in.
func scrollersOf(from, control fyne.CanvasObject) (list []*container.Scroll) {
	if from == nil || !from.Visible() {
		return nil
	}
	for _, part := range partsOf(from) {
		if part == control {
			return own(from)
		}
		if found := scrollersOf(part, control); found != nil {
			return append(own(from), found...)
		}
	}
	return nil
}

// own is the scroller that an object is; an empty list, and not none, for others.
func own(o fyne.CanvasObject) []*container.Scroll {
	if s, ok := o.(*container.Scroll); ok {
		return []*container.Scroll{s}
	}
	return []*container.Scroll{}
}

// revealRoom is what stays in sight around a control: its ring, and what it says.
const revealRoom float32 = 24

func reveal(s *container.Scroll, control fyne.CanvasObject) {
	below, ok := heightWithin(s.Content, control)
	if !ok {
		return
	}
	top := below - s.Offset.Y
	bottom := top + control.Size().Height
	to := s.Offset
	switch {
	case top < revealRoom:
		to.Y += top - revealRoom
	case bottom > s.Size().Height-revealRoom:
		to.Y += min(bottom-s.Size().Height+revealRoom, top-revealRoom) // of what is too high the top
	default:
		return
	}
	to.Y = max(0, min(to.Y, s.Content.Size().Height-s.Size().Height))
	s.ScrollToOffset(to)
}

// heightWithin is how far below the top of an object a part of it begins; not ok if it
// is none.
func heightWithin(o, part fyne.CanvasObject) (y float32, ok bool) {
	if o == part {
		return 0, true
	}
	for _, p := range partsOf(o) {
		if y, ok := heightWithin(p, part); ok {
			return p.Position().Y + y, true
		}
	}
	return 0, false
}

// ScrollToTop scrolls the first scroller within an object back to its beginning.
func ScrollToTop(o fyne.CanvasObject) {
	Walk(o, func(part fyne.CanvasObject) bool {
		s, ok := part.(*container.Scroll)
		if ok {
			s.ScrollToTop()
		}
		return !ok
	})
}

// ScrollPage scrolls the first scroller within an object by most of its height.
func ScrollPage(o fyne.CanvasObject, down bool) {
	Walk(o, func(part fyne.CanvasObject) bool {
		s, ok := part.(*container.Scroll)
		if !ok {
			return true
		}
		step := s.Size().Height * 0.9
		if !down {
			step = -step
		}
		y := max(0, min(s.Offset.Y+step, s.Content.Size().Height-s.Size().Height))
		s.ScrollToOffset(fyne.NewPos(s.Offset.X, y))
		return false
	})
}
