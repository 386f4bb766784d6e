package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
)

// KeyLine is a shortcut and what it does.
type KeyLine struct{ Keys, Does string }

// NewShortcuts is the list of shortcuts.
func NewShortcuts(lines []KeyLine) fyne.CanvasObject {
	column := look.NewColumn(8)
	for _, l := range lines {
		key := look.NewWell(container.New(look.Inset{Top: -5, Bottom: -5, Left: -4, Right: -4}, look.NewText(l.Keys, look.SizeCaption, look.ColorText).Bold()))
		column.Add(look.NewStretchRow(16, 1, look.NewFixed(150, 26, look.NewRow(0, key)), look.NewText(l.Does, look.SizeBody, look.ColorText)))
	}
	return look.NewFixed(480, 0, column)
}
