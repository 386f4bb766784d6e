package view

import (
	"maps"
	"reflect"

	"fyne.io/fyne/v2"

	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
)

// Deliver is the page that delivers the files of one job: to deliveries of the list, and to a
// new place.
type Deliver struct {
	fieldForm
	OnStart, OnStop, OnChange func()

	where       *fyne.Container
	toggles     map[string]*look.Toggle
	fresh       *look.Toggle
	fields      *deliveryFields
	newBox      fyne.CanvasObject
	steps       *fyne.Container
	stepsBox    fyne.CanvasObject
	start, stop *look.Button
	filling     bool
	last        *DeliverModel
}

// DeliverModel is what the page shows beside its fields.
type DeliverModel struct {
	Known    []present.DeliveryRow
	Read     bool // Known are all that there are
	Steps    []present.DeliverLine
	Running  bool
	Problems present.Problems
	Message  string
}

// NewDeliver returns a page with nothing chosen.
func NewDeliver() *Deliver {
	t := texts.T.Delivery
	d := &Deliver{toggles: map[string]*look.Toggle{}, where: look.NewColumn(16), steps: look.NewColumn(18)}
	d.fieldForm = newFieldForm(d.tellChange, func() { d.OnStart() })
	d.fields = newDeliveryFields(&d.fieldForm, true)
	d.fresh = look.NewToggle(t.NewPlace, func(bool) { d.tellChange() })
	d.newBox = look.NewColumn(look.Gap, d.fields.parts...)
	d.stepsBox = look.NewCard(d.steps)
	d.start = look.NewButton(look.Primary, t.Start, "", func() { d.OnStart() })
	d.stop = look.NewButton(look.Danger, t.Stop, "stop", func() { d.OnStop() })
	d.layOut(look.NewRow(0), []fyne.CanvasObject{d.start, d.stop}, d.stepsBox, section(t.Where, d.where), d.newBox)
	d.fields.fill(present.NewDelivery())
	d.newBox.Hide()
	d.stepsBox.Hide()
	return d
}

func (d *Deliver) tellChange() {
	if d.fields == nil || d.fresh == nil || d.filling {
		return
	}
	d.fields.show()
	visible(d.newBox, d.fresh.On())
	if d.column != nil {
		d.column.Refresh()
	}
	if d.OnChange != nil {
		d.OnChange()
	}
}

// Chosen are the names of the deliveries that are chosen, and whether a new place is.
func (d *Deliver) Chosen() (names []string, fresh bool) {
	if d.last != nil {
		for _, row := range d.last.Known {
			if t := d.toggles[row.Name]; t != nil && t.On() {
				names = append(names, row.Name)
			}
		}
	}
	return names, d.fresh.On()
}

// Input is the new place as it stands in the form.
func (d *Deliver) Input() present.DeliveryInput { return d.fields.input() }

// Render shows the page. A new place is chosen where there is no other one.
func (d *Deliver) Render(m DeliverModel) {
	if d.last != nil && reflect.DeepEqual(*d.last, m) {
		return
	}
	before := d.last
	d.last = &m
	if m.Read && (before == nil || !before.Read || !reflect.DeepEqual(before.Known, m.Known)) {
		d.filling = true
		d.list(m.Known)
		d.filling = false
		visible(d.newBox, d.fresh.On())
	}
	d.steps.Objects = nil
	width := stepSignsWidth(m.Steps)
	for _, s := range m.Steps {
		d.steps.Add(look.NewColumn(8, look.NewText(s.Name, look.SizeBody, look.ColorText).Bold().Elide(), deliverLine(s, width)))
	}
	visible(d.stepsBox, len(m.Steps) > 0)
	d.start.SetEnabled(!m.Running)
	visible(d.stop, m.Running)
	for _, toggle := range d.toggles {
		toggle.SetEnabled(!m.Running)
	}
	d.fresh.SetEnabled(!m.Running)
	d.fieldForm.render(m.Message, true, m.Problems)
}

// list offers the deliveries that there are.
func (d *Deliver) list(known []present.DeliveryRow) {
	was := maps.Clone(d.toggles)
	clear(d.toggles)
	d.where.Objects = nil
	line := func(toggle *look.Toggle, says string) {
		d.where.Add(look.NewColumn(5, look.NewRow(0, toggle), look.NewParagraph(says, look.SizeTable, look.ColorMuted)))
	}
	for _, row := range known {
		toggle := look.NewToggle(row.Name, func(bool) { d.tellChange() })
		toggle.SetOn(len(known) == 1 || was[row.Name] != nil && was[row.Name].On())
		d.toggles[row.Name] = toggle
		line(toggle, row.Goes)
	}
	line(d.fresh, texts.T.Delivery.NewPlaceHint)
	d.fresh.SetOn(d.fresh.On() || len(known) == 0)
}

// Top scrolls to where it is said how the deliveries stand.
func (d *Deliver) Top() { look.ScrollToTop(d.foot) }
