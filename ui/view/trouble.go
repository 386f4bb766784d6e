package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// Trouble stands in the place of a source that is not open: it is being opened,
// or it cannot be.
type Trouble struct {
	Object fyne.CanvasObject

	disc          *look.Disc
	title         *look.Text
	text          *look.Paragraph
	retry, remove *look.Button
	column        *fyne.Container
}

// NewTrouble returns the page with its two ways out.
func NewTrouble(retry, remove func()) *Trouble {
	t := &Trouble{disc: look.NewDisc("not-started", tone.Neutral, 44), title: look.NewTitle("", look.SizeCard).Center(),
		text: look.NewParagraph("", look.SizeTable, look.ColorMuted).Center()}
	t.retry = look.NewButton(look.Outlined, texts.T.Page.Retry, "refresh", retry)
	t.remove = look.NewButton(look.Outlined, texts.T.Page.Remove, "trash", remove)
	t.column = look.NewColumn(10, container.NewCenter(t.disc), t.title, t.text,
		container.NewCenter(look.NewRow(12, t.retry, t.remove)))
	t.Object = look.NewScroll(look.NewMiddle(look.NewInset(24, 16, look.NewCentred(560, t.column))))
	return t
}

// SetRetry changes what the first way out says.
func (t *Trouble) SetRetry(text, icon string) {
	t.retry.SetText(text)
	t.retry.SetIcon(icon)
}

// Render says why the source is not open: title and err, or that it is being
// opened.
func (t *Trouble) Render(title string, err error, loading string) {
	visible(t.retry, err != nil)
	visible(t.remove, err != nil)
	if err == nil {
		t.disc.Set("cancelling", tone.Active)
		t.title.Set(loading)
		t.text.Set("")
	} else {
		t.disc.Set("failed", tone.Bad)
		t.title.Set(title)
		t.text.Set(err.Error())
	}
	t.column.Refresh()
}
