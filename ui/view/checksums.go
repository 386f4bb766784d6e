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

// Checksums is the card with the files of a job and whether each is what the
// job wrote.
type Checksums struct {
	Object  fyne.CanvasObject
	OnStop  func()
	OnClose func()

	title       *look.Text
	say         *look.Text
	bar         *look.Bar
	barBox      *fyne.Container
	stop, close *look.Button
	columns     columns
	table       *fyne.Container
	rows        []*checksumRow
	problems    *fyne.Container
	column      *fyne.Container
	last        *present.Checksums
}

// checksumHeight is that of a line: the table below it needs the room.
const checksumHeight float32 = 26

// NewChecksums returns an empty card.
func NewChecksums() *Checksums {
	t := texts.T.Files
	c := &Checksums{title: look.NewTitle("", look.SizeCard), say: look.NewText("", look.SizeTable, look.ColorMuted).Right(), bar: look.NewBar()}
	c.stop = look.NewLink(t.StopVerify, "stop", func() { c.OnStop() })
	c.close = look.NewLink(texts.T.App.Close, "close", func() { c.OnClose() })
	c.columns = columns{
		{title: t.ColumnFile, width: 150}, {title: t.ColumnRows, width: 110, right: true}, {title: t.ColumnSize, width: 84, right: true},
		{title: t.ColumnSum, width: 200, grow: true}, {title: t.ColumnState, width: 130},
	}
	c.barBox = look.NewFixed(160, 20, c.bar)
	head := look.NewStretchRow(12, 0, c.title, c.barBox, c.say, c.stop, c.close)
	titles, heads := c.columns.head(func(int) {})
	for _, h := range heads {
		h.SetEnabled(false)
	}
	c.table = look.NewColumn(0, titles, look.NewLine())
	c.problems = look.NewColumn(8)
	c.column = look.NewColumn(8, container.New(look.Inset{Left: columnPadding, Right: 6, Top: 8}, head), c.table,
		container.New(look.Inset{Left: columnPadding, Right: columnPadding, Bottom: 10}, c.problems))
	c.Object = look.NewPlainCard(c.column)
	return c
}

// Render shows the list.
func (c *Checksums) Render(m present.Checksums) {
	if c.last != nil && reflect.DeepEqual(*c.last, m) {
		return
	}
	c.last = &m
	c.title.Set(m.Title)
	c.say.Set(m.Say)
	visible(c.barBox, m.Running)
	c.bar.Set(m.Share, tone.Active)
	visible(c.stop, m.Running)
	visible(c.close, !m.Running)
	for len(c.rows) < len(m.Lines) {
		r := newChecksumRow(c.columns)
		c.rows = append(c.rows, r)
		c.table.Add(r.object)
	}
	for i, r := range c.rows {
		visible(r.object, i < len(m.Lines))
		if i < len(m.Lines) {
			r.render(m.Lines[i])
		}
	}
	visible(c.table, len(m.Lines) > 0)
	c.problems.Objects = nil
	for _, p := range m.Problems {
		c.problems.Add(NewNotice(present.Notice{Tone: tone.Bad, Icon: "failed", Text: p}, nil))
	}
	visible(c.problems, len(m.Problems) > 0)
	c.column.Refresh()
}

// checksumRow is a file's line.
type checksumRow struct {
	object                fyne.CanvasObject
	name, rows, size, sum *look.Text
	state                 *look.Pill
	cells                 *fyne.Container
}

func newChecksumRow(c columns) *checksumRow {
	r := &checksumRow{name: c.cell(0).Bold(), rows: c.cell(1), size: c.cell(2),
		sum: look.NewText("", look.SizeCaption, look.ColorMuted).Mono().Elide(), state: look.NewPill("", "", tone.Neutral)}
	r.cells = container.New(c, r.name, r.rows, r.size, r.sum, look.NewRow(0, r.state))
	r.object = look.NewFixed(0, checksumHeight, r.cells)
	return r
}

func (r *checksumRow) render(f present.FileLine) {
	r.name.Set(f.Name)
	r.rows.Set(f.Rows)
	r.size.Set(f.Size)
	r.sum.Set(f.Sum)
	r.state.Set(f.Sign.Word, f.Sign.Icon, f.Sign.Tone)
	r.cells.Refresh()
}
