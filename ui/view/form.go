package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
	"sluice/ui/tone"
)

// fieldWidth is the width of the fields of a form.
const fieldWidth float32 = 380

// formRow is a line of a form: what it is and what it is for at the left, the
// field at the right.
func formRow(title, hint string, field fyne.CanvasObject) fyne.CanvasObject {
	left := look.NewColumn(1, look.NewText(title, look.SizeBody, look.ColorText))
	if hint != "" {
		left.Add(look.NewParagraph(hint, look.SizeCaption, look.ColorMuted))
	}
	return container.New(look.Row{Gap: 24, Stretch: 0, Top: true}, left, look.NewFixed(fieldWidth, 0, field))
}

// inField gives an input the height of a control.
func inField(o fyne.CanvasObject) fyne.CanvasObject {
	return look.NewFixed(0, look.ControlHeight, o)
}

// section is a card with a title and rows.
func section(title string, rows ...fyne.CanvasObject) fyne.CanvasObject {
	objects := append([]fyne.CanvasObject{look.NewTitle(title, look.SizeCard)}, rows...)
	return look.NewCard(look.NewColumn(14, objects...))
}

// message is the line beside the buttons of a form: what is wrong, or that it
// was saved.
type message struct{ *look.Paragraph }

func newMessage() message { return message{look.NewParagraph("", look.SizeTable, look.ColorMuted)} }

func (m message) say(text string, bad bool) {
	t := tone.Good
	if bad {
		t = tone.Bad
	}
	m.SetColored(text, look.ToneColor(t))
}
