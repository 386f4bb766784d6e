package view

import (
	"fmt"

	"fyne.io/fyne/v2"

	"sluice/ui/look"
	"sluice/ui/texts"
)

// Tour is a strip below the window that tells the first steps one after the other. It covers
// nothing and asks for nothing: who knows the way works on above it.
type Tour struct {
	Object fyne.CanvasObject
	OnEnd  func() // skipped, or seen to its end
	OnStep func() // another step is shown, which may be of another height; may be nil

	at          int
	icon        *look.Icon
	title, step *look.Text
	text        *look.Paragraph
	next, skip  *look.Button
}

type tourStep struct{ icon, title, text string }

func tourSteps() []tourStep {
	t := texts.T.Tour
	return []tourStep{{"server", t.Sources, t.SourcesText}, {"started", t.Export, t.ExportText}, {"search", t.Find, t.FindText}}
}

// NewTour returns the strip at its first step.
func NewTour() *Tour {
	t := &Tour{icon: look.NewIcon("server", 24, look.ColorAccent), title: look.NewTitle("", look.SizeCard).Elide(), step: look.NewCaption(""), text: look.NewParagraph("", look.SizeTable, look.ColorMuted)}
	t.next = look.NewButton(look.Primary, texts.T.Tour.Next, "", t.forward)
	t.skip = look.NewButton(look.Outlined, texts.T.Tour.Skip, "", func() { t.OnEnd() })
	words := look.NewColumn(3, look.NewStretchRow(10, 0, t.title, t.step), t.text)
	buttons := look.NewRow(10, t.skip, t.next)
	row := look.NewStretchRow(18, 1, t.icon, words, buttons)
	t.Object = look.NewColumn(0, look.NewLine(), look.NewSurface(look.NewInset(look.PageMarginX, 14, row)))
	t.show()
	return t
}

// forward goes to the next step, and ends behind the last.
func (t *Tour) forward() {
	if t.at == len(tourSteps())-1 {
		t.OnEnd()
		return
	}
	t.at++
	t.show()
}

func (t *Tour) show() {
	steps := tourSteps()
	s := steps[t.at]
	t.icon.Set(s.icon, look.ColorAccent)
	t.title.Set(s.title)
	t.step.Set(fmt.Sprintf(texts.T.Tour.Step, t.at+1, len(steps)))
	t.text.Set(s.text)
	last := t.at == len(steps)-1
	visible(t.skip, !last)
	if last {
		t.next.SetText(texts.T.Tour.Done)
	}
	if t.Object != nil {
		t.Object.Refresh()
	}
	if t.OnStep != nil {
		t.OnStep()
	}
}
