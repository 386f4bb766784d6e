package chooser

import (
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/figures"
	"sluice/ui/chooser/folder"
	"sluice/ui/keymap"
	"sluice/ui/look"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

func words() texts.Chooser { return texts.T.Chooser }

// The measures of a dialog in a window that has room for it.
const (
	dialogWidth  float32 = 840
	dialogHeight float32 = 540
	placesWidth  float32 = 164
	around       float32 = 40 // what is left of the window
)

// widgets are what is seen of a dialog.
type widgets struct {
	d       *Dialog
	object  fyne.CanvasObject
	path    *look.Field
	list    *look.List
	heads   [3]*look.SortHead
	empty   *look.Paragraph
	message *look.Paragraph
	caption *look.Text
	back    *look.Button
	do      *look.Button
}

func newWidgets(d *Dialog) *widgets {
	v, t := &widgets{d: d}, words()
	v.path = look.NewField(t.Path, d.typed)
	v.path.OnTab = v.tab
	v.path.OnKey = v.key
	v.path.OnSubmitted = func(string) { d.submit() }
	v.list = look.NewList(func() int { return len(d.shown) }, newRow, func(i int, o fyne.CanvasObject) { v.fill(d.shown[i], o) }, d.take)
	v.list.OnSelected = func(i int) { // a click; Enter takes at once
		v.list.Mark(i)
		v.list.UnselectAll()
		d.pick(i)
	}
	v.empty = look.NewParagraph("", look.SizeTable, look.ColorMuted).Center()
	v.message = look.NewParagraph("", look.SizeTable, look.ToneColor(tone.Bad))
	v.caption = look.NewCaption("")
	v.back, v.do = look.NewButton(look.Outlined, texts.T.App.Cancel, "", d.o.Leave), look.NewButton(look.Primary, "", "", d.accept)
	title := map[Kind]string{OpenFile: t.OpenFile, OpenFolder: t.OpenFolder, SaveFile: t.SaveFile}[d.o.Kind]
	up := look.NewButton(look.Outlined, t.Up, "chevron-up", d.up)
	top := look.NewColumn(12, look.NewTitle(title, 16), look.NewStretchRow(8, 1, up, look.NewInset(look.Bleed, 0, v.path)))
	middle := look.NewPanes(1, look.NewFixed(placesWidth, 0, look.NewScroll(v.places())), container.New(look.Inset{Left: 12}, v.table()))
	body := container.NewBorder(container.New(look.Inset{Bottom: 12}, top), container.New(look.Inset{Top: 12}, v.foot()), nil, nil, middle)
	room := d.o.Canvas.Size().SubtractWidthHeight(around, around)
	v.object = look.NewInset(16, 14, look.NewFixed(min(dialogWidth, room.Width), min(dialogHeight, room.Height), body))
	return v
}

// table is the list of entries with the titles of its columns.
func (v *widgets) table() fyne.CanvasObject {
	t := words()
	for i, name := range []string{t.Name, t.Size, t.Changed} {
		v.heads[i] = look.NewSortHead(name, i == 1, func() { v.d.sort(folder.Column(i)) })
	}
	head := container.New(rowLayout{}, look.Space(0, 0), v.heads[0], v.heads[1], v.heads[2])
	return look.NewPlainCard(container.NewBorder(look.NewFilledColumn(0, look.NewFixed(0, rowHeight, head), look.NewLine()), nil, nil, nil,
		container.NewStack(v.list, look.NewInset(24, 24, container.NewVBox(v.empty)))))
}

// foot is what stands below the list.
func (v *widgets) foot() fyne.CanvasObject {
	t, d := words(), v.d
	left := look.NewRow(12)
	if d.o.Endings != nil && d.o.Kind == OpenFile {
		kinds := look.NewSelect([]string{t.Suited, t.AllFiles}, nil)
		kinds.Selected = t.Suited
		kinds.OnChanged = func(s string) { d.suited = s == t.Suited; d.refilter() }
		left.Add(kinds)
	}
	hidden := look.NewCheck(t.Hidden)
	hidden.Checked = d.hidden
	hidden.OnChanged = func(on bool) { d.hidden = on; d.refilter() }
	left.Add(hidden)
	left.Add(v.caption)
	buttons := look.NewRow(12, v.back, v.do)
	return look.NewColumn(10, v.message, look.NewEnds(12, left, buttons))
}

// places are folders to go to.
func (v *widgets) places() fyne.CanvasObject {
	t, d := words(), v.d
	column := look.NewColumn(0, look.NewText(t.Places, look.SizeGroup, look.ColorMuted).Bold(), look.Space(0, 4))
	add := func(p Place) {
		column.Add(look.NewQuiet(p.Name, "folder", func() {
			d.enter(p.Path)
			v.Focus()
		}).Elide())
	}
	for _, p := range d.o.Places {
		add(p)
	}
	if len(d.o.Recent) > 0 {
		column.Add(look.Space(0, 10))
		column.Add(look.NewText(t.Recent, look.SizeGroup, look.ColorMuted).Bold())
		column.Add(look.Space(0, 4))
	}
	for _, p := range d.o.Recent {
		add(p)
	}
	return look.NewInset(2, 2, column)
}

// Focus gives the path the keyboard.
func (v *widgets) Focus() { v.d.o.Canvas.Focus(v.path) }

// tab goes on with the path, and leads to the next control where there is nothing to go on
// with.
func (v *widgets) tab(back bool) {
	switch {
	case back:
		v.d.o.Canvas.FocusPrevious()
	case !v.d.complete():
		v.d.o.Canvas.FocusNext()
	}
}

// key takes the keys of the path that are no editing.
func (v *widgets) key(name fyne.KeyName) bool {
	switch {
	case name == fyne.KeyDown && len(v.d.shown) > 0:
		v.d.o.Canvas.Focus(v.list)
		return true
	case name == fyne.KeyUp && keymap.Held()&fyne.KeyModifierAlt != 0:
		v.d.up()
		return true
	}
	return name == fyne.KeyUp || name == fyne.KeyDown
}

// render shows the dialog as it is now.
func (v *widgets) render() {
	d, t := v.d, words()
	for i, h := range v.heads {
		order := look.Unsorted
		if d.order.By == folder.Column(i) {
			order = map[bool]look.Order{true: look.Ascending, false: look.Descending}[d.order.Upwards]
		}
		h.SetOrder(order)
	}
	v.list.Refresh()
	v.empty.Set(v.nothing())
	v.caption.Set("")
	if len(d.shown) > 0 {
		v.caption.Set(t.Count.Of(int64(len(d.shown))))
	}
	v.message.SetColored(d.problem, look.ToneColor(tone.Bad))
	kind, text := look.Primary, map[Kind]string{OpenFile: t.Open, OpenFolder: t.Use, SaveFile: t.Save}[d.o.Kind]
	switch {
	case d.asks == toReplace:
		kind, text = look.Danger, t.Replace
		v.message.SetColored(fmt.Sprintf(t.ReplaceText, filepath.Base(d.about)), look.ToneColor(tone.Caution))
	case d.asks == toMake:
		text = t.Make
		v.message.SetColored(fmt.Sprintf(t.MakeText, d.missing()), look.ToneColor(tone.Caution))
	case d.problem == "" && d.more:
		v.message.SetColored(t.More.Of(int64(len(d.entries))), look.ColorMuted)
	}
	if said := v.message.Text() != ""; said != v.message.Visible() { // an empty line has a height
		if said {
			v.message.Show()
		} else {
			v.message.Hide()
		}
	}
	v.do.SetKind(kind)
	v.do.SetText(text)
	v.path.SetWrong(d.problem != "")
	v.object.Refresh()
}

// nothing is what stands where no entries do.
func (v *widgets) nothing() string {
	d, t := v.d, words()
	switch {
	case len(d.shown) > 0:
		return ""
	case d.reading:
		return t.Reading
	case d.failure != nil:
		return d.unreadable()
	case len(d.entries) > 0:
		return t.NothingFits
	}
	return t.Nothing
}

const rowHeight float32 = 30

// rowLayout places an icon, a name, a size and a time.
type rowLayout struct{}

func (rowLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(320, rowHeight) }

func (rowLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	const icon, bytes, when, gap float32 = 16, 76, 130, 12
	place := func(o fyne.CanvasObject, x, width float32) {
		height := min(size.Height, o.MinSize().Height)
		o.Move(fyne.NewPos(x, (size.Height-height)/2))
		o.Resize(fyne.NewSize(max(0, width), height))
	}
	place(o[0], gap, icon)
	rest := size.Width - when - gap
	place(o[3], rest, when)
	place(o[2], rest-gap-bytes, bytes)
	place(o[1], 2*gap+icon, rest-2*gap-bytes-2*gap-icon)
}

func newRow() fyne.CanvasObject {
	return container.New(rowLayout{}, look.NewIcon("file", 16, look.ColorMuted), look.NewText("", look.SizeTable, look.ColorText).Elide(),
		look.NewCaption("").Right(), look.NewCaption(""))
}

// fill shows an entry in a row.
func (v *widgets) fill(e folder.Entry, o fyne.CanvasObject) {
	parts := o.(*fyne.Container).Objects
	icon, ink, size := "file", look.ColorMuted, figures.Size(e.Bytes)
	if e.Folder {
		icon, ink, size = "folder", look.ColorAccent, ""
	}
	parts[0].(*look.Icon).Set(icon, ink)
	name := look.ColorText
	if folder.Expand(v.path.Text, v.d.dir, v.d.o.Home) == filepath.Join(v.d.dir, e.Name) {
		name = look.ColorAccent // it is what is chosen
	}
	parts[1].(*look.Text).SetColored(e.Name, name)
	parts[2].(*look.Text).Set(size)
	parts[3].(*look.Text).Set(e.Changed.In(v.d.o.Now().Location()).Format("2006-01-02 15:04"))
}
