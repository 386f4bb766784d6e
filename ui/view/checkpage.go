package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/doctor"
	"sluice/ui/look"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// CheckPage shows what was found on this computer that keeps Sluice from working well.
type CheckPage struct {
	Object          fyne.CanvasObject
	OnAgain, OnCopy func()

	says        *look.Text
	again, copy *look.Button
	list        *fyne.Container
	page        *fyne.Container
}

// NewCheckPage returns an empty page.
func NewCheckPage() *CheckPage {
	t := texts.T.Settings
	p := &CheckPage{says: look.NewTitle("", look.SizeCard).Elide(), list: look.NewColumn(10)}
	p.again = look.NewButton(look.Outlined, t.CheckAgain, "refresh", func() { p.OnAgain() })
	p.copy = look.NewButton(look.Outlined, t.CopyFindings, "copy", func() { p.OnCopy() })
	buttons := look.NewRow(8, p.again, p.copy)
	head := look.NewStretchRow(12, 0, look.NewColumn(2, p.says, look.NewParagraph(t.CheckText, look.SizeCaption, look.ColorMuted)), buttons)
	p.page = look.NewInset(look.Bleed, look.Bleed, look.NewColumn(14, head, p.list))
	p.Object = look.NewScroll(p.page)
	return p
}

// findingSign is how a result is shown: a drawing, a word, and a colour.
func findingSign(r doctor.Result) (icon, word string, ink tone.Tone) {
	t := texts.T.Settings
	switch r {
	case doctor.Bad:
		return "failed", t.Bad, tone.Bad
	case doctor.Warning:
		return "warning", t.Warn, tone.Caution
	}
	return "completed", t.OK, tone.Good
}

// Render shows findings, the worst first; looking tells that more are to come.
func (p *CheckPage) Render(found []doctor.Finding, says string, looking bool) {
	p.says.Set(says)
	p.again.SetEnabled(!looking)
	p.copy.SetEnabled(len(found) > 0)
	p.list.Objects = nil
	for _, r := range []doctor.Result{doctor.Bad, doctor.Warning, doctor.OK} {
		for _, f := range found {
			if f.Result == r {
				p.list.Add(newFinding(f))
			}
		}
	}
	p.list.Refresh()
	p.page.Refresh()
	p.Object.Refresh()
}

// signsWidth is what the widest sign of a finding needs: all of them stand above each other.
func signsWidth() (width float32) {
	for _, r := range []doctor.Result{doctor.Bad, doctor.Warning, doctor.OK} {
		icon, word, ink := findingSign(r)
		width = max(width, look.NewPill(word, icon, ink).MinSize().Width)
	}
	return width
}

func newFinding(f doctor.Finding) fyne.CanvasObject {
	icon, word, ink := findingSign(f.Result)
	said := texts.Elsewhere(f.Says)
	if f.Said.Format != "" {
		said = texts.Say(f.Said)
	}
	words := look.NewColumn(4, look.NewParagraph(said, look.SizeBody, look.ColorText))
	if f.Do != "" {
		words.Add(look.NewParagraph(texts.Elsewhere(f.Do), look.SizeTable, look.ColorMuted))
	}
	return look.NewCard(container.New(look.Row{Gap: 14, Stretch: 1, Top: true}, look.NewFixed(signsWidth(), 0, look.NewRow(0, look.NewPill(word, icon, ink))), words))
}
