package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
)

// NewExportTab lays the cards of the export tab below each other.
func NewExportTab(cards ...fyne.CanvasObject) fyne.CanvasObject {
	return newPageScroll(look.NewColumn(look.Gap, cards...))
}

// newPageScroll is the scrolling body of a tab: it has room around its cards,
// so that their frames are not clipped.
func newPageScroll(content fyne.CanvasObject) fyne.CanvasObject {
	return look.NewScroll(container.New(look.Inset{Left: look.Bleed, Top: look.Gap, Right: look.Bleed, Bottom: look.PageMarginY}, content))
}
