package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
	"sluice/ui/tone"
)

// cardList is a page with a card for each item of a list, or what stands there where there
// is none, and a button that adds one.
type cardList struct {
	Object fyne.CanvasObject
	OnAdd  func()

	problem       *look.Paragraph
	cards         *fyne.Container
	filled, empty fyne.CanvasObject
}

// newCardList returns a list without items: an icon, a title and a text say what it is for.
func newCardList(icon, title, text, add string) *cardList {
	l := &cardList{problem: look.NewParagraph("", look.SizeTable, look.ToneColor(tone.Bad)), cards: look.NewColumn(look.Gap)}
	button := func() *look.Button { return look.NewButton(look.Primary, add, "add", func() { l.OnAdd() }) }
	l.filled = newPageScroll(look.NewColumn(look.Gap, l.problem, look.NewEnds(10, look.NewColumn(0), button()), l.cards))
	l.empty = newEmpty(icon, title, text, button())
	l.Object = container.NewStack(l.filled, l.empty)
	return l
}

// show shows cards, and why the list could not be read.
func (l *cardList) show(problem string, cards []fyne.CanvasObject) {
	l.problem.Set(problem)
	visible(l.problem, problem != "")
	l.cards.Objects = cards
	some := len(cards) > 0 || problem != ""
	visible(l.filled, some)
	visible(l.empty, !some)
	l.filled.Refresh()
	l.Object.Refresh()
}

// listCard is the card of an item: its name, what it says of itself, what more there is to
// say, and what can be done with it.
func listCard(name, says string, more []fyne.CanvasObject, controls ...fyne.CanvasObject) fyne.CanvasObject {
	content := look.NewColumn(12, look.NewColumn(2, look.NewTitle(name, look.SizeCard).Elide(), look.NewParagraph(says, look.SizeTable, look.ColorMuted)))
	for _, o := range more {
		content.Add(o)
	}
	content.Add(look.NewFlow(8, 8, controls...))
	return look.NewCard(content)
}

// listSwitch is what switches an item of a list on and off.
func listSwitch(text string, on bool, changed func(on bool)) *look.Toggle {
	t := look.NewToggle(text, nil)
	t.SetOn(on)
	t.OnChanged = changed
	return t
}
