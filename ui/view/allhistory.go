package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/pipeline"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// AllHistory lists the jobs of all sources. Its lines are made only as they come into
// sight: there may be tens of thousands.
type AllHistory struct {
	Object    fyne.CanvasObject
	OnFilter  func(text string)
	OnSort    func(present.JobColumn)
	OnDetails func(present.AnyRow)
	OnFiles   func(present.AnyRow)
	OnMenu    func(row present.AnyRow, at fyne.Position)
	Tips      *look.Tips // shows what there is no room for; nil: nothing does

	filter        *look.Field
	note          *look.Paragraph
	list          *look.List
	heads         []*look.SortHead
	columns       columns
	m             AllHistoryModel
	filled, empty fyne.CanvasObject
	nothing       *look.Text // instead of lines, where the filter leaves none
}

// AllHistoryModel is the content of the list.
type AllHistoryModel struct {
	Count   int                        // lines
	Row     func(i int) present.AnyRow // the line at an index
	Any     bool                       // there are jobs, whether the filter leaves some or not
	Note    string                     // above the list, or ""
	Sorted  present.JobColumn
	Upwards bool
}

// allColumns are the columns of the list, from left to right.
var allColumns = []present.JobColumn{present.ColumnSource, present.ColumnJob, present.ColumnStatus, present.ColumnStarted, present.ColumnDuration,
	present.ColumnFrom, present.ColumnRows, present.ColumnSize, present.ColumnBy}

// forcedStatus is the width that the statuses of jobs need that have ended, the longest of
// those that there are mostly: which are in the list nobody knows before they are in sight.
func forcedStatus() float32 {
	var rows []present.HistoryRow
	for _, s := range []pipeline.Status{pipeline.Completed, pipeline.Failed, pipeline.Cancelled} {
		rows = append(rows, present.HistoryRow{Sign: present.SignOfJob(pipeline.Job{ID: 1, Status: s, Config: pipeline.Config{ForcedExport: true}})})
	}
	return leastStatus(rows)
}

// NewAllHistory returns an empty list.
func NewAllHistory() *AllHistory {
	t := texts.T.History
	h := &AllHistory{}
	files := linkWidth(t.Files)
	h.columns = columns{
		{title: texts.T.Board.ColumnSource, width: 180, least: 92, grow: true}, {title: t.Job, width: 48, least: 40, right: true},
		{title: t.Status, width: wideStatus, least: forcedStatus()}, {title: t.Started, width: 130, least: 118}, {title: t.Took, width: 92, least: 70, drop: 1, right: true},
		{title: t.FromDate, width: 92, least: 84, drop: 4}, {title: t.Written, width: 110, least: 100, drop: 3, right: true},
		{title: t.Size, width: 80, least: 66, drop: 2, right: true}, {title: t.StartedBy, width: 150, least: 100, drop: 5},
		{width: files, least: files, drop: 1}, // the menu of a job and its details have it, too
	}
	h.filter = look.NewField(texts.T.Board.Filter, func(text string) { h.OnFilter(text) })
	h.note = look.NewParagraph("", look.SizeCaption, look.ColorMuted)
	h.list = look.NewList(func() int { return h.m.Count }, h.newRow, h.fillRow, func(i int) {
		h.list.Unselect(i)
		h.OnDetails(h.m.Row(i))
	})
	h.list.HideSeparators = false
	h.list.OnMenu = func(i int, at fyne.Position) {
		if i < h.m.Count {
			h.OnMenu(h.m.Row(i), at)
		}
	}
	h.list.OnHover = func(i int, line fyne.CanvasObject, over bool) {
		if over && i < h.m.Count {
			h.Tips.OverLine(line, h.m.Row(i).Tip)
			return
		}
		h.Tips.Away()
	}
	head, heads := h.columns.head(func(i int) {
		if i < len(allColumns) {
			h.OnSort(allColumns[i])
		}
	})
	h.heads = heads
	h.nothing = look.NewText(texts.T.Board.NoMatch, look.SizeTable, look.ColorMuted).Center()
	lines := container.NewStack(h.list, container.NewVBox(look.Space(0, 18), h.nothing))
	table := look.NewPlainCard(look.NewFilledColumn(0, look.NewColumn(0, head, look.NewLine()), lines))
	h.filled = container.New(look.Inset{Left: look.Bleed, Top: look.Gap, Right: look.Bleed, Bottom: look.PageMarginY},
		look.NewFilledColumn(12, look.NewRow(0, look.NewFixed(340, look.ControlHeight, h.filter)), h.note, table))
	h.empty = newEmpty("board", texts.T.Board.NoJobs, texts.T.Board.NoJobsText)
	h.Object = container.NewStack(h.filled, h.empty)
	h.Render(AllHistoryModel{})
	return h
}

// Render shows the jobs.
func (h *AllHistory) Render(m AllHistoryModel) {
	h.m = m
	visible(h.filled, m.Any)
	visible(h.empty, !m.Any)
	visible(h.nothing, m.Count == 0)
	for i, head := range h.heads {
		order := look.Unsorted
		switch {
		case i >= len(allColumns) || allColumns[i] != m.Sorted:
		case m.Upwards:
			order = look.Ascending
		default:
			order = look.Descending
		}
		head.SetOrder(order)
	}
	h.note.Set(m.Note)
	visible(h.note, m.Note != "")
	h.list.Refresh()
	h.filled.Refresh()
}

// Filter is the field for the filter.
func (h *AllHistory) Filter() *look.Field { return h.filter }

// anyRow are the cells of one line.
type anyRow struct {
	*fyne.Container
	texts []*look.Text
	pill  *look.Pill
	files *look.Button
}

func (h *AllHistory) newRow() fyne.CanvasObject {
	r := &anyRow{pill: look.NewPill("", "", tone.Neutral).Elide(), files: look.NewLink(texts.T.History.Files, "", nil)}
	cells := make([]fyne.CanvasObject, len(h.columns))
	for i := range cells {
		switch i {
		case 2:
			cells[i] = look.NewLeading(r.pill)
		case len(cells) - 1:
			cells[i] = look.NewRow(0, r.files)
		default:
			text := h.columns.cell(i)
			r.texts = append(r.texts, text)
			cells[i] = text
		}
	}
	r.Container = container.New(h.columns, cells...)
	return newListRow(r.Container, r)
}

func (h *AllHistory) fillRow(i int, o fyne.CanvasObject) {
	if i >= h.m.Count {
		return
	}
	v := h.m.Row(i)
	r := o.(*listRow).data.(*anyRow)
	for n, s := range []string{v.Source, v.Job, v.Started, v.Duration, v.From, v.Rows, v.Size, v.By} {
		r.texts[n].Set(s)
	}
	r.pill.Set(v.Sign.Word, v.Sign.Icon, v.Sign.Tone)
	r.files.OnTapped = func() { h.OnFiles(v) }
	visible(r.files, v.Size != texts.T.Format.Dash)
	r.files.SetEnabled(!v.Gone)
	r.Container.Refresh()
}
