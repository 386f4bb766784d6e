package look

import "fyne.io/fyne/v2"

// FieldIcon is the small button at the right end of an input field.
type FieldIcon struct {
	Pressable
	icon *Icon
}

// NewFieldIcon returns a button that is only an icon.
func NewFieldIcon(icon string, tapped func()) *FieldIcon {
	f := &FieldIcon{icon: NewIcon(icon, 16, ColorMuted)}
	f.OnTapped = tapped
	f.ExtendBaseWidget(f)
	return f
}

// SetIcon changes the icon.
func (f *FieldIcon) SetIcon(icon string) {
	f.icon.Set(icon, ColorMuted)
	f.Refresh()
}

// Refresh redraws the icon for the state of the button.
func (f *FieldIcon) Refresh() {
	ink := ColorMuted
	if f.Hovered() || f.Focused() {
		ink = ColorAccent
	}
	f.icon.Set(f.icon.name, ink)
	f.BaseWidget.Refresh()
}

// MinSize is the icon with some room to hit it.
func (f *FieldIcon) MinSize() fyne.Size { return fyne.NewSize(28, 24) }

// CreateRenderer implements fyne.Widget.
func (f *FieldIcon) CreateRenderer() fyne.WidgetRenderer {
	r := newRinged(&f.Pressable, f.icon, 4)
	r.ring.out = -2 // within the edge of the field
	return r
}
