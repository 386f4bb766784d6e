package view

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sluice/ui/look"
	"sluice/ui/texts"
	vis "sluice/visible"
)

// NewPanel is what is shown above the window: a title, a content and buttons. In a low
// window the content scrolls.
func NewPanel(title string, content fyne.CanvasObject, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	foot := container.NewBorder(nil, nil, nil, look.NewRow(12, buttons...))
	return look.NewInset(16, 14, look.NewFilledColumn(16, look.NewTitle(title, 16).Elide(),
		look.NewFooted(look.NewWholeScroll(content), container.New(look.Inset{Top: 16}, foot))))
}

// NewDialogText is the text of a dialog, wrapped.
func NewDialogText(text string) fyne.CanvasObject {
	p := look.NewParagraph(text, look.SizeBody, look.ColorText)
	p.Resize(fyne.NewSize(dialogText, 10)) // wraps the text, so that the dialog gets its height
	return look.NewFixed(dialogText, 0, p)
}

// dialogText is how wide the text of a dialog is.
const dialogText float32 = 480

// SecretQuestion asks for a password or passphrase.
type SecretQuestion struct {
	Object fyne.CanvasObject
	Answer *look.Field
	Keep   *look.Toggle // whether it is to be kept in the keyring
}

// NewSecretQuestion returns a question for the content of a dialog. keepable offers to
// keep the answer, which nobody has chosen yet.
func NewSecretQuestion(text string, keepable bool, answered func()) *SecretQuestion {
	q := &SecretQuestion{Answer: look.NewSecretField(nil), Keep: look.NewToggle(texts.T.Take.Save, nil)}
	q.Answer.OnSubmitted = func(string) { answered() }
	parts := []fyne.CanvasObject{NewDialogText(text), look.NewInset(look.Bleed, look.Bleed, inField(q.Answer))} // with room for its ring
	if keepable {
		parts = append(parts, look.NewRow(0, q.Keep))
	}
	q.Object = look.NewColumn(14, parts...)
	return q
}

// How much of a document is shown at once: lines, and characters of each. Copying
// takes all of it.
const (
	mostLines   = 2000
	longestLine = 300
)

// NewDetails is a job in full: its card, and the document of the API.
func NewDetails(card *StatusCard, document string, copy func()) fyne.CanvasObject {
	raw := widget.NewTextGridFromString(shownDocument(document))
	head := look.NewStretchRow(8, 0, look.NewCaption("JSON"), look.NewQuiet(texts.T.App.Copy, "copy", copy))
	well := look.NewWell(container.NewScroll(raw))
	return look.NewFixed(820, 440, look.NewFilledColumn(8, look.NewAtMost(250, card.Object), head, well))
}

// shownDocument is what is shown of a document.
func shownDocument(document string) string {
	lines := strings.Split(document, "\n")
	left := len(lines) - mostLines
	lines = lines[:min(len(lines), mostLines)]
	for i, line := range lines {
		lines[i] = vis.Cut(line, longestLine)
	}
	if left > 0 {
		lines = append(lines, texts.T.App.MoreLines.Of(int64(left)))
	}
	return strings.Join(lines, "\n")
}
