package view

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"sluice/schedule"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// scheduleFormats are the formats in the order in which they are offered; the first is
// that of the settings.
var scheduleFormats = []string{"", "csv", "parquet", "both"}

// policies are what is done about missed runs, in the order in which it is offered.
var policies = []schedule.Policy{schedule.Ask, schedule.Run, schedule.Skip}

// ScheduleForm adds a schedule or changes one.
type ScheduleForm struct {
	fieldForm
	OnSave             func(present.ScheduleInput)
	OnChange           func(present.ScheduleInput) // something was typed or chosen
	OnRemove, OnCancel func()

	name, when, window, redact, quiet, retries, after, deadline *look.Field
	zone                                                        *ZoneField
	missed, format                                              *look.Select
	save, remove                                                *look.Button
	next                                                        *look.Paragraph
}

// ScheduleFormModel is what the form shows beside its fields.
type ScheduleFormModel struct {
	Editing  bool
	Next     []string // the next runs, as far as the times can be read
	WhyNone  string   // why there are none, unless a field says so; "": it does, or there is nothing wrong
	Problems present.Problems
	Message  string
}

// NewScheduleForm returns an empty form. The format is that of a snapshot's files.
func NewScheduleForm(zones []string, local bool) *ScheduleForm {
	t := texts.T.Schedule
	f := &ScheduleForm{}
	f.fieldForm = newFieldForm(f.tellChange, func() { f.OnSave(f.Input()) })
	f.name, f.when, f.window = f.field("nightly"), f.field("weekdays 02:00"), f.field(t.WindowNone)
	f.redact = f.field("")
	f.quiet, f.retries, f.after, f.deadline = f.field(""), f.field("2"), f.field("5m"), f.field("")
	f.zone = NewZoneField(zones, func(string) { f.tellChange() })
	f.zone.field.OnSubmitted = func(string) { f.sent() }
	f.missed = look.NewSelect([]string{t.MissedAsk, t.MissedRun, t.MissedSkip}, func(string) { f.tellChange() })
	f.format = look.NewSelect([]string{t.FormatSetting, t.FormatCSV, t.FormatParquet, t.FormatBoth}, func(string) { f.tellChange() })
	f.next = look.NewParagraph("", look.SizeBody, look.ColorText)
	f.save = look.NewButton(look.Primary, t.Create, "", func() { f.OnSave(f.Input()) })
	f.remove = look.NewButton(look.Danger, t.Remove, "trash", func() { f.OnRemove() })
	cancel := look.NewButton(look.Outlined, t.Cancel, "", func() { f.OnCancel() })
	what := []fyne.CanvasObject{
		f.line(t.Name, "", present.FieldScheduleName, f.name),
		f.line(t.When, t.WhenHint, present.FieldWhen, f.when),
		formRow(t.NextRuns, "", f.next),
		formRow(t.Zone, t.ZoneHint, f.checked.add(present.FieldScheduleZone, f.zone.field, inField(f.zone.Object))),
		f.line(t.Window, t.WindowHint, present.FieldWindow, f.window),
	}
	if local {
		what = append(what, formRow(t.Format, "", inField(f.format)), formRow(t.Redact, t.RedactHint, f.browse(f.redact, false)))
	}
	f.layOut(f.remove, []fyne.CanvasObject{f.save, cancel},
		section(t.What, what...),
		section(t.Trouble,
			f.line(t.Retries, t.RetriesHint, present.FieldRetries, f.retries),
			f.line(t.RetryAfter, t.RetryAfterHint, present.FieldRetryAfter, f.after),
			f.line(t.Deadline, t.DeadlineHint, present.FieldDeadline, f.deadline),
			f.line(t.Quiet, t.QuietHint, present.FieldQuiet, f.quiet),
			formRow(t.Missed, t.MissedHint, inField(f.missed))),
	)
	return f
}

func (f *ScheduleForm) tellChange() {
	if f.OnChange != nil && f.zone != nil {
		f.OnChange(f.Input())
	}
}

// Input is what stands in the form.
func (f *ScheduleForm) Input() present.ScheduleInput {
	return present.ScheduleInput{Name: f.name.Text, When: f.when.Text, Window: f.window.Text, Zone: f.zone.Text(), Quiet: f.quiet.Text, Retries: f.retries.Text,
		RetryAfter: f.after.Text, Deadline: f.deadline.Text, Redact: f.redact.Text, Format: scheduleFormats[max(0, f.format.SelectedIndex())], Missed: policies[max(0, f.missed.SelectedIndex())]}
}

// Fill writes the fields.
func (f *ScheduleForm) Fill(in present.ScheduleInput) {
	changed := f.OnChange
	f.OnChange = nil // of the whole once
	f.name.Change(in.Name)
	f.when.Change(in.When)
	f.window.Change(in.Window)
	f.zone.SetText(in.Zone)
	f.quiet.Change(in.Quiet)
	f.retries.Change(in.Retries)
	f.after.Change(in.RetryAfter)
	f.deadline.Change(in.Deadline)
	f.redact.Change(in.Redact)
	f.format.SetSelectedIndex(max(0, slices.Index(scheduleFormats, in.Format)))
	f.missed.SetSelectedIndex(max(0, slices.Index(policies, in.Missed)))
	f.OnChange = changed
	f.tellChange()
}

// Render shows what belongs to the form beside its fields.
func (f *ScheduleForm) Render(m ScheduleFormModel) {
	t := texts.T.Schedule
	f.save.SetText(t.Create)
	if m.Editing {
		f.save.SetText(t.Save)
	}
	visible(f.remove, m.Editing)
	switch {
	case len(m.Next) > 0:
		f.next.SetColored(strings.Join(m.Next, "\n"), look.ColorText)
	case m.WhyNone != "":
		f.next.SetColored(m.WhyNone, look.ToneColor(tone.Bad))
	default:
		f.next.SetColored(texts.T.Format.Dash, look.ColorMuted)
	}
	f.render(m.Message, true, m.Problems)
}

// FocusName puts the cursor into the first field.
func (f *ScheduleForm) FocusName(c fyne.Canvas) { f.begin(c, f.name) }
