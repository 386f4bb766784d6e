package view

import (
	"fyne.io/fyne/v2"

	"sluice/ui/look"
)

// SettingRow is a line of a form with settings.
type SettingRow struct {
	Title  string
	Object fyne.CanvasObject // the whole line
}

// SettingRows are the lines of a form, in their order, whether the form is in sight or not.
// Lines that the form does not show now are left out.
func SettingRows(form fyne.CanvasObject) (rows []SettingRow) {
	look.WalkWithin(form, func(o fyne.CanvasObject) bool {
		line, ok := o.(*fyne.Container)
		if !ok || line.Layout != (formLine{}) {
			return true
		}
		if title := firstText(line.Objects[0]); title != "" {
			rows = append(rows, SettingRow{title, line})
		}
		return true
	})
	return rows
}

// firstText is the first text of an object, "" if it has none.
func firstText(o fyne.CanvasObject) (text string) {
	look.Walk(o, func(part fyne.CanvasObject) bool {
		if t, ok := part.(interface{ Text() string }); ok {
			text = t.Text()
		}
		return text == ""
	})
	return text
}
