package view

import (
	"reflect"
	"slices"

	"fyne.io/fyne/v2"

	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// Redaction is the card that says what is taken out of the files of exports.
type Redaction struct {
	Object   fyne.CanvasObject
	OnChoose func(word string)
	OnCheck  func() // look at the rules again

	chips      map[string]*look.Chip
	says, more *look.Paragraph
	problem    *look.Paragraph
	problemBox fyne.CanvasObject
	column     *fyne.Container
	last       *present.RedactionCard
}

// NewRedaction returns the card.
func NewRedaction() *Redaction {
	t := texts.T.Redaction
	r := &Redaction{chips: map[string]*look.Chip{}}
	chips := look.NewRow(8)
	for _, c := range present.Redactions() {
		r.chips[c.Word] = look.NewChip(c.Name, "", func() { r.OnChoose(c.Word) })
		chips.Add(r.chips[c.Word])
	}
	r.says = look.NewParagraph("", look.SizeBody, look.ColorText)
	r.more = look.NewParagraph("", look.SizeCaption, look.ColorMuted)
	r.problem = look.NewParagraph("", look.SizeCaption, look.ToneColor(tone.Bad))
	r.problemBox = look.NewStretchRow(8, 0, r.problem, look.NewLink(t.CheckAgain, "refresh", func() { r.OnCheck() }))
	r.column = look.NewColumn(8, look.NewEnds(10, look.NewTitle(t.Title, look.SizeCard), chips), r.says, r.problemBox, r.more)
	r.Object = look.NewCard(r.column)
	return r
}

// Render shows the card.
func (r *Redaction) Render(m present.RedactionCard) {
	if r.last != nil && reflect.DeepEqual(*r.last, m) {
		return
	}
	r.last = &m
	for word, chip := range r.chips {
		chip.SetChosen(word == m.Chosen)
		chip.SetEnabled(m.Enabled)
	}
	r.says.Set(m.Says)
	r.more.Set(m.More)
	r.problem.Set(m.Problem)
	visible(r.more, m.More != "")
	visible(r.problem, m.Problem != "")
	visible(r.problemBox, m.Problem != "")
	r.column.Refresh()
}

// redactSelect offers the profiles of redaction, and the rules of a file that are chosen.
type redactSelect struct {
	*look.Select
	words []string
}

func newRedactSelect() *redactSelect {
	s := &redactSelect{Select: look.NewSelect(nil, nil)}
	s.set("")
	return s
}

func (s *redactSelect) set(word string) {
	s.words = s.words[:0]
	for _, c := range present.Redactions() {
		if c.Word != present.RulesOfFile {
			s.words = append(s.words, c.Word)
		}
	}
	if !slices.Contains(s.words, word) {
		s.words = append(s.words, word)
	}
	var names []string
	for _, w := range s.words {
		names = append(names, present.RedactionName(w))
	}
	s.SetOptions(names)
	s.SetSelectedIndex(slices.Index(s.words, word))
}

func (s *redactSelect) word() string { return s.words[max(0, s.SelectedIndex())] }
