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

// newFootedPage is a scrolling body over a message and buttons that stay in sight: the
// last at the right end, as it removes something. Whoever changes the message
// refreshes the page, as it may need more room.
func newFootedPage(content fyne.CanvasObject, m message, remove fyne.CanvasObject, buttons ...fyne.CanvasObject) *fyne.Container {
	foot := look.NewColumn(10, m.line, look.NewEnds(10, look.NewRow(12, buttons...), remove))
	line := look.NewColumn(0, look.NewLine(), container.New(look.Inset{Left: look.Bleed, Top: 12, Right: look.Bleed, Bottom: 16}, foot))
	return look.NewFooted(newPageScroll(content), line)
}
