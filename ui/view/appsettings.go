package view

import (
	"slices"

	"fyne.io/fyne/v2"

	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
)

// NewAppSettings is the panel with the settings of the window itself, and warnings
// about it. told is the part about who is told.
func NewAppSettings(modes []*look.Chip, told fyne.CanvasObject, homes, list, about string, warnings ...present.Notice) fyne.CanvasObject {
	t := texts.T.Setup
	row := look.NewRow(8)
	for _, c := range modes {
		row.Add(c)
	}
	fact := func(caption, value string) fyne.CanvasObject {
		return look.NewColumn(3, look.NewCaption(caption), look.NewParagraph(value, look.SizeTable, look.ColorText))
	}
	column := look.NewColumn(14,
		look.NewColumn(6, look.NewCaption(t.AppTheme), row),
		told,
		fact(t.AppHome, homes),
		fact(t.AppConfig, list),
		look.NewLine(),
		look.NewParagraph(about, look.SizeTable, look.ColorMuted),
	)
	for i, w := range warnings {
		column.Objects = slices.Insert(column.Objects, i, NewNotice(w, nil))
	}
	column.Resize(fyne.NewSize(480, 10)) // wraps the texts, so that the dialog gets its height
	return look.NewFixed(480, 0, column)
}
