package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
)

// NewExportTab lays the status and the new export below each other.
func NewExportTab(status *StatusCard, start *NewExport) fyne.CanvasObject {
	column := look.NewColumn(look.Gap, status.Object, start.Object)
	return container.New(look.Inset{Top: look.Gap}, look.NewScroll(container.New(look.Inset{Bottom: look.PageMarginY}, column)))
}
