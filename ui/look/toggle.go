package look

import "fyne.io/fyne/v2"

// Toggle is a button that stays on or off: a check box in the shape of a button.
type Toggle struct {
	Button
	OnChanged func(on bool)
	on        bool
}

// NewToggle returns a toggle that is off.
func NewToggle(text string, changed func(on bool)) *Toggle {
	t := &Toggle{OnChanged: changed}
	t.kind, t.text, t.icon, t.size = Outlined, text, "checkbox", SizeBody
	t.OnTapped = func() { t.SetOn(!t.on) }
	t.ExtendBaseWidget(t)
	return t
}

// On reports whether the toggle is on.
func (t *Toggle) On() bool { return t.on }

// SetOn switches, and tells OnChanged if that changes anything.
func (t *Toggle) SetOn(on bool) {
	if t.on == on {
		return
	}
	t.on = on
	t.icon = "checkbox"
	if on {
		t.icon = "checkbox-on"
	}
	t.Refresh()
	if t.OnChanged != nil {
		t.OnChanged(on)
	}
}

// wanted has room for all of the text, which tells what is switched.
func (t *Toggle) wanted() fyne.Size {
	size := t.MinSize()
	text := fyne.MeasureText(t.text, t.size, fyne.TextStyle{Bold: !t.bare()}).Width
	size.Width += max(0, text-longestButton)
	return size
}

// CreateRenderer implements fyne.Widget.
func (t *Toggle) CreateRenderer() fyne.WidgetRenderer {
	created(t)
	return t.renderer()
}
