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

// FilesModel is the content of the files tab.
type FilesModel struct {
	Tables  []present.TableChip
	Formats []present.FormatChip // of the chosen table; empty if there is one only
	Shown   bool                 // a table is in the preview
	Notice  present.Notice       // what to know about these files; without a title there is none
	Empty   string               // why there are no files, when there are none
	Sums    *present.Checksums   // nil: the list of checksums is closed
}

// Files is the tab with the files of a job and the preview of one of them.
type Files struct {
	Object fyne.CanvasObject
	OnFile func(path string)
	OnOpen func() // choose any CSV file
	// OnAddress asks for the address of one.
	OnAddress func()
	OnAct     func(present.Action)

	Chips   *fyne.Container // the files of the job, for the head of the preview
	tables  *fyne.Container
	formats *fyne.Container
	Sums    *Checksums
	notice  *fyne.Container
	said    present.Notice
	body    *fyne.Container
	preview fyne.CanvasObject // nil until Host
	empty   fyne.CanvasObject
	why     *look.Paragraph
	column  *fyne.Container
	scroll  *fyne.Container
	last    *FilesModel
}

// NewFiles returns the tab; Host puts the preview in.
func NewFiles() *Files {
	f := &Files{tables: look.NewFlow(8, 6), formats: look.NewRow(6), Sums: NewChecksums(), notice: container.NewStack()}
	f.Sums.Object.Hide()
	f.Chips = look.NewStretchRow(12, 0, f.tables, f.formats)
	t := texts.T.Files
	open := func() { f.OnOpen() }
	f.why = look.NewParagraph(t.NoneText, look.SizeTable, look.ColorMuted).Center()
	f.empty = container.NewCenter(look.NewFixed(440, 0, look.NewColumn(8,
		container.NewCenter(look.NewDisc("file", tone.Neutral, 44)),
		look.NewTitle(t.None, look.SizeCard).Center(), f.why,
		container.New(look.Inset{Top: 8}, look.NewCenteredFlow(10, 8,
			look.NewButton(look.Outlined, t.Open, "file", open), look.NewButton(look.Outlined, t.Address, "", func() { f.OnAddress() }))))))
	f.body = container.NewStack(f.empty)
	f.column = look.NewFilledColumn(10, f.notice, f.Sums.Object, f.body)
	f.scroll = look.NewScroll(container.New(look.Inset{Left: look.Bleed, Top: look.Gap, Right: look.Bleed, Bottom: 12}, f.column))
	f.Object = f.scroll
	return f
}

// Host puts the preview into the tab. The preview shows Chips in its head.
func (f *Files) Host(preview fyne.CanvasObject) {
	f.preview = preview
	f.body.Objects = []fyne.CanvasObject{preview, f.empty}
}

// Render shows the chips, and the preview or why there is none.
func (f *Files) Render(m FilesModel) {
	if f.last != nil && reflect.DeepEqual(*f.last, m) {
		return
	}
	f.last = &m
	f.offer(m)
	if !reflect.DeepEqual(f.said, m.Notice) {
		f.said = m.Notice
		f.notice.Objects = nil
		if m.Notice.Title != "" {
			f.notice.Objects = []fyne.CanvasObject{NewNotice(m.Notice, func(a present.Action) { f.OnAct(a) })}
		}
	}
	visible(f.notice, m.Notice.Title != "")
	visible(f.Sums.Object, m.Sums != nil)
	if m.Sums != nil {
		f.Sums.Render(*m.Sums)
	}
	f.why.Set(m.Empty)
	visible(f.preview, m.Shown)
	visible(f.empty, !m.Shown)
	f.Chips.Refresh()
	f.scroll.Refresh()
}

// offer shows a chip for each table, and behind them one for each format of the chosen one.
func (f *Files) offer(m FilesModel) {
	chip := func(i int, in *fyne.Container) *look.Chip {
		if i == len(in.Objects) {
			in.Add(look.NewChip("", "", nil))
		}
		return in.Objects[i].(*look.Chip)
	}
	for i, table := range m.Tables {
		c := chip(i, f.tables)
		c.Set(table.Name, table.Note)
		c.SetChosen(table.Chosen)
		c.OnTapped = func() { f.OnFile(table.Path) }
	}
	for i, format := range m.Formats {
		c := chip(i, f.formats)
		c.Set(format.Name, "")
		c.SetChosen(format.Chosen)
		c.OnTapped = func() { f.OnFile(format.Path) }
	}
	for i, o := range f.tables.Objects {
		visible(o, i < len(m.Tables))
	}
	for i, o := range f.formats.Objects {
		visible(o, i < len(m.Formats))
	}
	visible(f.formats, len(m.Formats) > 0)
}

// Resized lays the tab out anew after the preview has come to need another height.
func (f *Files) Resized() { f.scroll.Refresh() }
