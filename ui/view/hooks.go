package view

import (
	"reflect"

	"fyne.io/fyne/v2"

	"sluice/secret"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// Hooks is the page with those who are told what became of runs.
type Hooks struct {
	*cardList
	OnEdit, OnTry func(name string)
	OnEnable      func(name string, on bool)

	last *HooksModel
}

// HooksModel is the content of the page.
type HooksModel struct {
	Rows    []present.HookRow
	Problem string // the list could not be read
	Trying  map[string]bool
	Answers map[string]HookAnswer
}

// HookAnswer is what became of a hook that was tried.
type HookAnswer struct {
	Says string
	Bad  bool
}

// NewHooks returns an empty page.
func NewHooks() *Hooks {
	t := texts.T.Hook
	return &Hooks{cardList: newCardList("info", t.Empty, t.EmptyText, t.Add)}
}

// Render shows the hooks.
func (h *Hooks) Render(m HooksModel) {
	if h.last != nil && reflect.DeepEqual(*h.last, m) {
		return
	}
	h.last = &m
	var cards []fyne.CanvasObject
	for _, row := range m.Rows {
		cards = append(cards, h.card(row, m))
	}
	h.show(m.Problem, cards)
}

// card is one hook.
func (h *Hooks) card(row present.HookRow, m HooksModel) fyne.CanvasObject {
	t := texts.T.Hook
	try := look.NewButton(look.Outlined, t.Try, "refresh", func() { h.OnTry(row.Name) })
	working(try, m.Trying[row.Name], t.Try, t.Trying)
	var more []fyne.CanvasObject
	if a, tried := m.Answers[row.Name]; tried {
		color := look.ToneColor(tone.Good)
		if a.Bad {
			color = look.ToneColor(tone.Bad)
		}
		more = append(more, look.NewParagraph(a.Says, look.SizeTable, color))
	}
	return listCard(row.Name, row.Says, more, listSwitch(t.Enabled, row.Enabled, func(on bool) { h.OnEnable(row.Name, on) }), try,
		look.NewButton(look.Outlined, t.Edit, "edit", func() { h.OnEdit(row.Name) }))
}

// HookForm adds a hook or changes one.
type HookForm struct {
	fieldForm
	OnSave, OnChange func(present.HookInput)
	OnRemove         func()

	name, command, url, key *look.Field
	byCommand, byURL        *look.Chip
	end, failure            *look.Toggle
	missed, stuck           *look.Toggle
	onWrong                 *look.Paragraph
	ofCommand, ofURL        fyne.CanvasObject
	remove                  *look.Button
	isURL                   bool
}

// HookFormModel is what the form shows beside its fields.
type HookFormModel struct {
	Editing  bool
	Problems present.Problems
	Message  string
}

// NewHookForm returns an empty form. hasKey: a key is kept; hasURL: an address is, in a file.
func NewHookForm(hasKey, hasURL bool) *HookForm {
	t := texts.T.Hook
	f := &HookForm{}
	f.fieldForm = newFieldForm(f.tellChange, func() { f.OnSave(f.Input()) })
	f.name, f.command, f.url, f.key = f.field("on-call"), f.field(t.CommandExample), f.field("https://hooks.example.com/sluice"), f.secretField()
	f.byCommand = look.NewChip(t.ByCommand, "", func() { f.choose(false) })
	f.byURL = look.NewChip(t.ByURL, "", func() { f.choose(true) })
	f.end, f.failure, f.missed = look.NewToggle(t.End, nil), look.NewToggle(t.Failure, nil), look.NewToggle(t.Missed, nil)
	f.stuck = look.NewToggle(t.Stuck, nil)
	for _, toggle := range []*look.Toggle{f.end, f.failure, f.missed, f.stuck} {
		toggle.OnChanged = func(bool) { f.tellChange() }
	}
	f.onWrong = look.NewParagraph("", look.SizeCaption, look.ToneColor(tone.Bad))
	f.onWrong.Hide()
	keyHint, urlHint := t.SecretHint, t.URLHint
	if hasKey {
		keyHint = t.SecretKept
	}
	if hasURL {
		urlHint = t.URLKept
	}
	f.ofCommand = f.line(t.Command, t.CommandHint, present.FieldHookCommand, f.command)
	f.ofURL = look.NewColumn(14, f.line(t.URL, urlHint, present.FieldHookURL, f.url), formRow(t.Secret, keyHint, inField(f.key)))
	on := look.NewFlow(8, 8, f.end, f.failure, f.missed, f.stuck)
	f.remove = look.NewButton(look.Danger, t.Remove, "trash", func() { f.OnRemove() })
	f.layOut(f.remove, []fyne.CanvasObject{look.NewButton(look.Primary, t.Save, "", func() { f.OnSave(f.Input()) })},
		section(t.Way, look.NewFlow(8, 8, f.byCommand, f.byURL), f.line(t.Name, t.NameHint, present.FieldHookName, f.name), f.ofCommand, f.ofURL),
		look.NewCard(look.NewColumn(14, look.NewColumn(2, look.NewTitle(t.On, look.SizeCard), look.NewParagraph(t.OnHint, look.SizeCaption, look.ColorMuted)), on, f.onWrong)))
	f.choose(false)
	return f
}

// choose shows the fields of a way to tell.
func (f *HookForm) choose(byURL bool) {
	f.isURL = byURL
	f.byCommand.SetChosen(!byURL)
	f.byURL.SetChosen(byURL)
	visible(f.ofCommand, !byURL)
	visible(f.ofURL, byURL)
	f.column.Refresh()
	f.tellChange()
}

func (f *HookForm) tellChange() {
	if f.OnChange != nil {
		f.OnChange(f.Input())
	}
}

// Input is what stands in the form.
func (f *HookForm) Input() present.HookInput {
	return present.HookInput{Name: f.name.Text, Command: f.command.Text, URL: f.url.Text, Key: secret.Of(f.key.Text), ByURL: f.isURL,
		End: f.end.On(), Failure: f.failure.On(), Missed: f.missed.On(), Stuck: f.stuck.On()}
}

// Fill writes the fields; a key is never shown.
func (f *HookForm) Fill(in present.HookInput) {
	f.name.Change(in.Name)
	f.command.Change(in.Command)
	f.url.Change(in.URL)
	f.end.SetOn(in.End)
	f.failure.SetOn(in.Failure)
	f.missed.SetOn(in.Missed)
	f.stuck.SetOn(in.Stuck)
	f.choose(in.ByURL)
}

// Render shows what belongs to the form beside its fields.
func (f *HookForm) Render(m HookFormModel) {
	visible(f.remove, m.Editing)
	says := m.Problems.Of(present.FieldHookOn)
	f.onWrong.Set(says)
	visible(f.onWrong, says != "")
	f.fieldForm.render(m.Message, true, m.Problems)
}

// FocusFirst puts the cursor into the first field.
func (f *HookForm) FocusFirst(c fyne.Canvas) { f.begin(c, f.name) }
