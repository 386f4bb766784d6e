package view

import (
	"fyne.io/fyne/v2"

	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
)

// PathCard shows where a server exports to, changes it and goes back to the default.
type PathCard struct {
	Object   fyne.CanvasObject
	OnChange func(path string)
	OnReset  func()
	OnRetry  func()

	path                 *look.Field
	change, reset, retry *look.Button
	message              message
	model                present.ExportPath
}

// NewPathCard returns a card that knows no path yet.
func NewPathCard() *PathCard {
	t := texts.T.Path
	p := &PathCard{message: newMessage()}
	p.path = look.NewField(t.Placeholder, func(string) { p.enable() })
	p.path.OnSubmitted = func(path string) {
		if p.model.CanChange(path) {
			p.OnChange(path)
		}
	}
	p.change = look.NewButton(look.Outlined, t.Change, "", func() { p.OnChange(p.path.Text) })
	p.reset = look.NewButton(look.Outlined, t.Reset, "", func() { p.OnReset() })
	p.retry = look.NewButton(look.Outlined, texts.T.Advice.Retry, "refresh", func() { p.OnRetry() })
	p.Object = section(t.Title,
		formRow(t.Path, t.Hint, inField(p.path)),
		look.NewRow(8, p.change, p.reset, p.retry),
		p.message.line)
	return p
}

// Render shows the path as it is known.
func (p *PathCard) Render(m present.ExportPath) {
	if m.Known && m.Path != p.model.Path {
		p.path.Change(m.Path)
	}
	p.model = m
	text, bad := m.Says()
	p.message.say(text, bad)
	visible(p.retry, m.Err != nil && !m.Known)
	visible(p.Object, !m.Unsupported())
	p.enable()
}

func (p *PathCard) enable() {
	p.change.SetEnabled(p.model.CanChange(p.path.Text))
	p.reset.SetEnabled(p.model.CanReset())
}
