package view

import (
	"slices"

	"fyne.io/fyne/v2"

	"sluice/ui/look"
)

// dragged shows between which sources of its group a source would go that was dragged
// so far, and puts it there once it is let go.
func (r *Rail) dragged(id string, by float32, done bool) {
	r.Tips.Away()
	members := r.membersWith(id)
	at := slices.Index(members, r.items[id])
	steps := 0
	if at >= 0 {
		steps = stepsOf(members, at, by)
	}
	r.drop.Hide()
	if done || steps == 0 {
		if steps != 0 {
			r.OnMove(id, steps)
		}
		return
	}
	r.mark(members, at, at+steps)
}

// membersWith are the entries in sight of the group that a source is in.
func (r *Rail) membersWith(id string) (members []*look.RailItem) {
	for _, g := range r.groups {
		if !slices.ContainsFunc(g.Items, func(item RailItem) bool { return item.ID == id }) {
			continue
		}
		for _, item := range g.Items {
			if w := r.items[item.ID]; w != nil && !g.hides(item) {
				members = append(members, w)
			}
		}
	}
	return members
}

// stepsOf is by how many places an entry moves that was dragged by a way: past each whose
// middle its own middle has passed.
func stepsOf(members []*look.RailItem, at int, by float32) (steps int) {
	middle := func(w *look.RailItem) float32 { return w.Position().Y + w.Size().Height/2 }
	here := middle(members[at]) + by
	for i, w := range members {
		switch {
		case i > at && here > middle(w):
			steps++
		case i < at && here < middle(w):
			steps--
		}
	}
	return steps
}

// mark draws the line between the entries where the one at a place would go.
func (r *Rail) mark(members []*look.RailItem, at, to int) {
	w := members[to]
	y := w.Position().Y - 3
	if to > at {
		y = w.Position().Y + w.Size().Height + 1
	}
	r.drop.Move(fyne.NewPos(8, y))
	r.drop.Resize(fyne.NewSize(w.Size().Width-16, 2))
	r.drop.Show()
}
