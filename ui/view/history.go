package view

import (
	"reflect"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// History lists the jobs of a source, with a chart of the last ones.
type History struct {
	Object    fyne.CanvasObject
	OnFiles   func(job int64)
	OnDetails func(job int64)
	OnMeasure func(present.Measure)
	OnSort    func(present.JobColumn)
	OnResume  func(job int64)
	// OnMenu is for the menu of a job.
	OnMenu func(job int64, at fyne.Position)
	OnHome func(path string)
	Tips   *look.Tips // shows what there is no room for; nil: nothing does
	// OnFetch fetches a job of a server, or stops that.
	OnFetch func(job int64)

	bars               *look.Bars
	duration, rowsChip *look.Chip
	list               *look.List
	rows               []present.HistoryRow
	chart              []present.ChartBar
	columns            columns
	filled, empty      fyne.CanvasObject
	compare            *Compare
	note               *look.Paragraph
	homes, homesBox    *fyne.Container // to choose from; hidden if there is one
	heads              []*look.SortHead
	hasFiles           bool
	resume             int64 // the job that can be resumed; 0: none
	fetch              map[int64]FetchLink
	mounted            bool // the files of all jobs can be opened here
	last               *HistoryModel
}

// NewHistory returns an empty list; compare takes its place while it is open.
func NewHistory(compare *Compare) *History {
	h := &History{bars: look.NewBars(leastBars), compare: compare}
	t := texts.T.History
	h.duration = look.NewChip(t.Duration, "", func() { h.OnMeasure(present.ByDuration) })
	h.rowsChip = look.NewChip(t.Rows, "", func() { h.OnMeasure(present.ByRows) })
	h.bars.OnTapped = func(i int) {
		if i < len(h.chart) {
			h.OnDetails(h.chart[i].ID)
		}
	}
	h.columns = columns{
		{title: t.Job, width: 52, least: 48, right: true}, {title: t.Status, width: wideStatus, least: narrowStatus}, {title: t.Started, width: 130, least: 118},
		{title: t.Took, width: 92, least: 72, drop: 1, right: true}, {title: t.FromDate, width: 92, least: 84, drop: 3},
		{title: t.Written, width: 110, least: 100, drop: 2, right: true, grow: true}, {title: t.Size, width: 76, least: 66, drop: 3, right: true}, {title: t.StartedBy, width: 140, least: 100, drop: 4},
		{},
	}
	h.list = look.NewList(func() int { return len(h.rows) }, h.newRow, h.fillRow, func(i int) {
		h.list.Unselect(i)
		h.OnDetails(h.rows[i].ID)
	})
	h.list.HideSeparators = false
	h.list.OnMenu = func(i int, at fyne.Position) {
		if i < len(h.rows) {
			h.OnMenu(h.rows[i].ID, at)
		}
	}
	h.list.OnHover = func(i int, line fyne.CanvasObject, over bool) {
		if over && i < len(h.rows) {
			h.Tips.OverLine(line, h.rows[i].Tip)
			return
		}
		h.Tips.Away()
	}
	h.note = look.NewParagraph("", look.SizeCaption, look.ColorMuted).AtMost(noteLines)
	look.Follow(h.note)

	chartHead := container.NewBorder(nil, nil, look.NewTitle(t.Chart, look.SizeCard), look.NewRow(8, h.duration, h.rowsChip))
	chart := look.NewCard(look.NewFilledColumn(4, chartHead, h.bars))
	head, heads := h.columns.head(func(i int) { h.OnSort(present.JobColumn(i)) })
	h.heads = heads
	table := look.NewPlainCard(look.NewFilledColumn(0, look.NewColumn(0, head, look.NewLine()), h.list))
	h.filled = container.New(look.Inset{Left: look.Bleed, Top: look.Gap, Right: look.Bleed, Bottom: look.PageMarginY},
		container.New(chartOver{look.Column{Gap: look.Gap, Fill: true}}, chart, h.note, table))
	h.empty = newEmpty("started", t.Empty, t.EmptyText)
	h.homes = look.NewFlow(8, 8)
	h.homesBox = container.New(look.Inset{Left: look.Bleed, Top: look.Gap, Right: look.Bleed}, h.homes)
	h.homesBox.Hide()
	h.Object = look.NewFilledColumn(0, h.homesBox, container.NewStack(h.filled, h.empty, compare.Object))
	compare.Object.Hide()
	return h
}

// HistoryModel is the content of the list.
type HistoryModel struct {
	Rows     []present.HistoryRow
	Chart    []present.ChartBar
	Measure  present.Measure
	Note     string // above the table, or ""
	HasFiles bool   // jobs have files that can be opened here
	Mounted  bool   // those of all, not only of those that were fetched
	// Fetch is what can be done about the files of jobs of a server; nil: nothing.
	Fetch   map[int64]FetchLink
	Resume  int64 // the job that can be resumed; 0: none
	Homes   []HomeChip
	Compare *present.CompareCard // nil: the comparison of two jobs is closed
	Sorted  present.JobColumn
	Upwards bool
}

// HomeChip is a home whose jobs can be shown.
type HomeChip struct {
	Path, Name string
	Chosen     bool
}

// renderHomes offers the homes, if there are several.
func (h *History) renderHomes(homes []HomeChip) {
	h.homes.Objects = nil
	if len(homes) > 0 {
		h.homes.Add(look.NewCaption(texts.T.Setup.HomesHint))
	}
	for _, home := range homes {
		chip := look.NewChip(home.Name, "", func() { h.OnHome(home.Path) })
		chip.SetChosen(home.Chosen)
		h.homes.Add(chip)
	}
	visible(h.homesBox, len(homes) > 0)
	h.Object.Refresh()
}

// Render shows the jobs.
func (h *History) Render(m HistoryModel) {
	if h.last != nil && reflect.DeepEqual(*h.last, m) {
		return
	}
	if h.last == nil || !slices.Equal(h.last.Homes, m.Homes) {
		h.renderHomes(m.Homes)
	}
	h.last = &m
	h.rows, h.chart, h.hasFiles, h.resume, h.fetch, h.mounted = m.Rows, m.Chart, m.HasFiles, m.Resume, m.Fetch, m.Mounted
	links := &h.columns[len(h.columns)-1]
	links.width = linksWidth(m)
	links.least = links.width
	h.columns[statusColumn].least = leastStatus(m.Rows)
	visible(h.compare.Object, m.Compare != nil)
	if m.Compare != nil {
		h.compare.Render(*m.Compare)
	}
	visible(h.filled, len(m.Rows) > 0 && m.Compare == nil)
	visible(h.empty, len(m.Rows) == 0 && m.Compare == nil)
	h.duration.SetChosen(m.Measure == present.ByDuration)
	h.rowsChip.SetChosen(m.Measure == present.ByRows)
	for i, head := range h.heads {
		order := look.Unsorted
		switch {
		case i != int(m.Sorted):
		case m.Upwards:
			order = look.Ascending
		default:
			order = look.Descending
		}
		head.SetOrder(order)
	}
	values := make([]look.BarValue, len(m.Chart))
	for i, b := range m.Chart {
		values[i] = look.BarValue{Value: b.Value, Tone: b.Tone, Label: b.Label, Note: b.Note}
	}
	h.bars.Set(values, -1)
	h.note.Set(m.Note)
	visible(h.note, m.Note != "")
	h.list.Refresh()
	h.filled.Refresh()
}

// historyRow are the cells of one line.
type historyRow struct {
	*fyne.Container
	texts          []*look.Text
	pill           *look.Pill
	files, details *look.Button
	resume, fetch  *look.Button
}

func (h *History) newRow() fyne.CanvasObject {
	t := texts.T.History
	r := &historyRow{pill: look.NewPill("", "", tone.Neutral).Elide()}
	r.files = look.NewLink(t.Files, "", nil)
	r.details = look.NewLink(t.Details, "", nil)
	r.resume = look.NewLink(t.Resume, "", nil)
	r.fetch = look.NewLink(t.Fetch, "", nil)
	cells := []fyne.CanvasObject{nil, look.NewLeading(r.pill), nil, nil, nil, nil, nil, nil, look.NewRow(0, r.fetch, r.files, r.details, r.resume)}
	for i := range cells {
		if cells[i] == nil {
			text := h.columns.cell(i)
			r.texts = append(r.texts, text)
			cells[i] = text
		}
	}
	r.Container = container.New(h.columns, cells...)
	return newListRow(r.Container, r)
}

func (h *History) fillRow(i int, o fyne.CanvasObject) {
	if i >= len(h.rows) {
		return
	}
	v := h.rows[i]
	r := o.(*listRow).data.(*historyRow)
	for n, s := range []string{v.Job, v.Started, v.Duration, v.From, v.Rows, v.Size, v.By} {
		r.texts[n].Set(s)
	}
	r.pill.Set(v.Sign.Word, v.Sign.Icon, v.Sign.Tone)
	r.files.OnTapped = func() { h.OnFiles(v.ID) }
	r.details.OnTapped = func() { h.OnDetails(v.ID) }
	r.resume.OnTapped = func() { h.OnResume(v.ID) }
	r.fetch.OnTapped = func() { h.OnFetch(v.ID) }
	r.fetch.SetText(fetchWord(h.fetch[v.ID]))
	visible(r.fetch, h.fetch[v.ID] == FetchOffer || h.fetch[v.ID] == FetchStop)
	visible(r.files, h.hasFiles && (h.mounted || h.fetch[v.ID] == FetchedOpen))
	r.files.SetEnabled(!v.Gone)
	visible(r.resume, v.ID == h.resume)
	r.Container.Refresh()
}

// listRow carries the cells of a row through widget.List.
type listRow struct {
	widget.BaseWidget
	content *fyne.Container
	data    any
}

func newListRow(content *fyne.Container, data any) *listRow {
	r := &listRow{content: content, data: data}
	r.ExtendBaseWidget(r)
	return r
}

func (r *listRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.content) }

// newEmpty is what a tab shows that has nothing to show yet.
func newEmpty(icon, title, text string, more ...fyne.CanvasObject) fyne.CanvasObject {
	column := look.NewColumn(8,
		container.NewCenter(look.NewDisc(icon, tone.Neutral, 44)),
		look.NewTitle(title, look.SizeCard).Center(),
		look.NewParagraph(text, look.SizeTable, look.ColorMuted).Center(),
	)
	for _, o := range more {
		column.Add(container.New(look.Inset{Top: 8}, container.NewCenter(o)))
	}
	return container.NewCenter(look.NewFixed(440, 0, column))
}
