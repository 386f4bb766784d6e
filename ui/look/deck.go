package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Deck shows one of several things in the same place. Each is made when it is first shown, and
// only the one that is shown lies in the window: the toolkit lays out and draws anew whatever
// lies there, hidden or not.
type Deck struct {
	Object *fyne.Container

	makes []func() fyne.CanvasObject
	cards []fyne.CanvasObject // as far as they were made
	shown int                 // -1: nothing
}

// NewDeck returns a deck that shows nothing yet.
func NewDeck(makes ...func() fyne.CanvasObject) *Deck {
	return &Deck{Object: container.NewStack(), makes: makes, cards: make([]fyne.CanvasObject, len(makes)), shown: -1}
}

// Made are things that are made already, for a deck.
func Made(objects ...fyne.CanvasObject) []func() fyne.CanvasObject {
	makes := make([]func() fyne.CanvasObject, len(objects))
	for i, o := range objects {
		makes[i] = func() fyne.CanvasObject { return o }
	}
	return makes
}

// Show shows one of them, and nothing where there is none. Whoever calls it lays what is around
// the deck out anew, if it reports that another is shown now.
func (d *Deck) Show(i int) (changed bool) {
	if i == d.shown {
		return false
	}
	for _, o := range d.Object.Objects {
		o.Hide()
	}
	d.shown, d.Object.Objects = i, nil
	if i < 0 || i >= len(d.makes) {
		return true
	}
	if d.cards[i] == nil {
		d.cards[i] = d.makes[i]()
	}
	d.cards[i].Show()
	d.Object.Objects = []fyne.CanvasObject{d.cards[i]}
	return true
}

// Shown is what is shown, nil for nothing.
func (d *Deck) Shown() fyne.CanvasObject {
	if len(d.Object.Objects) == 0 {
		return nil
	}
	return d.Object.Objects[0]
}
