package view

import (
	"fyne.io/fyne/v2"

	"sluice/ui/look"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// AddressQuestion asks for the address of a table.
type AddressQuestion struct {
	Object   fyne.CanvasObject
	Answer   *look.Field
	OnHeight func() // it needs another height; may be nil
	failed   *look.Paragraph
}

// NewAddressQuestion returns a question for the content of a dialog.
func NewAddressQuestion(answered func()) *AddressQuestion {
	t := texts.T.Files
	q := &AddressQuestion{Answer: look.NewField(t.AddressExample, nil), failed: look.NewParagraph("", look.SizeTable, look.ToneColor(tone.Bad))}
	q.Answer.OnSubmitted = func(string) { answered() }
	q.Answer.OnChanged = func(string) { q.say("") }
	q.failed.Hide()
	q.Object = look.NewColumn(14, NewDialogText(t.AddressText), look.NewInset(look.Bleed, look.Bleed, inField(q.Answer)), q.failed)
	return q
}

// Refuse says what is wrong with the address, where it was typed.
func (q *AddressQuestion) Refuse(err error) { q.say(texts.Sentence(texts.Error(err))) }

func (q *AddressQuestion) say(wrong string) {
	q.Answer.SetWrong(wrong != "")
	if q.failed.Text() == wrong {
		return
	}
	q.failed.Set(wrong)
	q.failed.Resize(fyne.NewSize(dialogText, 10)) // wraps the text, so that it gets its height
	visible(q.failed, wrong != "")
	if q.OnHeight != nil {
		q.OnHeight()
	}
}
