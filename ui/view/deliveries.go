package view

import (
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// Deliveries is the page with the deliveries of a source.
type Deliveries struct {
	Object          fyne.CanvasObject
	OnAdd           func()
	OnEdit, OnRetry func(name string)
	OnEnable        func(name string, on bool)

	problem       *look.Paragraph
	cards         *fyne.Container
	filled, empty fyne.CanvasObject
	last          *DeliveriesModel
}

// DeliveriesModel is the content of the page.
type DeliveriesModel struct {
	Rows     []present.DeliveryRow
	Problem  string // the list could not be read
	Retrying map[string]present.DeliverLine
}

// NewDeliveries returns an empty page.
func NewDeliveries() *Deliveries {
	t := texts.T.Delivery
	d := &Deliveries{problem: look.NewParagraph("", look.SizeTable, look.ToneColor(tone.Bad)), cards: look.NewColumn(look.Gap)}
	add := look.NewButton(look.Primary, t.Add, "add", func() { d.OnAdd() })
	d.filled = newPageScroll(look.NewColumn(look.Gap, d.problem, look.NewEnds(10, look.NewColumn(0), add), d.cards))
	d.empty = newEmpty("folder", t.Empty, t.EmptyText, look.NewButton(look.Primary, t.Add, "add", func() { d.OnAdd() }))
	d.Object = container.NewStack(d.filled, d.empty)
	return d
}

// Render shows the deliveries.
func (d *Deliveries) Render(m DeliveriesModel) {
	if d.last != nil && reflect.DeepEqual(*d.last, m) {
		return
	}
	d.last = &m
	d.problem.Set(m.Problem)
	visible(d.problem, m.Problem != "")
	d.cards.Objects = nil
	for _, row := range m.Rows {
		line, busy := m.Retrying[row.Name]
		d.cards.Add(d.card(row, line, busy))
	}
	visible(d.filled, len(m.Rows) > 0 || m.Problem != "")
	visible(d.empty, len(m.Rows) == 0 && m.Problem == "")
	d.filled.Refresh()
	d.Object.Refresh()
}

// card is one delivery.
func (d *Deliveries) card(row present.DeliveryRow, line present.DeliverLine, tried bool) fyne.CanvasObject {
	t := texts.T.Delivery
	enabled := look.NewToggle(t.Enabled, nil)
	enabled.SetOn(row.Enabled)
	enabled.OnChanged = func(on bool) { d.OnEnable(row.Name, on) }
	edit := look.NewButton(look.Outlined, t.Edit, "edit", func() { d.OnEdit(row.Name) })
	content := look.NewColumn(12, look.NewColumn(2, look.NewTitle(row.Name, look.SizeCard).Elide(), look.NewParagraph(row.Goes, look.SizeTable, look.ColorMuted)))
	if row.Owed != "" {
		retry := look.NewButton(look.Outlined, t.Retry, "refresh", func() { d.OnRetry(row.Name) })
		working(retry, tried && line.Share >= 0, t.Retry, t.Retrying)
		content.Add(look.NewTinted(look.ToneTint(tone.Caution), look.NewColumn(10, look.NewParagraph(row.Owed, look.SizeTable, look.ColorText), look.NewRow(8, retry))))
	}
	if tried {
		content.Add(deliverLine(line))
	}
	content.Add(look.NewFlow(8, 8, enabled, edit))
	return look.NewCard(content)
}

// deliverLine is how a delivery stands: its sign, what it says, and how far it is.
func deliverLine(l present.DeliverLine) fyne.CanvasObject {
	says := look.NewColumn(4, look.NewParagraph(l.Says, look.SizeTable, look.ColorText))
	if l.Share >= 0 {
		bar := look.NewBar()
		bar.Set(l.Share, tone.Active)
		says.Add(bar)
	}
	for _, n := range l.Notes {
		says.Add(look.NewParagraph(n, look.SizeCaption, look.ColorMuted))
	}
	return container.New(look.Row{Gap: 12, Stretch: 1, Top: true}, look.NewPill(l.Sign.Word, l.Sign.Icon, l.Sign.Tone), says)
}
