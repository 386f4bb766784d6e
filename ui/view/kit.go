package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
)

// Kit is the panel with the statements that load the files of a job into a program.
type Kit struct {
	Object   fyne.CanvasObject
	Engine   *look.Select
	OnEngine func(index int)
	OnCopy   func()
	OnSave   func()

	said  *fyne.Container
	grid  *widget.TextGrid
	inner *container.Scroll
	copy  *look.Button
	save  *look.Button
}

// NewKit returns the panel; titles are the programs.
func NewKit(titles []string) *Kit {
	t := texts.T.Kit
	k := &Kit{said: look.NewColumn(6), grid: widget.NewTextGrid()}
	k.Engine = look.NewSelect(titles, func(string) { k.OnEngine(k.Engine.SelectedIndex()) })
	k.copy = look.NewButton(look.Outlined, texts.T.App.Copy, "copy", func() { k.OnCopy() })
	k.save = look.NewButton(look.Outlined, t.Save, "file", func() { k.OnSave() })
	k.inner = container.NewScroll(k.grid)
	choice := look.NewInset(look.Bleed, look.Bleed, container.New(look.Row{Gap: 12, Stretch: 1}, look.NewCaption(t.For), inField(k.Engine), k.copy, k.save))
	k.Object = look.NewFixed(860, 460, look.NewFilledColumn(10, choice, k.said, look.NewWell(k.inner)))
	return k
}

// Render shows the statements for one program.
func (k *Kit) Render(m present.Kit) {
	k.said.Objects = nil
	add := func(text string, color fyne.ThemeColorName) {
		k.said.Add(look.NewParagraph(text, look.SizeTable, color))
	}
	switch {
	case m.Problem != "":
		add(m.Problem, look.ColorText)
	case m.Untried:
		add(m.Tested, look.ColorText)
	default:
		add(m.Tested, look.ColorMuted)
	}
	for _, w := range m.Warnings {
		add(w, look.ColorText)
	}
	k.grid.SetText(shownDocument(m.Statements))
	k.inner.ScrollToTop()
	for _, b := range []*look.Button{k.copy, k.save} {
		b.SetEnabled(m.Problem == "")
	}
	k.Object.Refresh()
}
