package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// ShowMenu shows a menu at a place on a canvas.
func ShowMenu(c fyne.Canvas, at fyne.Position, items ...*fyne.MenuItem) {
	NewMenu(c, items...).ShowAtPosition(at)
}

// NewMenu is a menu that is to be shown above a canvas. Its lines are known to Created.
func NewMenu(c fyne.Canvas, items ...*fyne.MenuItem) *widget.PopUpMenu {
	menu := widget.NewPopUpMenu(fyne.NewMenu("", items...), c)
	for i, line := range menu.Items {
		Announce(line, items[i].Label)
	}
	return menu
}

// BeginMenu marks the first line of the menu that a key has just opened above a control, so that
// it can be seen where the keyboard is.
func BeginMenu(above fyne.CanvasObject) {
	c := fyne.CurrentApp().Driver().CanvasForObject(above)
	if c == nil {
		return
	}
	if menu, ok := c.Focused().(*widget.PopUpMenu); ok {
		menu.ActivateNext()
	}
}
