package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
)

// NewViewer is a page for one file: its name, where it lies, and the preview.
func NewViewer(title, caption, preview fyne.CanvasObject) fyne.CanvasObject {
	return container.New(look.Inset{Left: look.PageMarginX, Top: look.PageMarginY, Right: look.PageMarginX, Bottom: 12},
		look.NewScroll(look.NewFilledColumn(14, look.NewColumn(2, title, caption), preview)))
}
