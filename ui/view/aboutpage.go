package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sluice/ui/look"
	"sluice/ui/texts"
	vis "sluice/visible"
)

// Library is one that is linked into the program.
type Library struct{ Name, Version, Licence string }

// NewAbout is what the program tells of itself: facts with their captions, and its libraries.
// show shows the licence of one.
func NewAbout(facts []look.Fact, libraries []Library, copy func(), show func(i int)) fyne.CanvasObject {
	t := texts.T.Settings
	var rows []fyne.CanvasObject
	for i, f := range facts {
		row := look.NewStretchRow(16, 1, look.NewFixed(110, 0, look.NewText(f.Caption, look.SizeTable, look.ColorMuted)), look.NewText(f.Value, look.SizeTable, look.ColorText).Elide())
		if i == 0 { // the others have room for long paths
			row = look.NewStretchRow(16, 0, row, look.NewButton(look.Outlined, t.CopyAbout, "copy", copy))
		}
		rows = append(rows, row)
	}
	head := container.New(look.Row{Gap: 20, Stretch: 1, Top: true}, look.NewIcon("logo", 48, look.ColorAccent), look.NewColumn(4, rows...))
	card := look.NewCard(head)
	says := t.LibrariesText
	if len(libraries) == 0 {
		says = t.NoLibraries
	}
	list := look.NewList(func() int { return len(libraries) }, newLibrary, func(i int, o fyne.CanvasObject) {
		parts := o.(*fyne.Container).Objects[0].(*fyne.Container).Objects
		parts[0].(*look.Text).Set(libraries[i].Name)
		parts[1].(*fyne.Container).Objects[0].(*look.Text).Set(libraries[i].Version)
		parts[2].(*fyne.Container).Objects[0].(*look.Text).Set(libraries[i].Licence)
	}, show)
	list.OnSelected = func(i int) {
		list.Mark(i)
		list.UnselectAll() // a second click shows it again
		show(i)
	}
	title := look.NewPair(16, 120, look.NewTitle(t.Libraries, look.SizeCard).Elide(), look.NewCaption(says).Elide())
	return look.NewInset(look.Bleed, look.Bleed, look.NewFilledColumn(10, card, title, look.NewPlainCard(list)))
}

func newLibrary() fyne.CanvasObject {
	return look.NewInset(14, 5, look.NewStretchRow(12, 0, look.NewText("", look.SizeTable, look.ColorText).Elide(),
		look.NewFixed(150, 0, look.NewCaption("").Elide()), look.NewFixed(110, 0, look.NewCaption("").Elide())))
}

// NewLicence is the text of a licence, to be read.
func NewLicence(text string) fyne.CanvasObject {
	return look.NewFixed(680, 400, look.NewWell(container.NewScroll(widget.NewTextGridFromString(vis.Text(text)))))
}
