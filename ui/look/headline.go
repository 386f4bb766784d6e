package look

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Action is something that can be done with what a page shows.
type Action struct {
	Text, Icon string // the icon may be ""
	Do         func()
}

// Headline is a title with actions at the right end of its line. Reading comes first:
// the buttons that would cut the title go into a menu, behind a button with three dots.
type Headline struct {
	Object *fyne.Container

	title   *Text
	actions []Action
	buttons []*Button // of the actions; more than there are actions after some went
	more    *Button
	beside  int // how many actions have their button in sight
}

const (
	titleGap  float32 = 16 // between a title and the first button
	buttonGap float32 = 8
	// mostTitle bounds the width that a title is given before the buttons: a name longer
	// than this is cut rather than all that can be done hidden.
	mostTitle float32 = 440
)

// NewHeadline returns a line without words and actions.
func NewHeadline() *Headline {
	h := &Headline{title: NewTitle("", SizeTitle).Elide()}
	h.more = NewButton(Outlined, "", "more", h.open)
	h.more.Hide()
	h.Object = container.New(headlineLayout{h}, h.title, h.more)
	return h
}

// Set changes the title and the actions, the most important first: it stands at the
// right end, and is the last to go into the menu.
func (h *Headline) Set(title string, actions []Action) {
	h.title.Set(title)
	h.actions = actions
	for len(h.buttons) < len(actions) {
		i := len(h.buttons)
		h.buttons = append(h.buttons, NewButton(Outlined, "", "", func() { h.actions[i].Do() }))
		h.Object.Objects = slices.Insert(h.Object.Objects, 1, fyne.CanvasObject(h.buttons[i])) // the keyboard goes from left to right
	}
	for i, a := range actions {
		h.buttons[i].SetText(a.Text)
		h.buttons[i].SetIcon(a.Icon)
	}
	h.Object.Layout.Layout(h.Object.Objects, h.Object.Size())
}

// Menu are the actions that had no room for their buttons, as the menu has them.
func (h *Headline) Menu() []Action { return h.actions[h.beside:] }

// open shows the menu below its button, with the keyboard on its first entry.
func (h *Headline) open() {
	driver := fyne.CurrentApp().Driver()
	c := driver.CanvasForObject(h.more)
	if c == nil {
		return
	}
	var items []*fyne.MenuItem
	for _, a := range h.Menu() {
		items = append(items, fyne.NewMenuItem(a.Text, a.Do))
	}
	menu := NewMenu(c, items...)
	at, size := driver.AbsolutePositionForObject(h.more), h.more.Size()
	menu.ShowAtPosition(at.AddXY(size.Width-menu.MinSize().Width, size.Height+4))
	menu.ActivateNext()
}

// fit is how many actions have room for their buttons in a width.
func (h *Headline) fit(width float32) int {
	left := width - min(h.title.wanted().Width, mostTitle) - titleGap
	for n := len(h.actions); n > 0; n-- {
		if h.needs(n) <= left {
			return n
		}
	}
	return 0
}

// needs is the width of the buttons of the first n actions, and of the one that opens
// the menu if there are others.
func (h *Headline) needs(n int) float32 {
	sum := float32(max(0, n-1)) * buttonGap
	for _, b := range h.buttons[:n] {
		sum += b.MinSize().Width
	}
	if n < len(h.actions) {
		sum += h.more.MinSize().Width
		if n > 0 {
			sum += buttonGap
		}
	}
	return sum
}

// headlineLayout decides which buttons are in sight, and gives the title what they leave.
type headlineLayout struct{ h *Headline }

func (l headlineLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(l.h.title.MinSize().Width, ControlHeight)
	if len(l.h.actions) > 0 {
		size.Width += titleGap + l.h.needs(0)
	}
	return size
}

func (l headlineLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	h := l.h
	if size.Width <= 0 {
		return // before the first layout nobody knows what fits
	}
	h.beside = h.fit(size.Width)
	right := size.Width
	place := func(b *Button, on bool) {
		if on != b.Visible() {
			if on {
				b.Show()
			} else {
				b.Hide()
			}
		}
		if !on {
			return
		}
		m := b.MinSize()
		right -= m.Width
		b.Move(fyne.NewPos(right, (size.Height-m.Height)/2))
		b.Resize(m)
		right -= buttonGap
	}
	place(h.more, h.beside < len(h.actions))
	for i, b := range h.buttons {
		place(b, i < h.beside)
	}
	if right < size.Width {
		right += buttonGap - titleGap
	}
	height := h.title.MinSize().Height
	h.title.Move(fyne.NewPos(0, (size.Height-height)/2))
	h.title.Resize(fyne.NewSize(max(0, right), height))
}
