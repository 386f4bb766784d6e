package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// Trouble stands in the place of a source that is not open: it is being opened,
// or it cannot be.
type Trouble struct {
	Object fyne.CanvasObject
	// OnSecret takes a token that was entered; nil as long as none is asked for.
	OnSecret func(secret string)

	secret        *look.Field
	checked       checked
	ask           *fyne.Container
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
	t.checked = checked{}
	t.secret = look.NewSecretField(func(string) { t.complain(nil) })
	t.secret.OnSubmitted = func(string) { t.enter() }
	use := look.NewButton(look.Primary, texts.T.Server.UseSecret, "", t.enter)
	line := look.NewRow(12, look.NewFixed(260, look.ControlHeight, t.secret), use)
	t.ask = container.NewCenter(t.checked.add(present.FieldSecret, t.secret, line))
	t.ask.Hide()
	t.column = look.NewColumn(10, container.NewCenter(t.disc), t.title, t.text, t.ask,
		container.NewCenter(look.NewRow(12, t.retry, t.remove)))
	t.Object = look.NewScroll(look.NewMiddle(look.NewInset(24, 16, look.NewCentred(560, t.column))))
	return t
}

// enter hands the token on that was entered; that none was is said at the field.
func (t *Trouble) enter() {
	secret := t.secret.Text
	if secret == "" {
		t.complain(present.Problems{{Field: present.FieldSecret, Message: texts.T.Server.NeedToken}})
		if c := fyne.CurrentApp().Driver().CanvasForObject(t.secret); c != nil {
			c.Focus(t.secret)
		}
		return
	}
	t.secret.SetText("")
	t.OnSecret(secret)
}

func (t *Trouble) complain(p present.Problems) {
	if t.checked.show(p) {
		t.column.Refresh()
	}
}

// Secret is the field for a token.
func (t *Trouble) Secret() *look.Field { return t.secret }

// SetRetry changes what the first way out says.
func (t *Trouble) SetRetry(text, icon string) {
	t.retry.SetText(text)
	t.retry.SetIcon(icon)
}

// Render says why the source is not open: title and err, or that it is being
// opened.
func (t *Trouble) Render(title string, err error, loading string) {
	visible(t.retry, err != nil)
	visible(t.ask, err != nil && t.OnSecret != nil)
	visible(t.remove, err != nil)
	if err == nil {
		t.disc.Set("cancelling", tone.Active)
		t.title.Set(loading)
		t.text.Set("")
	} else {
		t.disc.Set("failed", tone.Bad)
		t.title.Set(title)
		t.text.Set(present.Sentence(err))
	}
	t.column.Refresh()
}
