package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/keymap"
	"sluice/ui/look"
)

// KeyGroup is what keys do in a part of the window.
type KeyGroup struct {
	Title string
	Lines []keymap.Line
}

const (
	keysWidth  float32 = 168
	groupWidth float32 = 396
	leftGroups         = 4 // of the groups stand in the first column
)

// NewShortcuts is the list of shortcuts in two columns.
func NewShortcuts(groups ...KeyGroup) fyne.CanvasObject {
	columns := []*fyne.Container{look.NewColumn(18), look.NewColumn(18)}
	for i, g := range groups {
		columns[min(i/leftGroups, 1)].Add(newKeyGroup(g))
	}
	list := container.New(look.Row{Gap: 24, Stretch: -1, Top: true},
		look.NewFixed(groupWidth, 0, columns[0]), look.NewFixed(groupWidth, 0, columns[1]))
	return look.NewFixed(2*groupWidth+24+16, 0, list) // with room for the bar of the panel
}

func newKeyGroup(g KeyGroup) fyne.CanvasObject {
	column := look.NewColumn(3, look.NewTitle(g.Title, look.SizeCaption))
	for _, l := range g.Lines {
		key := look.NewWell(container.New(look.Inset{Top: -6, Bottom: -6, Left: -4, Right: -4}, look.NewText(l.Keys, look.SizeCaption, look.ColorText).Bold()))
		says := look.NewParagraph(l.Does, look.SizeTable, look.ColorText)
		says.Resize(fyne.NewSize(groupWidth-keysWidth-14, 10)) // wraps the text, so that the line gets its height
		column.Add(look.NewStretchRow(14, 1, look.NewFixed(keysWidth, 24, look.NewRow(0, key)), says))
	}
	return column
}
