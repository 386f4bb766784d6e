package view

import (
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/tone"
)

// StatusCard shows a job: the status word in large type, the track of states,
// progress, what is wrong and what to do about it, and the facts.
type StatusCard struct {
	Object   fyne.CanvasObject
	OnAction func(present.Action)

	disc        *look.Disc
	word        *look.Text
	caption     *look.Paragraph
	head, words *fyne.Container
	chart       *look.Area
	chartSay    *look.Text
	chartBox    *fyne.Container
	track       *look.Track
	overallBar  *look.Bar
	overallSay  *look.Text
	overall     *fyne.Container
	files       *fyne.Container
	rows        []*fileRow
	notices     *fyne.Container
	noticeKey   string
	facts       *look.Facts
	next        *fyne.Container // buttons
	column      *fyne.Container
	last        *present.Status
}

// NewStatusCard returns an empty card; more stands at its foot.
func NewStatusCard(more ...fyne.CanvasObject) *StatusCard {
	s := &StatusCard{
		disc: look.NewDisc("not-started", tone.Neutral, 44),
		word: look.NewTitle("", look.SizeStatus).Elide(), caption: look.NewParagraph("", look.SizeTable, look.ColorMuted),
		chart: look.NewArea(240, 42), chartSay: look.NewCaption("").Right(),
		track: look.NewTrack(), overallBar: look.NewBar(), overallSay: look.NewTitle("", look.SizeBody).Right(),
		files: look.NewColumn(8), notices: look.NewColumn(12), facts: look.NewFacts(), next: look.NewFlow(8, 8),
	}
	s.words = container.New(look.Inset{Top: -4, Bottom: -2}, look.NewColumn(-2, s.word, s.caption))
	s.chartBox = look.NewFixed(240, 62, look.NewColumn(2, s.chartSay, s.chart))
	s.head = look.NewStretchRow(14, 1, s.disc, s.words, s.chartBox)
	s.overall = look.NewStretchRow(16, 0, s.overallBar, s.overallSay)
	s.column = look.NewColumn(14, append([]fyne.CanvasObject{s.head, s.track, s.overall, s.files, s.notices, s.facts, s.next}, more...)...)
	s.Object = look.NewCard(s.column)
	return s
}

// Render shows a status. What is shown already costs nothing.
func (s *StatusCard) Render(v present.Status) {
	if s.last != nil && reflect.DeepEqual(*s.last, v) {
		return
	}
	s.last = &v
	t := v.Tone
	if v.Stale {
		t = tone.Neutral
	}
	s.disc.Set(v.Icon, t)
	ink := look.ToneColor(t)
	s.word.SetColored(v.Word, ink)
	s.caption.Set(v.Caption)
	s.renderTrack(v)
	s.renderProgress(v)
	s.renderNotices(v.Notices)
	facts := make([]look.Fact, len(v.Facts))
	for i, f := range v.Facts {
		facts[i] = look.Fact{Caption: f.Caption, Value: f.Value}
	}
	s.facts.Set(facts)
	visible(s.facts, len(facts) > 0)
	s.renderNext(v.Next)
	s.head.Refresh() // the caption wraps beside a chart that has come, before its height is asked for
	s.column.Refresh()
}

func (s *StatusCard) renderTrack(v present.Status) {
	steps := make([]look.Step, len(v.Steps))
	for i, step := range v.Steps {
		steps[i] = look.Step{Text: step.Text, State: look.StepState(step.State), Tone: step.Tone}
		if v.Stale {
			steps[i].Tone = tone.Neutral
		}
	}
	s.track.Set(steps)
	visible(s.track, len(steps) > 0)
}

func (s *StatusCard) renderProgress(v present.Status) {
	visible(s.chartBox, len(v.Chart) > 1)
	s.chart.Set(v.Chart)
	s.chartSay.Set(v.ChartSay)
	visible(s.overall, v.Overall != nil)
	if v.Overall != nil {
		s.overallBar.Set(v.Overall.Share, v.Tone)
		s.overallSay.Set(v.Overall.Text)
	}
	visible(s.files, len(v.Files) > 0)
	for len(s.rows) < len(v.Files) {
		row := newFileRow()
		s.rows = append(s.rows, row)
		s.files.Add(row.object)
	}
	for i, f := range v.Files {
		s.rows[i].render(f)
	}
	for i, row := range s.rows {
		visible(row.object, i < len(v.Files))
	}
}

// renderNotices rebuilds the boxes only when what they say has changed: a
// button must not vanish under the pointer.
func (s *StatusCard) renderNotices(list []present.Notice) {
	key := ""
	for _, n := range list {
		key += n.Title + "\x00" + n.Text + "\x00" + n.Key + "\x01"
		for _, a := range n.Actions {
			key += a.Text + "\x02"
		}
	}
	visible(s.notices, len(list) > 0)
	if key == s.noticeKey {
		return
	}
	s.noticeKey = key
	s.notices.Objects = nil
	for _, n := range list {
		s.notices.Objects = append(s.notices.Objects, NewNotice(n, func(a present.Action) { s.OnAction(a) }))
	}
	s.notices.Refresh()
}

// renderNext offers what can be done with the files. Buttons that stay are kept, and with
// them the keyboard.
func (s *StatusCard) renderNext(list []present.ActionButton) {
	visible(s.next, len(list) > 0)
	for len(s.next.Objects) < len(list) {
		s.next.Add(look.NewButton(look.Outlined, "", "", nil))
	}
	for i, o := range s.next.Objects {
		visible(o, i < len(list))
		if i < len(list) {
			b := o.(*look.Button)
			b.SetText(list[i].Text)
			b.OnTapped = func() { s.OnAction(list[i].Action) }
		}
	}
}

// visible shows or hides an object.
func visible(o fyne.CanvasObject, on bool) {
	if on == o.Visible() {
		return
	}
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

// fileRow is a file's line: name, bar, rows, size.
type fileRow struct {
	object           fyne.CanvasObject
	name, rows, size *look.Text
	bar              *look.Bar
}

func newFileRow() *fileRow {
	r := &fileRow{name: look.NewTitle("", look.SizeTable), bar: look.NewBar(),
		rows: look.NewText("", look.SizeTable, look.ColorMuted).Right(), size: look.NewText("", look.SizeTable, look.ColorMuted).Right()}
	r.object = look.NewStretchRow(16, 1,
		look.NewFixed(130, 20, r.name), r.bar, look.NewFixed(190, 20, r.rows), look.NewFixed(84, 20, r.size))
	return r
}

func (r *fileRow) render(f present.FileRow) {
	r.name.Set(f.Name)
	r.bar.Set(f.Share, f.Tone)
	r.rows.Set(f.Rows)
	r.size.Set(f.Size)
}
