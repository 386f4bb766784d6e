package preview

import (
	"errors"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"sluice/csvfile"
	"sluice/csvfile/filtertext"
	"sluice/ui/look"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// maxMenuColumns is how many columns are offered in a menu; a file of more has
// their names typed instead.
const maxMenuColumns = 60

// conditionEditor changes one condition, in a line below the chips.
type conditionEditor struct {
	on     editorOn
	layers *layers
	take   func([]csvfile.Expr) // shows the rows that meet them
	object *fyne.Container

	column   *look.Select
	name     *look.Field // in place of column where there are too many
	kind     *look.Select
	text     *look.Field
	from, to *look.Field
	noCase   *look.Check
	failed   *look.Paragraph
	apply    *look.Button

	index int // of the condition, -1 for a new one
}

// editorOn is what the editor needs of the table.
type editorOn interface {
	stand
	current() *session
}

func newConditionEditor(on editorOn, l *layers, take func([]csvfile.Expr)) *conditionEditor {
	e := &conditionEditor{on: on, layers: l, take: take, index: -1}
	done := func(string) { e.done() }
	entry := func(placeholder string) *look.Field {
		f := newField(placeholder, done)
		f.OnKey = onEscape(e.leave)
		f.OnChanged = func(string) { f.SetWrong(false) }
		return f
	}
	t := texts.T.Preview.Filter
	e.column = look.NewSelect(nil, nil)
	e.name = entry(t.Column)
	var words []string
	for _, c := range choices {
		words = append(words, c.words(t))
	}
	e.kind = look.NewSelect(words, func(string) { e.arrange() })
	e.text, e.from, e.to = entry(t.Text), entry(t.From), entry(t.To)
	e.noCase = look.NewCheck(t.IgnoreCase)
	e.apply = look.NewButton(look.Outlined, t.Apply, "", e.done)
	cancel := look.NewLink(t.Cancel, "", e.leave)
	e.failed = look.NewParagraph("", look.SizeTable, look.ToneColor(tone.Bad))
	line := look.NewFlow(8, 8,
		look.NewFixed(180, 0, e.column), look.NewFixed(180, 0, e.name), look.NewFixed(e.kind.Width(220), 0, e.kind),
		look.NewFixed(220, 0, e.text), look.NewFixed(150, 0, e.from), look.NewFixed(150, 0, e.to), e.noCase, e.apply, look.NewFixed(0, look.ControlHeight, cancel))
	e.object = look.NewColumn(6, look.NewWell(look.NewColumn(8, line, e.failed)))
	e.object.Hide()
	return e
}

// open shows a condition to be changed; index is its place, -1 for a new one.
func (e *conditionEditor) open(index int, c csvfile.Condition) {
	header := e.on.current().header
	e.index = index
	few := len(header) <= maxMenuColumns
	if few {
		e.column.Options = columnChoices(header)
		e.column.SetSelectedIndex(c.Column)
	} else {
		e.name.SetText(header[c.Column])
	}
	shown(wrapOf(e, e.column), few)
	shown(wrapOf(e, e.name), !few)
	e.kind.SetSelectedIndex(choiceOf(c))
	e.text.SetText(c.Text)
	if c.Op == csvfile.OpIn {
		e.text.SetText(filtertext.FormatValues(c.In))
	}
	e.from.SetText(c.Min)
	e.to.SetText(c.Max)
	e.noCase.SetChecked(c.IgnoreCase)
	e.complain("")
	e.arrange()
	e.object.Show()
	e.layers.set(e, true, e.leave)
	e.on.headChanged()
	e.on.giveKeys(e.first())
}

// first is the field that the keyboard goes to.
func (e *conditionEditor) first() fyne.Focusable {
	switch choices[max(0, e.kind.SelectedIndex())].op {
	case csvfile.OpNumber, csvfile.OpTime:
		return e.from
	case csvfile.OpEmpty:
		return e.apply
	}
	return e.text
}

// arrange shows the fields that the kind of condition has.
func (e *conditionEditor) arrange() {
	op := choices[max(0, e.kind.SelectedIndex())].op
	isRange := op == csvfile.OpNumber || op == csvfile.OpTime
	shown(wrapOf(e, e.from), isRange)
	shown(wrapOf(e, e.to), isRange)
	shown(wrapOf(e, e.text), !isRange && op != csvfile.OpEmpty)
	shown(e.noCase, op == csvfile.OpEquals || op == csvfile.OpContains || op == csvfile.OpIn)
	t := texts.T.Preview.Filter
	e.from.SetPlaceHolder(t.From)
	e.to.SetPlaceHolder(t.To)
	if op == csvfile.OpTime {
		e.from.SetPlaceHolder(t.FromTime)
		e.to.SetPlaceHolder(t.ToTime)
	}
	e.text.SetPlaceHolder(t.Text)
	switch op {
	case csvfile.OpMatches:
		e.text.SetPlaceHolder(t.Pattern)
	case csvfile.OpIn:
		e.text.SetPlaceHolder(t.Values)
	}
	e.on.headChanged()
}

func shown(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

// wrapOf is the fixed-width box around a field of the editor: what has to hide
// with it.
func wrapOf(e *conditionEditor, o fyne.CanvasObject) fyne.CanvasObject {
	var find func(c *fyne.Container) fyne.CanvasObject
	find = func(c *fyne.Container) fyne.CanvasObject {
		for _, child := range c.Objects {
			if child == o {
				return c
			}
			if cc, ok := child.(*fyne.Container); ok {
				if found := find(cc); found != nil {
					return found
				}
			}
		}
		return nil
	}
	if box, ok := e.object.Objects[0].(*look.Box); ok {
		if c, ok := box.Content.(*fyne.Container); ok {
			if found := find(c); found != nil {
				return found
			}
		}
	}
	return o
}

// done takes the condition over.
func (e *conditionEditor) done() {
	s := e.on.current()
	if s == nil {
		return
	}
	c, err := e.condition(s.header)
	if err != nil {
		e.refuse(err)
		return
	}
	terms := slices.Clone(s.terms)
	if e.index >= 0 && e.index < len(terms) {
		terms[e.index] = csvfile.Is(c)
	} else {
		terms = append(terms, csvfile.Is(c))
	}
	e.take(terms)
	e.on.Focus()
}

// condition reads the fields.
func (e *conditionEditor) condition(header []string) (csvfile.Condition, error) {
	col := e.column.SelectedIndex()
	if len(header) > maxMenuColumns {
		if col = slices.Index(header, e.name.Text); col < 0 {
			return csvfile.Condition{}, fmt.Errorf(texts.T.Preview.Filter.NoColumn, e.name.Text)
		}
	}
	k := choices[max(0, e.kind.SelectedIndex())]
	c := csvfile.Condition{Column: col, Op: k.op, Not: k.not}
	switch k.op {
	case csvfile.OpNumber, csvfile.OpTime:
		c.Min, c.Max = e.from.Text, e.to.Text
	case csvfile.OpEmpty:
	case csvfile.OpIn:
		var err error
		c.In, err = filtertext.ParseValues(e.text.Text)
		c.IgnoreCase = e.noCase.Checked
		return c, err
	default:
		c.Text = e.text.Text
		c.IgnoreCase = e.noCase.Checked && k.op != csvfile.OpMatches
		if c.Text == "" {
			return c, errors.New(texts.T.Preview.Filter.NoText)
		}
	}
	return c, nil
}

// refuse says what is wrong with the condition, and leads to the field.
func (e *conditionEditor) refuse(err error) {
	e.complain(sentence(err))
	field, ok := e.first().(*look.Field)
	if len(e.on.current().header) > maxMenuColumns && slices.Index(e.on.current().header, e.name.Text) < 0 {
		field, ok = e.name, true
	}
	if ok {
		e.on.giveKeys(field)
		field.SetWrong(true)
	}
}

// complain says what is wrong with the condition; "" takes it back.
func (e *conditionEditor) complain(sentence string) {
	e.failed.Set(sentence)
	shown(e.failed, sentence != "")
	for _, f := range []*look.Field{e.name, e.text, e.from, e.to} {
		f.SetWrong(false)
	}
	e.on.headChanged()
}

// leave closes the editor by hand.
func (e *conditionEditor) leave() {
	e.close()
	e.on.Focus()
}

func (e *conditionEditor) close() {
	e.complain("")
	e.object.Hide()
	e.layers.set(e, false, nil)
	e.on.headChanged()
}
