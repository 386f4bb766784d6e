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

// FileChip is a file that can be looked at.
type FileChip struct {
	Path, Name, Note string
}

// FilesModel is the content of the files tab.
type FilesModel struct {
	Files  []FileChip
	Chosen string             // path of the file in the preview
	Notice present.Notice     // what to know about these files; without a title there is none
	Empty  string             // why there are no files, when there are none
	Sums   *present.Checksums // nil: the list of checksums is closed
}

// Files is the tab with the files of a job and the preview of one of them.
type Files struct {
	Object fyne.CanvasObject
	OnFile func(path string)
	OnOpen func() // choose any CSV file
	OnAct  func(present.Action)

	Chips   *fyne.Container // the files of the job, for the head of the preview
	items   []*look.Chip
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
	f := &Files{Chips: look.NewFlow(8, 8), Sums: NewChecksums(), notice: container.NewStack()}
	f.Sums.Object.Hide()
	t := texts.T.Files
	open := func() { f.OnOpen() }
	f.why = look.NewParagraph(t.NoneText, look.SizeTable, look.ColorMuted).Center()
	f.empty = container.NewCenter(look.NewFixed(440, 0, look.NewColumn(8,
		container.NewCenter(look.NewDisc("file", tone.Neutral, 44)),
		look.NewTitle(t.None, look.SizeCard).Center(), f.why,
		container.New(look.Inset{Top: 8}, container.NewCenter(look.NewButton(look.Outlined, t.Open, "file", open))))))
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
	for len(f.items) < len(m.Files) {
		chip := look.NewChip("", "", nil)
		f.items = append(f.items, chip)
		f.Chips.Add(chip)
	}
	for i, chip := range f.items {
		visible(chip, i < len(m.Files))
		if i < len(m.Files) {
			file := m.Files[i]
			chip.Set(file.Name, file.Note)
			chip.SetChosen(file.Path == m.Chosen)
			chip.OnTapped = func() { f.OnFile(file.Path) }
		}
	}
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
	visible(f.preview, m.Chosen != "")
	visible(f.empty, m.Chosen == "")
	f.Chips.Refresh()
	f.scroll.Refresh()
}

// Resized lays the tab out anew after the preview has come to need another height.
func (f *Files) Resized() { f.scroll.Refresh() }
