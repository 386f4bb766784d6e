package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
	"sluice/ui/texts"
)

// panelWidth bounds the width of a page, as that of other forms.
type panelWidth struct{}

func (panelWidth) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (panelWidth) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(fyne.NewSize(min(size.Width, mostWidth), size.Height))
}

// panelGap is between the caption of a page and what scrolls below it.
const panelGap float32 = 8

// NewPanelPage is a page with a title, a way back, and a body.
func NewPanelPage(title, caption string, back func(), body fyne.CanvasObject) fyne.CanvasObject {
	words := look.NewColumn(2, look.NewTitle(title, look.SizeTitle).Elide(), look.NewParagraph(caption, look.SizeTable, look.ColorMuted))
	head := container.New(look.Row{Gap: 16, Stretch: 0, Top: true}, words, look.NewButton(look.Outlined, texts.T.App.Cancel, "", back))
	const x = look.PageMarginX - look.Bleed
	return container.New(look.Inset{Left: x, Top: look.PageMarginY, Right: x},
		container.New(panelWidth{}, look.NewFilledColumn(panelGap, look.NewInset(look.Bleed, 0, head), body)))
}
