package layouttest

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// Report is what is wrong with a window.
type Report struct {
	Overlaps []string // what lies over what
	Cuts     []string // what sticks out, is cut, or has no room
}

// Faults is how much is wrong.
func (r Report) Faults() int { return len(r.Overlaps) + len(r.Cuts) }

// leastView is the least height of a view that scrolls: a line and a half.
const leastView = 48

// Check looks at what a canvas shows: its content, and what lies above it, each by
// itself.
func Check(c fyne.Canvas) Report {
	w := &walk{}
	window := at(fyne.Position{}, c.Size())
	roots := append([]fyne.CanvasObject{c.Content()}, c.Overlays().List()...)
	for _, o := range roots {
		if o == nil {
			continue
		}
		w.nodes = nil
		w.visit(o, &node{rect: window, room: window, seen: window}, fyne.Position{})
		w.compare()
	}
	return w.report
}

type walk struct {
	nodes  []*node
	report Report
}

func (w *walk) cut(format string, args ...any) {
	w.report.Cuts = append(w.report.Cuts, fmt.Sprintf(format, args...))
}

// visit places an object and what it is made of. origin is where its parent stands.
func (w *walk) visit(o fyne.CanvasObject, parent *node, origin fyne.Position) {
	if o == nil || !o.Visible() {
		return
	}
	p := origin.Add(o.Position())
	n := &node{object: o, parent: parent, kind: kindOf(o, parent), rect: at(p, o.Size()), room: parent.room, seen: parent.seen,
		view: parent.view, depth: parent.depth + 1}
	if t, ok := o.(*canvas.Text); ok {
		n.rect = letters(t, p)
		if t.Text == "" {
			return
		}
	}
	w.place(n)
	inner := *n
	switch {
	case n.kind == card || n.kind == control:
		inner.room = n.rect
	}
	if s, ok := o.(*container.Scroll); ok {
		w.scroller(n, s)
		inner.view, inner.seen = n, n.seen.and(n.rect)
		inner.room = at(p.Add(s.Content.Position()), s.Content.Size())
	}
	for _, child := range children(o) {
		// what hangs on n is compared by n itself, with the room that n leaves
		w.visitIn(child, n, &inner, p)
	}
}

// visitIn visits a child of n with the room, view and clip of inner.
func (w *walk) visitIn(child fyne.CanvasObject, n, inner *node, p fyne.Position) {
	room, seen, view := n.room, n.seen, n.view
	n.room, n.seen, n.view = inner.room, inner.seen, inner.view
	w.visit(child, n, p)
	n.room, n.seen, n.view = room, seen, view
}

// place notes an object that the eye sees, and whether it keeps to its room.
func (w *walk) place(n *node) {
	if n.kind == frame || n.rect.width() < 2 || n.rect.height() < 2 && n.kind != text {
		return
	}
	w.nodes = append(w.nodes, n)
	if !n.rect.within(n.room) {
		w.cut("%s leaves its room %.0f,%.0f–%.0f,%.0f", n, n.room.x1, n.room.y1, n.room.x2, n.room.y2)
		return
	}
	need, has := n.object.MinSize(), n.object.Size()
	switch {
	case n.kind == text && need.Width > has.Width+tolerance:
		w.cut("%s needs %.0f and has %.0f", n, need.Width, has.Width)
	case n.kind == control && (need.Width > has.Width+tolerance || need.Height > has.Height+tolerance):
		w.cut("%s needs %.0f×%.0f and has %.0f×%.0f", n, need.Width, need.Height, has.Width, has.Height)
	}
}

// scroller checks a view that scrolls: what it cannot scroll to must fit, and
// enough of the rest must be in sight to read it.
func (w *walk) scroller(n *node, s *container.Scroll) {
	need, has := s.Content.MinSize(), s.Size()
	if s.Direction == container.ScrollVerticalOnly && need.Width > has.Width+tolerance {
		w.cut("a view %.0f wide cannot show its content of %.0f: %s", has.Width, need.Width, firstText(s.Content, 9))
	}
	if has.Height < min(leastView, need.Height)-tolerance {
		w.cut("a view of %.0f has no room for its content of %.0f: %s", has.Height, need.Height, firstText(s.Content, 9))
	}
}

// compare looks for what lies over each other.
func (w *walk) compare() {
	for i, a := range w.nodes {
		for _, b := range w.nodes[:i] {
			if a.clashes(b) {
				w.report.Overlaps = append(w.report.Overlaps, fmt.Sprintf("%s over %s", a, b))
			}
		}
	}
}

// clashes reports whether a lies over b, which came first, and should not.
func (a *node) clashes(b *node) bool {
	ra, rb := a.rect, b.rect
	if a.view != b.view { // what is scrolled out of sight meets nothing
		ra, rb = ra.and(a.seen), rb.and(b.seen)
	}
	if !ra.meets(rb) {
		return false
	}
	common := a.common(b)
	switch {
	case common == a || common == b: // one is part of the other
		return false
	case stacked(common.object), b.isGround() && ra.within(rb):
		return false
	case a.parent == b.parent && (a.kind != text || b.kind != text) && isWidget(common.object):
		return false // what a widget draws of itself
	}
	return true
}

// isGround reports whether an object is an area that others may stand on.
func (n *node) isGround() bool {
	_, ok := n.object.(*canvas.Rectangle)
	return ok
}

// common is the nearest object that both are part of.
func (a *node) common(b *node) *node {
	for a != b {
		if a.depth >= b.depth {
			a = a.parent
		} else {
			b = b.parent
		}
	}
	return a
}

func isWidget(o fyne.CanvasObject) bool {
	_, ok := o.(fyne.Widget)
	return ok
}
