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

// Schedules is the tab with the schedules of a source.
type Schedules struct {
	Object                fyne.CanvasObject
	OnAdd                 func()
	OnRun, OnEdit, OnPass func(name string)
	OnEnable              func(name string, on bool)

	Form *ScheduleForm // takes the place of the list while it is open

	note          *look.Paragraph
	cards         *fyne.Container
	filled, empty fyne.CanvasObject
	last          *SchedulesModel
}

// SchedulesModel is the content of the tab.
type SchedulesModel struct {
	Rows []present.ScheduleRow
	Note string // who runs what is due, or what is wrong
	Open bool   // the form is
}

// NewSchedules returns an empty tab. zones are offered in the form.
func NewSchedules(zones []string, local bool) *Schedules {
	t := texts.T.Schedule
	s := &Schedules{Form: NewScheduleForm(zones, local), note: look.NewParagraph("", look.SizeCaption, look.ColorMuted), cards: look.NewColumn(look.Gap)}
	add := look.NewButton(look.Primary, t.Add, "add", func() { s.OnAdd() })
	head := look.NewStretchRow(16, 0, s.note, add)
	s.filled = newPageScroll(look.NewColumn(look.Gap, head, s.cards))
	s.empty = newEmpty("calendar", t.Empty, t.EmptyText, look.NewButton(look.Primary, t.AddFirst, "add", func() { s.OnAdd() }))
	s.Object = container.NewStack(s.filled, s.empty, s.Form.Object)
	s.Form.Object.Hide()
	return s
}

// Render shows the schedules.
func (s *Schedules) Render(m SchedulesModel) {
	if s.last != nil && reflect.DeepEqual(*s.last, m) {
		return
	}
	s.last = &m
	s.note.Set(m.Note)
	s.cards.Objects = nil
	for _, row := range m.Rows {
		s.cards.Add(s.card(row))
	}
	visible(s.filled, !m.Open && len(m.Rows) > 0)
	visible(s.empty, !m.Open && len(m.Rows) == 0)
	visible(s.Form.Object, m.Open)
	s.filled.Refresh()
	s.Object.Refresh()
}

// card is one schedule.
func (s *Schedules) card(row present.ScheduleRow) fyne.CanvasObject {
	t := texts.T.Schedule
	enabled := look.NewToggle(t.Enabled, nil)
	enabled.SetOn(row.Enabled)
	enabled.OnChanged = func(on bool) { s.OnEnable(row.Name, on) }
	run := look.NewButton(look.Outlined, t.RunNow, "started", func() { s.OnRun(row.Name) })
	run.SetEnabled(!row.Running)
	edit := look.NewButton(look.Outlined, t.Edit, "edit", func() { s.OnEdit(row.Name) })
	title := look.NewColumn(2, look.NewTitle(row.Name, look.SizeCard).Elide(), look.NewParagraph(row.When, look.SizeTable, look.ColorMuted))
	content := look.NewColumn(12, look.NewStretchRow(12, 0, title, look.NewPill(row.Sign.Word, row.Sign.Icon, row.Sign.Tone)))
	for _, line := range [][2]string{{t.Next, row.Next}, {t.Last, row.Last}, {t.Success, row.Success}} {
		if line[1] != "" {
			content.Add(container.New(look.Row{Gap: 12, Stretch: 1, Top: true}, look.NewFixed(90, 18, look.NewCaption(line[0])), look.NewParagraph(line[1], look.SizeTable, look.ColorText)))
		}
	}
	if row.Now != "" {
		content.Add(look.NewTinted(look.ToneTint(tone.Caution), look.NewParagraph(row.Now, look.SizeTable, look.ColorText)))
	}
	if row.Missed != "" {
		offer := look.NewFlow(8, 8, look.NewButton(look.Outlined, t.RunOnce, "started", func() { s.OnRun(row.Name) }), look.NewButton(look.Outlined, t.LetBe, "", func() { s.OnPass(row.Name) }))
		content.Add(look.NewTinted(look.ToneTint(tone.Caution), look.NewColumn(10, look.NewParagraph(row.Missed, look.SizeTable, look.ColorText), offer)))
	}
	content.Add(look.NewFlow(8, 8, enabled, run, edit))
	return look.NewCard(content)
}
