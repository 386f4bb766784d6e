package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
)

// KeyLine is a shortcut and what it does.
type KeyLine struct{ Keys, Does string }

// KeyGroup are the shortcuts of a part of the window.
type KeyGroup struct {
	Title string
	Lines []KeyLine
}

const (
	keysWidth  float32 = 150
	groupWidth float32 = 400
)

// NewShortcuts is the list of shortcuts: the first group at the left, the others
// beside it.
func NewShortcuts(groups ...KeyGroup) fyne.CanvasObject {
	columns := []*fyne.Container{look.NewColumn(18), look.NewColumn(18)}
	for i, g := range groups {
		columns[min(i, 1)].Add(newKeyGroup(g))
	}
	return container.New(look.Row{Gap: 32, Stretch: -1, Top: true},
		look.NewFixed(groupWidth, 0, columns[0]), look.NewFixed(groupWidth, 0, columns[1]))
}

func newKeyGroup(g KeyGroup) fyne.CanvasObject {
	column := look.NewColumn(3, look.NewTitle(g.Title, look.SizeCaption))
	for _, l := range g.Lines {
		key := look.NewWell(container.New(look.Inset{Top: -6, Bottom: -6, Left: -4, Right: -4}, look.NewText(l.Keys, look.SizeCaption, look.ColorText).Bold()))
		column.Add(look.NewStretchRow(14, 1, look.NewFixed(keysWidth, 24, look.NewRow(0, key)), look.NewText(l.Does, look.SizeTable, look.ColorText)))
	}
	return column
}
