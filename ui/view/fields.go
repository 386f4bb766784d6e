package view

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sluice/ui/look"
	"sluice/ui/texts"
)

// DateField is a civil date, year-month-day, with a calendar to pick it from.
// Fyne's own date entry speaks the locale's format only and always opens on
// today's month.
type DateField struct {
	Object fyne.CanvasObject
	field  *look.Field
}

// NewDateField returns an empty date.
func NewDateField(changed func(string)) *DateField {
	d := &DateField{field: look.NewField(texts.T.New.DatePlaceholder, changed)}
	d.field.ActionItem = newFieldButton("calendar", d.pick)
	d.field.OnOpen = d.pick
	d.Object = d.field
	return d
}

// Text is what the field holds.
func (d *DateField) Text() string { return d.field.Text }

// SetText changes it.
func (d *DateField) SetText(s string) { d.field.Change(s) }

// pick opens a calendar on the month of the date.
func (d *DateField) pick() {
	c := fyne.CurrentApp().Driver().CanvasForObject(d.field)
	if c == nil {
		return
	}
	now := time.Now()
	day, err := time.Parse(time.DateOnly, strings.TrimSpace(d.field.Text))
	if err != nil {
		day = now
	}
	var pop *widget.PopUp
	month := look.NewMonth(day, now.AddDate(0, 0, 1), texts.T.New.Weekdays(), texts.T.Format.WeekStart(), texts.T.New.Month, func(t time.Time) {
		pop.Hide()
		d.field.SetText(t.Format(time.DateOnly))
	})
	pop = widget.NewPopUp(month, c)
	pop.ShowAtPosition(below(d.field, c, pop.MinSize()))
	month.Focus(c)
}

// below is where something of a size pops up at a field: under it, or above it
// where the window ends.
func below(field fyne.CanvasObject, c fyne.Canvas, size fyne.Size) fyne.Position {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(field)
	down := at.AddXY(0, field.Size().Height+4)
	if down.Y+size.Height <= c.Size().Height {
		return down
	}
	return fyne.NewPos(at.X, max(0, at.Y-4-size.Height))
}

// newFieldButton is the small icon at the right end of a field.
func newFieldButton(icon string, tapped func()) fyne.CanvasObject {
	return look.NewFieldIcon(icon, tapped)
}

// ZoneField is a time zone: typed, or chosen from a list that keeps to what was
// typed.
type ZoneField struct {
	Object fyne.CanvasObject
	field  *look.Field
	zones  []string
}

// NewZoneField returns a field that offers zones.
func NewZoneField(zones []string, changed func(string)) *ZoneField {
	z := &ZoneField{field: look.NewField(texts.T.New.ZonePlaceholder, changed), zones: zones}
	z.field.ActionItem = newFieldButton("chevron-down", z.open)
	z.field.OnOpen = z.open
	z.Object = z.field
	return z
}

// Text is what the field holds.
func (z *ZoneField) Text() string { return z.field.Text }

// SetText changes it.
func (z *ZoneField) SetText(s string) { z.field.Change(s) }

// listHeight is how high the list of zones is.
const listHeight float32 = 300

// open shows the list, scrolled to the zone of the field.
func (z *ZoneField) open() {
	c := fyne.CurrentApp().Driver().CanvasForObject(z.field)
	if c == nil {
		return
	}
	zones := z.offer()
	var pop *widget.PopUp
	list := look.NewList(func() int { return len(zones) },
		func() fyne.CanvasObject {
			return look.NewInset(8, 2, look.NewText("", look.SizeTable, look.ColorText).Elide())
		},
		func(i int, o fyne.CanvasObject) { o.(*fyne.Container).Objects[0].(*look.Text).Set(zones[i]) },
		func(i int) {
			pop.Hide()
			z.field.SetText(zones[i])
		})
	at := slices.Index(zones, strings.TrimSpace(z.field.Text))
	if at >= 0 {
		list.Mark(at)
	}
	size := fyne.NewSize(max(220, z.field.Size().Width), listHeight)
	pop = widget.NewPopUp(look.NewFixed(size.Width, size.Height, list), c)
	pop.ShowAtPosition(below(z.field, c, pop.MinSize()))
	c.Focus(list)
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
	return list
}

// SetPlaceholder changes what the empty field shows.
func (z *ZoneField) SetPlaceholder(s string) { z.field.SetPlaceHolder(s) }
