package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
	"sluice/ui/texts"
)

// Tab is one of the tabs of a source.
type Tab int

// The tabs, in their order.
const (
	ExportTab Tab = iota
	HistoryTab
	FilesTab
	SettingsTab
)

// Page is the frame around everything about one source: title, caption, a
// button, and the tabs.
type Page struct {
	Object   fyne.CanvasObject
	OnTab    func(Tab)
	OnButton func()
	OnSecond func()
	OnThird  func()

	title, caption        *look.Text
	button, second, third *look.Button
	tabs                  *look.Tabs
	bodies                []fyne.CanvasObject
	body                  *fyne.Container
}

// NewPage returns a page with a body for each tab.
func NewPage(bodies ...fyne.CanvasObject) *Page {
	p := &Page{title: look.NewTitle("", look.SizeTitle).Elide(), caption: look.NewText("", look.SizeTable, look.ColorMuted).Elide(), bodies: bodies}
	t := texts.T.Page
	p.button = look.NewButton(look.Outlined, "", "", func() { p.OnButton() })
	p.button.Hide()
	p.second = look.NewButton(look.Outlined, "", "", func() { p.OnSecond() })
	p.second.Hide()
	p.third = look.NewButton(look.Outlined, "", "", func() { p.OnThird() })
	p.third.Hide()
	p.tabs = look.NewTabs([]string{t.Export, t.History, t.Files, t.Settings}, func(i int) {
		p.show(Tab(i))
		if p.OnTab != nil {
			p.OnTab(Tab(i))
		}
	})
	p.body = container.NewStack(bodies...)
	head := container.New(look.Row{Gap: 16, Stretch: 0, Top: true}, look.NewColumn(2, p.title, p.caption), p.third, p.second, p.button)
	top := look.NewColumn(0, look.NewFixed(0, 56, head), p.tabs)
	const x = look.PageMarginX - look.Bleed
	p.Object = container.New(look.Inset{Left: x, Top: look.PageMarginY, Right: x},
		container.New(pageWidth{p}, look.NewFilledColumn(0, look.NewInset(look.Bleed, 0, top), p.body)))
	p.show(ExportTab)
	return p
}

// mostWidth is how wide a page of cards and forms is: on a wide screen lines as long
// as the window cannot be read.
const mostWidth float32 = 1200

// pageWidth bounds the width of a page; the files take all that there is.
type pageWidth struct{ p *Page }

func (pageWidth) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (w pageWidth) Layout(o []fyne.CanvasObject, size fyne.Size) {
	if w.p.Tab() != FilesTab {
		size.Width = min(size.Width, mostWidth)
	}
	o[0].Move(fyne.Position{})
	o[0].Resize(size)
}

// PageHead is what stands above the tabs.
type PageHead struct {
	Title, Caption     string
	Button, ButtonIcon string // no button if both are empty
	Second, SecondIcon string // another one before it
	Third, ThirdIcon   string // and one before that
}

// Render shows the head.
func (p *Page) Render(h PageHead) {
	p.title.Set(h.Title)
	p.caption.Set(h.Caption)
	p.set(p.button, h.Button, h.ButtonIcon)
	p.set(p.second, h.Second, h.SecondIcon)
	p.set(p.third, h.Third, h.ThirdIcon)
}

// set shows a button of the head, or hides one that says nothing.
func (p *Page) set(b *look.Button, text, icon string) {
	b.SetText(text)
	b.SetIcon(icon)
	if on := text != ""; on != b.Visible() {
		visible(b, on)
		p.Object.Refresh()
	}
}

// Tab is the tab that is shown.
func (p *Page) Tab() Tab { return Tab(p.tabs.Chosen()) }

// Tabs is the row of tabs.
func (p *Page) Tabs() fyne.CanvasObject { return p.tabs }

// Body is what is below the tabs.
func (p *Page) Body() fyne.CanvasObject { return p.body }

// FocusTab gives the chosen tab the keyboard.
func (p *Page) FocusTab(c fyne.Canvas) { p.tabs.Focus(c) }

// Choose switches to a tab.
func (p *Page) Choose(t Tab) { p.tabs.Choose(int(t)) }

func (p *Page) show(t Tab) {
	if p.Object != nil {
		defer p.Object.Refresh()
	}
	for i, b := range p.bodies {
		if i == int(t) {
			b.Show()
		} else {
			b.Hide()
		}
	}
}
