package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
	"sluice/ui/texts"
)

// SettingsPage is the page with the settings of the window, its log, its checks, and what it
// tells of itself, each on a tab.
type SettingsPage struct {
	Object fyne.CanvasObject
	Tabs   *look.Tabs
	bodies []fyne.CanvasObject
	body   *fyne.Container
}

// NewSettingsPage returns the page. chosen is told the tab that comes into sight.
func NewSettingsPage(back func(), chosen func(tab int), bodies ...fyne.CanvasObject) *SettingsPage {
	t := texts.T.Settings
	p := &SettingsPage{bodies: bodies, body: container.NewStack(bodies[0])}
	p.Tabs = look.NewTabs([]string{t.General, t.Log, t.Check, t.About}, func(i int) {
		p.body.Objects = []fyne.CanvasObject{p.bodies[i]}
		p.body.Refresh()
		chosen(i)
	})
	head := look.NewFilledColumn(0, look.NewInset(look.Bleed, 0, p.Tabs), container.New(look.Inset{Top: 14, Bottom: look.PageMarginY}, p.body))
	p.Object = NewPanelPage(t.Title, t.Caption, back, container.New(look.Inset{Top: 2}, head))
	return p
}

// Option is one of several choices that exclude each other.
type Option struct {
	Name   string
	Chosen bool
	Do     func()
}

// Setting is a row of the settings: a choice of several, a place with a button, or the ways to
// pages with more.
type Setting struct {
	Title, Hint string
	Options     []Option
	Fact        string
	Button      string
	Do          func()
	Ways        []look.Action
}

// SettingGroup is a card of settings.
type SettingGroup struct {
	Title    string
	Settings []Setting
}

// NewGeneral is the tab with the settings themselves, below what there is to warn of, and with
// more cards behind them.
func NewGeneral(above []fyne.CanvasObject, groups []SettingGroup, more ...fyne.CanvasObject) fyne.CanvasObject {
	column := look.NewColumn(look.Gap, above...)
	for _, g := range groups {
		if len(g.Settings) == 0 {
			continue
		}
		var rows []fyne.CanvasObject
		for _, s := range g.Settings {
			rows = append(rows, formRow(s.Title, s.Hint, settingField(s)))
		}
		column.Add(section(g.Title, rows...))
	}
	for _, o := range more {
		column.Add(o)
	}
	return look.NewScroll(look.NewInset(look.Bleed, look.Bleed, column))
}

func settingField(s Setting) fyne.CanvasObject {
	if len(s.Options) > 0 {
		return newOptions(s.Options)
	}
	if len(s.Ways) > 0 {
		flow := look.NewFlow(8, 8)
		for _, way := range s.Ways {
			flow.Add(look.NewButton(look.Outlined, way.Text, way.Icon, way.Do))
		}
		return flow
	}
	fact := look.NewParagraph(s.Fact, look.SizeTable, look.ColorText)
	if s.Button == "" {
		return fact
	}
	return look.NewColumn(6, fact, look.NewRow(0, look.NewButton(look.Outlined, s.Button, "folder", s.Do)))
}

// newOptions is a row of chips of which one is chosen.
func newOptions(options []Option) *fyne.Container {
	flow := look.NewEvenFlow(8, 8)
	var chips []*look.Chip
	for i, o := range options {
		chip := look.NewChip(o.Name, "", func() {
			for j, c := range chips {
				c.SetChosen(j == i)
			}
			o.Do()
		})
		chip.SetChosen(o.Chosen)
		chips = append(chips, chip)
		flow.Add(chip)
	}
	return flow
}
