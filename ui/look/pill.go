package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sluice/ui/tone"
)

// Pill is a status in a line of a table: icon and word on the tint of a tone.
type Pill struct {
	widget.BaseWidget
	icon  *Icon
	text  *Text
	box   *Box
	elide bool
}

// NewPill returns a pill; icon may be "".
func NewPill(text, icon string, t tone.Tone) *Pill {
	p := &Pill{icon: NewIcon("unknown", 12, ToneColor(t)), text: NewText(text, SizeCaption, ToneColor(t)).Bold()}
	p.box = newBox(&Box{Radius: 10, PaddingX: 8, PaddingY: 1, Content: NewStretchRow(5, 1, p.icon, p.text)})
	p.Set(text, icon, t)
	p.ExtendBaseWidget(p)
	return p
}

// Elide lets what the pill says be cut, where it has less room than it wants.
func (p *Pill) Elide() *Pill {
	p.text.Elide()
	p.elide = true
	return p
}

// wanted has room for all that the pill says.
func (p *Pill) wanted() fyne.Size {
	size := p.MinSize()
	if p.elide {
		size.Width += p.text.wanted().Width - p.text.MinSize().Width
	}
	return size
}

// Text is what the pill says.
func (p *Pill) Text() string { return p.text.Text() }

// Set changes text, icon and tone.
func (p *Pill) Set(text, icon string, t tone.Tone) {
	p.text.SetColored(text, ToneColor(t))
	p.box.SetFill(ToneTint(t))
	if icon == "" {
		p.icon.Hide()
		return
	}
	p.icon.Set(icon, ToneColor(t))
	p.icon.Show()
}

// CreateRenderer implements fyne.Widget.
func (p *Pill) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.box) }

// Fact is a caption and what it says, in bold.
type Fact struct{ Caption, Value string }

// Facts is a row of facts; those that do not fit go on in the next line.
type Facts struct {
	widget.BaseWidget
	wrap  *fyne.Container
	facts []Fact
}

// NewFacts returns an empty row.
func NewFacts() *Facts {
	f := &Facts{wrap: NewFlow(28, 12)}
	f.ExtendBaseWidget(f)
	return f
}

// Set changes the facts. Widgets of facts that stay are kept.
func (f *Facts) Set(facts []Fact) {
	for len(f.wrap.Objects) < len(facts) {
		f.wrap.Add(newFactView())
	}
	f.wrap.Objects = f.wrap.Objects[:len(facts)]
	for i, fact := range facts {
		f.wrap.Objects[i].(*factView).set(fact)
	}
	f.facts = facts
	f.wrap.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (f *Facts) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.wrap) }

type factView struct {
	widget.BaseWidget
	caption, value *Text
}

func newFactView() *factView {
	v := &factView{caption: NewCaption(""), value: NewTitle("", SizeBody).Elide()}
	v.ExtendBaseWidget(v)
	return v
}

func (v *factView) set(f Fact) {
	v.caption.Set(f.Caption)
	v.value.Set(f.Value)
}

// wanted has room for all of the value.
func (v *factView) wanted() fyne.Size {
	size := v.MinSize()
	size.Width = max(size.Width, v.caption.wanted().Width, v.value.wanted().Width)
	return size
}

func (v *factView) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(NewColumn(3, v.caption, v.value))
}
