package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/tone"
)

// fieldWidth is the width of the fields of a form.
const fieldWidth float32 = 380

// formRow is a line of a form: what it is and what it is for at the left, the
// field at the right.
func formRow(title, hint string, field fyne.CanvasObject) fyne.CanvasObject {
	// A title is a paragraph: a long one must not make the page wider than the window.
	left := look.NewColumn(1, look.NewParagraph(title, look.SizeBody, look.ColorText))
	if hint != "" {
		left.Add(look.NewParagraph(hint, look.SizeCaption, look.ColorMuted))
	}
	return newFormLine(left, field)
}

// formLine lays what a field is for out at the left and the field at the right: as
// wide as fields are, and less where the window is narrow.
type formLine struct{}

const (
	formGap   float32 = 24
	fieldPart float32 = 0.58 // of a narrow line
)

func newFormLine(left, field fyne.CanvasObject) *fyne.Container {
	return container.New(formLine{}, left, field)
}

func (formLine) MinSize(o []fyne.CanvasObject) fyne.Size {
	left, field := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(left.Width/(1-fieldPart), field.Width/fieldPart)+formGap, max(left.Height, field.Height))
}

func (formLine) Layout(o []fyne.CanvasObject, size fyne.Size) {
	width := min(fieldWidth, (size.Width-formGap)*fieldPart)
	look.Stretch(o[0], size.Width-formGap-width)
	look.Stretch(o[1], width)
	o[0].Move(fyne.NewPos(0, besideControl(o[0], o[1])))
	o[1].Move(fyne.NewPos(size.Width-width, 0))
}

// besideControl is how far a title lies below the top of its line: one without a hint
// stands at the middle of its control, as beside any other. A text begins with its title.
func besideControl(title, field fyne.CanvasObject) float32 {
	if _, text := field.(*look.Paragraph); text {
		return 0
	}
	return max(0, (min(look.ControlHeight, field.Size().Height)-title.Size().Height)/2)
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

// checked are the fields of a form that can be wrong, by their names in the
// presenter.
type checked map[string]checkedField

type checkedField struct {
	field   *look.Field
	problem *look.Paragraph // what is wrong with it; hidden while nothing is
}

// add makes a field one that can be wrong: input is the object that has it, and what
// is returned has room for what is wrong below it.
func (c checked) add(name string, field *look.Field, input fyne.CanvasObject) fyne.CanvasObject {
	problem := look.NewParagraph("", look.SizeCaption, look.ToneColor(tone.Bad))
	problem.Hide()
	c[name] = checkedField{field, problem}
	return look.NewColumn(4, input, problem)
}

// show marks the fields that are wrong and says at each what is, and reports whether
// that changes the room that they take.
func (c checked) show(p present.Problems) (changed bool) {
	for name, f := range c {
		says := p.Of(name)
		f.field.SetWrong(says != "")
		if f.problem.Text() == says {
			continue
		}
		changed = true
		f.problem.Set(says)
		f.problem.Resize(fyne.NewSize(f.field.Size().Width, 10)) // wraps the text, so that the row gets its height
		visible(f.problem, says != "")
	}
	return changed
}

// focus puts the keyboard into a field that is wrong.
func (c checked) focus(canvas fyne.Canvas, name string) {
	if f, ok := c[name]; ok {
		canvas.Focus(f.field)
	}
}

// message is the line above the buttons of a form: what is wrong, or that it was
// saved.
type message struct{ line *look.Paragraph }

func newMessage() message {
	m := message{look.NewParagraph("", look.SizeTable, look.ColorMuted)}
	m.line.Hide()
	return m
}

func (m message) say(text string, bad bool) {
	t := tone.Good
	if bad {
		t = tone.Bad
	}
	m.show(text, look.ToneColor(t))
}

// tell says what neither worked nor went wrong, such as why nothing can be changed now.
func (m message) tell(text string) { m.show(text, look.ColorMuted) }

func (m message) show(text string, ink fyne.ThemeColorName) {
	m.line.SetColored(text, ink)
	visible(m.line, text != "")
}
