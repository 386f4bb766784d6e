package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
)

// NewExportTab lays the status and the new export below each other.
func NewExportTab(status *StatusCard, start *NewExport) fyne.CanvasObject {
	column := look.NewColumn(look.Gap, status.Object, start.Object)
	return newPageScroll(column)
}

// newPageScroll is the scrolling body of a tab: it has room around its cards,
// so that their frames are not clipped.
func newPageScroll(content fyne.CanvasObject) fyne.CanvasObject {
	return look.NewScroll(container.New(look.Inset{Left: look.Bleed, Top: look.Gap, Right: look.Bleed, Bottom: look.PageMarginY}, content))
}
