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
	*cardList
	OnEdit, OnRetry, OnForget func(name string)
	OnEnable                  func(name string, on bool)

	last *DeliveriesModel
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
	return &Deliveries{cardList: newCardList("deliver", t.Empty, t.EmptyText, t.Add)}
}

// Render shows the deliveries.
func (d *Deliveries) Render(m DeliveriesModel) {
	if d.last != nil && reflect.DeepEqual(*d.last, m) {
		return
	}
	d.last = &m
	var cards []fyne.CanvasObject
	for _, row := range m.Rows {
		line, busy := m.Retrying[row.Name]
		cards = append(cards, d.card(row, line, busy))
	}
	d.show(m.Problem, cards)
}

// card is one delivery.
func (d *Deliveries) card(row present.DeliveryRow, line present.DeliverLine, tried bool) fyne.CanvasObject {
	t := texts.T.Delivery
	var more []fyne.CanvasObject
	if row.Owed != "" {
		busy := tried && line.Share >= 0
		buttons := look.NewFlow(8, 8)
		if row.Here {
			retry := look.NewButton(look.Outlined, t.Retry, "refresh", func() { d.OnRetry(row.Name) })
			working(retry, busy, t.Retry, t.Retrying)
			buttons.Add(retry)
		}
		forget := look.NewButton(look.Outlined, t.Forget, "", func() { d.OnForget(row.Name) })
		forget.SetEnabled(!busy)
		buttons.Add(forget)
		more = append(more, look.NewTinted(look.ToneTint(tone.Caution), look.NewColumn(10, look.NewParagraph(row.Owed, look.SizeTable, look.ColorText), buttons)))
	}
	if row.Forgotten != "" {
		more = append(more, look.NewParagraph(row.Forgotten, look.SizeCaption, look.ColorMuted))
	}
	if tried {
		more = append(more, deliverLine(line, 0))
	}
	return listCard(row.Name, row.Goes, more, listSwitch(t.Enabled, row.Enabled, func(on bool) { d.OnEnable(row.Name, on) }),
		look.NewButton(look.Outlined, t.Edit, "edit", func() { d.OnEdit(row.Name) }))
}

// stepSign is the sign of how a delivery stands.
func stepSign(l present.DeliverLine) *look.Pill {
	return look.NewPill(l.Sign.Word, l.Sign.Icon, l.Sign.Tone)
}

// stepSignsWidth is what the widest sign of several deliveries needs: what they say stands
// above each other.
func stepSignsWidth(lines []present.DeliverLine) (width float32) {
	for _, l := range lines {
		width = max(width, stepSign(l).MinSize().Width)
	}
	return width
}

// deliverLine is how a delivery stands: its sign in a column of a width, at least its own, what
// it says, and how far it is.
func deliverLine(l present.DeliverLine, width float32) fyne.CanvasObject {
	says := look.NewColumn(4, look.NewParagraph(l.Says, look.SizeTable, look.ColorText))
	if l.Share >= 0 {
		bar := look.NewBar()
		bar.Set(l.Share, tone.Active)
		says.Add(bar)
	}
	for _, n := range l.Notes {
		says.Add(look.NewParagraph(n, look.SizeCaption, look.ColorMuted))
	}
	sign := stepSign(l)
	column := look.NewFixed(max(width, sign.MinSize().Width), 0, look.NewRow(0, sign))
	return container.New(look.Row{Gap: 12, Stretch: 1, Top: true}, column, says)
}
