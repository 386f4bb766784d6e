package view

import (
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// NewExport is the card about the next export, and the foot that starts and cancels: that
// never scrolls away.
type NewExport struct {
	Object   fyne.CanvasObject
	Foot     fyne.CanvasObject
	OnPreset func(present.Preset)
	OnForm   func(present.FromDate)
	OnForce  func(on bool)
	OnStart  func()
	OnCancel func()
	OnCopy   func(command string)

	chips         map[present.Preset]*look.Chip
	date          *DateField
	clock         *look.Field
	zone          *ZoneField
	force         *look.Toggle
	start, cancel *look.Button
	wrong         *look.Paragraph // below the fields
	counts        *look.Paragraph // from when, and what that counts from
	say           *look.Paragraph // in the foot
	command       *look.Text
	copy          *look.Button
	column, foot  *fyne.Container
	full          string
	rendering     bool
	last          *NewExportModel
}

// NewNewExport returns the card; zones are offered in the zone field.
func NewNewExport(zones []string) *NewExport {
	t := texts.T.New
	n := &NewExport{chips: map[present.Preset]*look.Chip{}}
	chips := look.NewFlow(8, 8)
	for _, p := range present.Presets() {
		n.chips[p] = look.NewChip(p.Name(), "", func() { n.OnPreset(p) })
		chips.Add(n.chips[p])
	}
	changed := func(string) {
		if !n.rendering {
			n.OnForm(n.Form())
		}
	}
	n.date = NewDateField(changed)
	n.clock = look.NewField(t.TimePlaceholder, changed)
	n.zone = NewZoneField(zones, changed)
	n.force = look.NewToggle(t.Force, func(on bool) {
		if !n.rendering {
			n.OnForce(on)
		}
	})
	n.cancel = look.NewButton(look.Danger, t.Cancel, "stop", func() { n.OnCancel() })
	n.start = look.NewButton(look.Primary, t.Start, "started", func() { n.OnStart() })
	n.wrong = look.NewParagraph("", look.SizeCaption, look.ToneColor(tone.Bad))
	n.wrong.Hide()
	n.counts = look.NewParagraph("", look.SizeCaption, look.ColorMuted)
	n.say = look.NewParagraph("", look.SizeCaption, look.ColorMuted).AtMost(2)
	n.command = look.NewText("", look.SizeCaption, look.ColorMuted).Elide()
	n.copy = look.NewQuiet(t.CopyCommand, "copy", func() { n.OnCopy(n.full) })

	fields := look.NewFlow(12, 10,
		captioned(t.Date, look.NewFixed(150, look.ControlHeight, n.date.Object)),
		captioned(t.Time, look.NewFixed(86, look.ControlHeight, n.clock)),
		captioned(t.Zone, look.NewFixed(200, look.ControlHeight, n.zone.Object)),
	)
	form := look.NewColumn(6, fields, n.wrong, n.counts)
	well := look.NewWell(container.New(look.Inset{Top: -4, Bottom: -4, Right: -8}, look.NewStretchRow(8, 0, n.command, n.copy)))
	n.column = look.NewColumn(12, look.NewTitle(t.Title, look.SizeCard), chips, form, well)
	n.Object = look.NewCard(n.column)
	n.foot = look.NewStretchRow(12, 1, n.force, n.say, n.cancel, n.start)
	n.Foot = n.foot
	return n
}

// captioned puts a caption above a field.
func captioned(caption string, field fyne.CanvasObject) fyne.CanvasObject {
	return look.NewColumn(5, look.NewCaption(caption), field)
}

// NewExportModel is the content of the card.
type NewExportModel struct {
	Form     present.FromDate
	Chosen   present.Preset
	Possible map[present.Preset]bool // presets that can be chosen
	Forced   bool
	Problem  *present.FieldError // what is wrong with the form
	Note     string              // a remark on it
	Counts   string              // from when, and what that counts from
	Controls present.Controls
	Start    string
	Cancel   string
	Command  string // shown
	Full     string // copied
	CopyText string
}

// Form is the from date as it stands in the fields.
func (n *NewExport) Form() present.FromDate {
	return present.FromDate{Date: n.date.Text(), Time: n.clock.Text, Zone: n.zone.Text()}
}

// Render shows the card. Fields are written only where they differ, so that a
// cursor stays where it is.
func (n *NewExport) Render(m NewExportModel) {
	if n.last != nil && n.Form() == m.Form && n.force.On() == m.Forced && reflect.DeepEqual(*n.last, m) {
		return
	}
	n.last = &m
	n.rendering = true
	defer func() { n.rendering = false }()
	for p, chip := range n.chips {
		chip.SetChosen(p == m.Chosen)
		chip.SetEnabled(m.Possible[p] && m.Controls.Inputs)
	}
	n.date.SetText(m.Form.Date)
	n.clock.Change(m.Form.Time)
	n.zone.SetText(m.Form.Zone)
	n.force.SetOn(m.Forced)
	n.force.SetEnabled(m.Controls.Force)
	n.cancel.SetEnabled(m.Controls.Cancel)
	n.start.SetEnabled(m.Controls.Start && m.Problem == nil)
	n.start.SetText(m.Start)
	n.cancel.SetText(m.Cancel)
	n.mark(m.Problem)
	n.say.SetColored(say(m))
	n.counts.Set(m.Counts)
	visible(n.counts, m.Problem == nil && m.Counts != "")
	visible(n.wrong, m.Problem != nil)
	n.command.Set(m.Command)
	n.full = m.Full
	n.copy.SetText(m.CopyText)
	n.copy.SetEnabled(m.Problem == nil)
	n.column.Refresh()
	n.foot.Refresh()
}

// say is the sentence beside the buttons: what to know of the form.
func say(m NewExportModel) (string, fyne.ThemeColorName) {
	switch {
	case m.Problem != nil: // which stands at its field
	case m.Note != "":
		return m.Note, look.ToneColor(tone.Caution)
	case m.Forced:
		return texts.T.New.ForceHint, look.ToneColor(tone.Caution)
	}
	return "", look.ColorMuted
}

// inputs are the fields by their names in the presenter.
func (n *NewExport) inputs() map[string]*look.Field {
	return map[string]*look.Field{present.FieldDate: n.date.field, present.FieldTime: n.clock, present.FieldZone: n.zone.field}
}

// mark gives the field with a problem a red edge and says below what is wrong, and
// takes both from the others.
func (n *NewExport) mark(problem *present.FieldError) {
	if problem != nil {
		n.wrong.Set(problem.Message)
	}
	for name, field := range n.inputs() {
		field.SetWrong(problem != nil && problem.Field == name)
	}
}

// Focus puts the cursor into a field.
func (n *NewExport) Focus(c fyne.Canvas, field string) {
	if f := n.inputs()[field]; f != nil {
		c.Focus(f)
	}
}
