package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// Retention is the page with the bounds of a home on what is kept, and what goes by them.
type Retention struct {
	fieldForm
	OnSave, OnPreview, OnPrune, OnChange func(present.RetentionInput)

	keep, age, size, partial *look.Field
	save, preview, prune     *look.Button
	columns                  columns
	says                     *look.Paragraph
	table                    *fyne.Container
	head                     []fyne.CanvasObject
}

// RetentionModel is what the page shows beside its fields.
type RetentionModel struct {
	Rows             []present.RetentionRow
	Says             string // about all of them
	CanPrune         bool   // what goes is what is shown
	Looking, Pruning bool
	Problems         present.Problems
	Message          string
	Bad              bool
}

// NewRetention returns an empty page.
func NewRetention() *Retention {
	t := texts.T.Retention
	r := &Retention{says: look.NewParagraph("", look.SizeBody, look.ColorText)}
	r.fieldForm = newFieldForm(func() { r.tell(r.OnChange) }, func() { r.tell(r.OnPreview) })
	r.keep, r.age, r.size, r.partial = r.field(t.NoBound), r.field(t.NoBound), r.field(t.NoBound), r.field(t.NoBound)
	r.save = look.NewButton(look.Primary, t.Save, "", func() { r.tell(r.OnSave) })
	r.preview = look.NewButton(look.Outlined, t.Preview, "refresh", func() { r.tell(r.OnPreview) })
	r.prune = look.NewButton(look.Danger, t.Delete, "trash", func() { r.tell(r.OnPrune) })
	r.columns = columns{
		{title: t.Job, width: 64, least: 52, right: true}, {title: t.Ended, width: 140, least: 118}, {title: t.Bytes, width: 90, least: 80, drop: 1, right: true},
		{title: t.Becomes, width: 96, least: 84}, {width: 260, least: 120, grow: true},
	}
	titles, heads := r.columns.head(func(int) {})
	for _, h := range heads {
		h.SetEnabled(false)
	}
	r.head = []fyne.CanvasObject{titles, look.NewLine()}
	r.table = look.NewColumn(0)
	inset := func(o fyne.CanvasObject) fyne.CanvasObject {
		return container.New(look.Inset{Left: look.CardPaddingX, Right: look.CardPaddingX}, o)
	}
	goes := look.NewPlainCard(container.New(look.Inset{Top: look.CardPaddingY, Bottom: 12}, look.NewColumn(10, inset(look.NewTitle(t.Which, look.SizeCard)), inset(r.says), r.table)))
	r.layOut(r.prune, []fyne.CanvasObject{r.save, r.preview},
		section(t.Bounds,
			r.line(t.Keep, t.KeepHint, present.FieldKeep, r.keep),
			r.line(t.Age, t.AgeHint, present.FieldKeptAge, r.age),
			r.line(t.Size, t.SizeHint, present.FieldKeptSize, r.size),
			r.line(t.Partial, t.PartialHint, present.FieldKeptPartial, r.partial)),
		goes)
	return r
}

func (r *Retention) tell(f func(present.RetentionInput)) {
	if f != nil {
		f(r.Input())
	}
}

// Input is what stands in the form.
func (r *Retention) Input() present.RetentionInput {
	return present.RetentionInput{Keep: r.keep.Text, Age: r.age.Text, Size: r.size.Text, Partial: r.partial.Text}
}

// Fill writes the fields.
func (r *Retention) Fill(in present.RetentionInput) {
	changed := r.OnChange
	r.OnChange = nil
	r.keep.Change(in.Keep)
	r.age.Change(in.Age)
	r.size.Change(in.Size)
	r.partial.Change(in.Partial)
	r.OnChange = changed
}

// mostRows bounds the lines of what goes: each is made of widgets.
const mostRows = 300

// Render shows what belongs to the page beside its fields.
func (r *Retention) Render(m RetentionModel) {
	t := texts.T.Retention
	working(r.preview, m.Looking, t.Preview, t.Looking)
	working(r.prune, m.Pruning, t.Delete, t.Deleting)
	r.prune.SetEnabled(m.CanPrune && !m.Pruning && !m.Looking)
	r.save.SetEnabled(!m.Pruning)
	r.says.Set(m.Says)
	visible(r.says, m.Says != "")
	r.table.Objects = nil
	if len(m.Rows) > 0 {
		r.table.Objects = append(r.table.Objects, r.head...)
	}
	for i, row := range m.Rows {
		if i == mostRows {
			r.table.Add(look.NewInset(columnPadding, 6, look.NewParagraph(texts.T.App.MoreLines.Of(int64(len(m.Rows)-mostRows)), look.SizeTable, look.ColorMuted)))
			break
		}
		r.table.Add(r.row(row))
	}
	r.fieldForm.render(m.Message, m.Bad, m.Problems)
}

func (r *Retention) row(m present.RetentionRow) fyne.CanvasObject {
	cells := make([]fyne.CanvasObject, len(r.columns))
	for i, says := range map[int]string{0: m.Job, 1: m.Ended, 2: m.Size} {
		text := r.columns.cell(i)
		text.Set(says)
		cells[i] = text
	}
	sign := m.Sign
	if !m.Goes {
		sign.Tone = tone.Neutral
	}
	cells[3] = look.NewLeading(look.NewPill(sign.Word, sign.Icon, sign.Tone).Elide())
	cells[reasonColumn] = look.NewParagraph(m.Why, look.SizeTable, look.ColorText)
	return container.New(&reasonRow{columns: r.columns}, cells...)
}

// FocusFirst puts the cursor into the first field.
func (r *Retention) FocusFirst(c fyne.Canvas) { r.begin(c, r.keep) }
