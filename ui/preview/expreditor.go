package preview

import (
	"errors"

	"fyne.io/fyne/v2"

	"sluice/csvfile"
	"sluice/csvfile/filtertext"
	"sluice/ui/look"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// exprEditor changes the whole filter as text, in a line below the chips: what the command
// line takes, and what has no fields in the editor for conditions.
type exprEditor struct {
	on     editorOn
	layers *layers
	take   func([]csvfile.Expr) // shows the rows that meet them
	object *fyne.Container
	text   *look.Field
	failed *look.Paragraph
}

func newExprEditor(on editorOn, l *layers, take func([]csvfile.Expr)) *exprEditor {
	t := texts.T.Preview.Filter
	e := &exprEditor{on: on, layers: l, take: take}
	e.text = newField(t.AsTextPlaceholder, func(string) { e.done() })
	e.text.OnKey = onEscape(e.leave)
	e.text.OnChanged = func(string) { e.complain("") }
	e.failed = look.NewParagraph("", look.SizeTable, look.ToneColor(tone.Bad))
	apply := look.NewButton(look.Outlined, t.Apply, "", e.done)
	cancel := look.NewLink(t.Cancel, "", e.leave)
	title := look.NewText(t.AsTextTitle, look.SizeTable, look.ColorText).Elide()
	hint := look.NewParagraph(t.AsTextHint, look.SizeCaption, look.ColorMuted)
	line := look.NewStretchRow(12, 0, e.text, apply, cancel)
	e.object = look.NewColumn(6, look.NewWell(look.NewColumn(8, title, line, e.failed, hint)))
	e.object.Hide()
	return e
}

// open shows the terms of the filter as text.
func (e *exprEditor) open(terms []csvfile.Expr) {
	text := ""
	if len(terms) > 0 {
		text = filtertext.Format(csvfile.And(terms), e.on.current().header)
	}
	e.text.SetText(text)
	e.complain("")
	e.object.Show()
	e.layers.set(e, true, e.leave)
	e.on.headChanged()
	e.on.giveKeys(e.text)
}

// done takes the text over: none is no filter.
func (e *exprEditor) done() {
	s := e.on.current()
	if s == nil {
		return
	}
	if e.text.Text == "" {
		e.take(nil)
		e.on.Focus()
		return
	}
	expr, err := filtertext.Parse(e.text.Text, s.header)
	if err != nil {
		e.refuse(err)
		return
	}
	e.take(expr.Terms())
	e.on.Focus()
}

// refuse says what is wrong with the text, and puts the cursor there.
func (e *exprEditor) refuse(err error) {
	e.complain(sentence(err))
	e.on.giveKeys(e.text)
	e.text.SetWrong(true)
	var wrong *filtertext.Error
	if errors.As(err, &wrong) {
		e.text.CursorColumn = wrong.Character() - 1
		e.text.Refresh()
	}
}

// complain says what is wrong with the text; "" takes it back.
func (e *exprEditor) complain(sentence string) {
	if sentence == "" && !e.failed.Visible() {
		e.text.SetWrong(false)
		return
	}
	e.failed.Set(sentence)
	shown(e.failed, sentence != "")
	e.text.SetWrong(false)
	e.on.headChanged()
}

// leave closes the editor by hand.
func (e *exprEditor) leave() {
	e.close()
	e.on.Focus()
}

func (e *exprEditor) close() {
	if !e.object.Visible() {
		return
	}
	e.complain("")
	e.object.Hide()
	e.layers.set(e, false, nil)
	e.on.headChanged()
}
