package view

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"sluice/pipeline"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/tone"
)

func lightApp(t *testing.T) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.NewTheme(look.Light))
}

// buttons finds what can be pressed in an object, by what it says.
func buttons(o fyne.CanvasObject) map[string]*look.Button {
	found := map[string]*look.Button{}
	for _, part := range test.LaidOutObjects(o) {
		if b, ok := part.(*look.Button); ok {
			found[b.Text()] = b
		}
	}
	return found
}

func TestStatusCardActs(t *testing.T) {
	lightApp(t)
	card := NewStatusCard()
	test.NewTempWindow(t, card.Object).Resize(fyne.NewSize(900, 500))
	var acted []present.Action
	card.OnAction = func(a present.Action) { acted = append(acted, a) }
	failed := present.Status{Sign: present.SignOf(pipeline.Failed), Notices: []present.Notice{{Title: "Inconsistent index", Tone: tone.Bad, Icon: "failed",
		Actions: []present.ActionButton{{Action: present.ActForce, Text: "Force", Danger: true}}}}}
	card.Render(failed)
	force := buttons(card.Object)["Force"]
	if force == nil {
		t.Fatal("the notice has no button")
	}
	test.Tap(force)
	if len(acted) != 1 || acted[0] != present.ActForce {
		t.Errorf("actions: %v", acted)
	}
	failed.Caption = "a second later"
	card.Render(failed)
	if buttons(card.Object)["Force"] != force {
		t.Error("the button was replaced under the pointer although the notice is the same")
	}
	card.Render(present.Status{Sign: present.SignOf(pipeline.Completed)})
	if card.notices.Visible() || card.overall.Visible() || card.chartBox.Visible() {
		t.Error("what belongs to other states is still shown")
	}
}

// TestCaptionIsReadWhole: how long a job has run stands at the end of the caption, beside
// the chart of a narrow window too.
func TestCaptionIsReadWhole(t *testing.T) {
	lightApp(t)
	card := NewStatusCard()
	test.NewTempWindow(t, card.Object).Resize(fyne.NewSize(590, 500))
	s := present.Status{Sign: present.SignOf(pipeline.Started), Steps: []present.Step{{Text: "Started"}},
		Caption: "Job 2 · this computer · started 2026-11-30 03:05:24 · 29 s · resumed from job 1"}
	card.Render(s)
	s.Chart = []float64{1, 2, 3}
	card.Render(s)
	said := ""
	for _, o := range test.LaidOutObjects(card.words) {
		if text, ok := o.(*canvas.Text); ok && o.Visible() {
			said += text.Text + " "
		}
	}
	if !strings.Contains(said, "29 s · resumed from job 1") {
		t.Errorf("the card says %q", said)
	}
	if top := card.track.Position().Y; card.head.Size().Height < card.words.MinSize().Height || top < card.head.Position().Y+card.head.Size().Height {
		t.Errorf("the head is %v high and needs %v; the track begins at %v", card.head.Size().Height, card.words.MinSize().Height, top)
	}
}

func TestStatusCardShowsAsManyFilesAsThereAre(t *testing.T) {
	lightApp(t)
	card := NewStatusCard()
	test.NewTempWindow(t, card.Object).Resize(fyne.NewSize(900, 500))
	file := func(name string) present.FileRow { return present.FileRow{Name: name, Rows: "1", Tone: tone.Active} }
	for _, names := range [][]string{{"users", "pages"}, {"users"}, {"users", "spaces", "pages"}, {}} {
		s := present.Status{Sign: present.SignOf(pipeline.Started)}
		for _, n := range names {
			s.Files = append(s.Files, file(n))
		}
		card.Render(s)
		shown := 0
		for _, row := range card.rows {
			if row.object.Visible() {
				shown++
			}
		}
		if shown != len(names) {
			t.Errorf("%d rows for %v", shown, names)
		}
	}
}

func TestRenderingLeavesTypingAlone(t *testing.T) {
	lightApp(t)
	n := NewNewExport([]string{"UTC"})
	var typed []present.FromDate
	n.OnForm = func(f present.FromDate) { typed = append(typed, f) }
	w := test.NewTempWindow(t, n.Object)
	w.Resize(fyne.NewSize(1000, 400))
	m := NewExportModel{Form: present.FromDate{Date: "2026-11-01", Time: "00:00", Zone: "UTC"}, Controls: present.Controls{Start: true, Inputs: true},
		Possible: map[present.Preset]bool{present.Days365: true}, Start: "Start", Cancel: "Cancel"}
	n.Render(m)
	if len(typed) != 0 {
		t.Fatalf("rendering counts as typing: %v", typed)
	}
	w.Canvas().Focus(n.date.field)
	n.date.field.CursorColumn = 4
	test.Type(n.date.field, "9")
	if len(typed) != 1 || typed[0].Date != "20269-11-01" {
		t.Fatalf("typed: %v", typed)
	}
	m.Form = typed[0]
	m.Problem = &present.FieldError{Field: "date", Message: "no date"}
	n.Render(m)
	if n.date.field.CursorColumn != 5 || n.date.Text() != "20269-11-01" {
		t.Errorf("after rendering: %q, cursor at %d", n.date.Text(), n.date.field.CursorColumn)
	}
	if !n.start.Disabled() || n.wrong.Text() != "no date" {
		t.Error("a mistake can be sent")
	}
}

// TestMistakeStandsAtItsField: right below the fields, at any width.
func TestMistakeStandsAtItsField(t *testing.T) {
	lightApp(t)
	n := NewNewExport([]string{"UTC"})
	w := test.NewTempWindow(t, n.Object)
	m := NewExportModel{Form: present.FromDate{Date: "x", Time: "00:00", Zone: "UTC"}, Controls: present.Controls{Start: true, Inputs: true},
		Problem: &present.FieldError{Field: present.FieldDate, Message: "no date"}, Start: "Start", Cancel: "Cancel"}
	for _, width := range []float32{600, 1000} {
		w.Resize(fyne.NewSize(width, 500))
		n.Render(m)
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject
		below := at(n.wrong).Y - at(n.date.field).Y - n.date.field.Size().Height
		if !n.wrong.Visible() || below < 0 || below > 16 {
			t.Errorf("%.0f wide: the mistake stands %.0f below its field", width, below)
		}
	}
	m.Problem = nil
	if n.Render(m); n.wrong.Visible() {
		t.Error("a mistake that was mended still stands there")
	}
}

func TestHistoryListsAndSorts(t *testing.T) {
	lightApp(t)
	h := NewHistory(NewCompare())
	var sorted []present.JobColumn
	var opened []int64
	h.OnSort = func(c present.JobColumn) { sorted = append(sorted, c) }
	h.OnFiles = func(id int64) { opened = append(opened, id) }
	h.OnDetails = func(int64) {}
	test.NewTempWindow(t, h.Object).Resize(fyne.NewSize(1000, 700))
	h.Render(HistoryModel{})
	if h.filled.Visible() || !h.empty.Visible() {
		t.Error("an empty history shows a table")
	}
	now := time.Now()
	jobs := []pipeline.Job{{ID: 2, Status: pipeline.Completed, StartTime: pipeline.At(now)}, {ID: 1, Status: pipeline.Failed, StartTime: pipeline.At(now)}}
	h.Render(HistoryModel{Rows: present.HistoryRows(jobs, now, nil), HasFiles: true})
	test.Tap(h.heads[5])
	if len(sorted) != 1 || sorted[0] != present.ColumnRows {
		t.Errorf("sorted by %v", sorted)
	}
	row := h.newRow()
	h.fillRow(1, row)
	row.(*listRow).data.(*historyRow).files.Tapped(nil)
	if len(opened) != 1 || opened[0] != 1 {
		t.Errorf("opened the files of %v", opened)
	}
}

// TestBoardTips: what has no room in a line of the board is told below it, while the pointer
// rests there.
func TestBoardTips(t *testing.T) {
	lightApp(t)
	var come func()
	tips := look.NewTips(func(_ time.Duration, f func()) func() { come = f; return func() {} })
	b := NewBoard()
	b.Tips, b.OnSource = tips, func(string) {}
	w := inWindow(t, container.NewStack(b.Object, tips.Object))
	b.Render([]present.BoardRow{{ID: "1", Icon: "server", Name: "Wiki", Tip: "Wiki\nhttps://wiki"}, {ID: "2", Icon: "server", Name: "Jira", Tip: "Jira"}})
	w.Resize(fyne.NewSize(900, 600))
	var lines []desktop.Hoverable
	look.Walk(b.Object, func(o fyne.CanvasObject) bool {
		if l, ok := o.(*look.List); ok {
			for _, item := range test.LaidOutObjects(l) {
				if h, ok := item.(desktop.Hoverable); ok && strings.Contains(fmt.Sprintf("%T", item), "listLine") {
					lines = append(lines, h)
				}
			}
		}
		return true
	})
	if len(lines) < 2 {
		t.Fatalf("there are %d lines", len(lines))
	}
	lines[0].MouseIn(nil)
	come()
	if tips.Text() != "Wiki\nhttps://wiki" {
		t.Errorf("the tip says %q", tips.Text())
	}
	lines[0].MouseOut()
	if tips.Text() != "" {
		t.Error("the tip stays")
	}
}
