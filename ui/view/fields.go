package view

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"sluice/ui/look"
	"sluice/ui/texts"
)

// Field is a line of input that escape leaves.
type Field struct {
	widget.Entry
}

// NewField returns an empty field.
func NewField(placeholder string, changed func(string)) *Field {
	f := &Field{}
	f.PlaceHolder, f.OnChanged = placeholder, changed
	f.ExtendBaseWidget(f)
	look.Announce(f, "field "+placeholder)
	return f
}

// Change sets the text if it differs, and leaves the cursor alone if not.
func (f *Field) Change(text string) {
	if f.Text != text {
		f.SetText(text)
	}
}

// TypedKey lets escape leave the field, and hands function keys to the window.
func (f *Field) TypedKey(e *fyne.KeyEvent) {
	if !leaves(f, e) {
		f.Entry.TypedKey(e)
	}
}

// TypedShortcut hands the shortcuts of the window on to it.
func (f *Field) TypedShortcut(s fyne.Shortcut) {
	if !passes(f, s) {
		f.Entry.TypedShortcut(s)
	}
}

// SecretField is a Field whose text is not shown.
type SecretField struct {
	widget.Entry
}

// NewSecretField returns an empty field.
func NewSecretField() *SecretField {
	f := &SecretField{}
	f.Password = true
	f.ExtendBaseWidget(f)
	look.Announce(f, "field secret")
	return f
}

// TypedKey is that of Field.
func (f *SecretField) TypedKey(e *fyne.KeyEvent) {
	if !leaves(f, e) {
		f.Entry.TypedKey(e)
	}
}

// TypedShortcut is that of Field.
func (f *SecretField) TypedShortcut(s fyne.Shortcut) {
	if !passes(f, s) {
		f.Entry.TypedShortcut(s)
	}
}

// leaves handles the keys that are not meant for the field with the cursor.
func leaves(o fyne.CanvasObject, e *fyne.KeyEvent) bool {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		return false
	}
	switch e.Name {
	case fyne.KeyEscape:
		c.Unfocus()
	case fyne.KeyF1, fyne.KeyF5:
		if typed := c.OnTypedKey(); typed != nil {
			typed(e)
		}
	default:
		return false
	}
	return true
}

// passes hands a shortcut that Fyne's entry does not know to the window.
func passes(o fyne.CanvasObject, s fyne.Shortcut) bool {
	custom, ok := s.(*desktop.CustomShortcut)
	if !ok {
		return false
	}
	c, ok := fyne.CurrentApp().Driver().CanvasForObject(o).(fyne.Shortcutable)
	if ok {
		c.TypedShortcut(custom)
	}
	return ok
}

// DateField is a civil date, year-month-day, with a calendar to pick it from.
// Fyne's own date entry speaks the locale's format only and always opens on
// today's month.
type DateField struct {
	Object fyne.CanvasObject
	field  *Field
	pop    *widget.PopUp
}

// NewDateField returns an empty date.
func NewDateField(changed func(string)) *DateField {
	d := &DateField{field: NewField(texts.T.New.DatePlaceholder, changed)}
	d.field.ActionItem = newFieldButton("calendar", d.pick)
	d.Object = d.field
	return d
}

// Text is what the field holds.
func (d *DateField) Text() string { return d.field.Text }

// SetText changes it.
func (d *DateField) SetText(s string) { d.field.Change(s) }

// pick opens a calendar on the month of the date. The calendar is built on the
// first of the month: from the 31st, Fyne's would skip a month.
func (d *DateField) pick() {
	c := fyne.CurrentApp().Driver().CanvasForObject(d.field)
	if c == nil {
		return
	}
	day, err := time.Parse(time.DateOnly, strings.TrimSpace(d.field.Text))
	if err != nil {
		day = time.Now()
	}
	first := time.Date(day.Year(), day.Month(), 1, 12, 0, 0, 0, time.UTC)
	calendar := widget.NewCalendar(first, func(t time.Time) {
		d.pop.Hide()
		d.field.SetText(t.Format(time.DateOnly))
	})
	d.pop = widget.NewPopUp(calendar, c)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(d.field).AddXY(0, d.field.Size().Height+4)
	if bottom := at.Y + d.pop.MinSize().Height; bottom > c.Size().Height {
		at.Y = max(0, at.Y-d.field.Size().Height-8-d.pop.MinSize().Height)
	}
	d.pop.ShowAtPosition(at)
}

// newFieldButton is the small icon at the right end of a field.
func newFieldButton(icon string, tapped func()) fyne.CanvasObject {
	return look.NewFieldIcon(icon, tapped)
}

// ZoneField is a time zone: typed, or chosen from a list that shortens while
// one types.
type ZoneField struct {
	Object fyne.CanvasObject
	field  *Field
	zones  []string
	menu   *widget.PopUpMenu
}

// NewZoneField returns a field that offers zones.
func NewZoneField(zones []string, changed func(string)) *ZoneField {
	z := &ZoneField{field: NewField(texts.T.New.ZonePlaceholder, changed), zones: zones}
	z.field.ActionItem = newFieldButton("chevron-down", z.open)
	z.Object = z.field
	return z
}

// Text is what the field holds.
func (z *ZoneField) Text() string { return z.field.Text }

// SetText changes it.
func (z *ZoneField) SetText(s string) { z.field.Change(s) }

// mostZones is how many zones the list shows at once.
const mostZones = 12

func (z *ZoneField) open() {
	c := fyne.CurrentApp().Driver().CanvasForObject(z.field)
	if c == nil {
		return
	}
	var items []*fyne.MenuItem
	for _, name := range z.offer() {
		items = append(items, fyne.NewMenuItem(name, func() { z.field.SetText(name) }))
	}
	z.menu = widget.NewPopUpMenu(fyne.NewMenu("", items...), c)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(z.field).AddXY(0, z.field.Size().Height+4)
	if bottom := at.Y + z.menu.MinSize().Height; bottom > c.Size().Height {
		at.Y = max(0, at.Y-z.field.Size().Height-8-z.menu.MinSize().Height)
	}
	z.menu.ShowAtPosition(at)
	z.menu.Resize(fyne.NewSize(max(z.field.Size().Width, z.menu.MinSize().Width), z.menu.MinSize().Height))
}

// offer lists the zones that contain what was typed; all of them when that is
// one of them already.
func (z *ZoneField) offer() []string {
	typed := strings.ToLower(strings.TrimSpace(z.field.Text))
	if slices.Contains(z.zones, strings.TrimSpace(z.field.Text)) {
		typed = ""
	}
	var list []string
	for _, name := range z.zones {
		if strings.Contains(strings.ToLower(name), typed) {
			list = append(list, name)
		}
	}
	if len(list) == 0 {
		list = z.zones
	}
	return list[:min(mostZones, len(list))]
}

// SetPlaceholder changes what the empty field shows.
func (z *ZoneField) SetPlaceholder(s string) { z.field.SetPlaceHolder(s) }
