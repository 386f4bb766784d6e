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
	ScheduleTab
	SettingsTab
)

// Page is the frame around everything about one source: title, caption, what can be
// done, and the tabs.
type Page struct {
	Object fyne.CanvasObject
	OnTab  func(Tab)

	head    *look.Headline
	caption *look.Paragraph
	top     fyne.CanvasObject // what is above the body
	tabs    *look.Tabs
	bodies  *look.Deck
	wide    Tab // the tab that takes all the width that there is
}

// captionLines is how many lines the caption may take: more would push the files out of
// a small window.
const captionLines = 2

// NewPage returns a page with a body for each tab.
func NewPage(bodies ...fyne.CanvasObject) *Page { return NewPageOf(look.Made(bodies...)...) }

// NewPageOf returns a page whose bodies are made when somebody chooses their tabs.
func NewPageOf(bodies ...func() fyne.CanvasObject) *Page {
	t := texts.T.Page
	return newPage([]string{t.Export, t.History, t.Files, t.Schedule, t.Settings}, FilesTab, bodies)
}

// The tabs of the page of all sources.
const (
	SourcesTab Tab = iota
	AllJobsTab
)

// NewBoardPage returns the page of all sources, with a body for each of its tabs, made when it
// is chosen.
func NewBoardPage(bodies ...func() fyne.CanvasObject) *Page {
	t := texts.T.Board
	return newPage([]string{t.Sources, t.History}, AllJobsTab, bodies)
}

func newPage(titles []string, wide Tab, bodies []func() fyne.CanvasObject) *Page {
	p := &Page{head: look.NewHeadline(), caption: look.NewParagraph("", look.SizeTable, look.ColorMuted).AtMost(captionLines), bodies: look.NewDeck(bodies...), wide: wide}
	p.tabs = look.NewTabs(titles, func(i int) {
		p.bodies.Show(i)
		p.Object.Refresh()
		if p.OnTab != nil {
			p.OnTab(Tab(i))
		}
	})
	p.bodies.Show(0)
	p.top = look.NewColumn(0, p.head.Object, container.New(look.Inset{Bottom: 4}, p.caption), p.tabs)
	const x = look.PageMarginX - look.Bleed
	p.Object = container.New(look.Inset{Left: x, Top: look.PageMarginY, Right: x},
		container.New(pageWidth{p}, look.NewFilledColumn(0, look.NewInset(look.Bleed, 0, p.top), p.bodies.Object)))
	return p
}

// mostWidth is how wide a page of cards and forms is: on a wide screen lines as long
// as the window cannot be read.
const mostWidth float32 = 1200

// pageWidth bounds the width of a page; files, and the jobs of all sources, take all that
// there is.
type pageWidth struct{ p *Page }

func (pageWidth) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (w pageWidth) Layout(o []fyne.CanvasObject, size fyne.Size) {
	if w.p.Tab() != w.p.wide {
		size.Width = min(size.Width, mostWidth)
	}
	o[0].Move(fyne.Position{})
	o[0].Resize(size)
}

// PageHead is what stands above the tabs.
type PageHead struct {
	Title, Caption string
	Actions        []look.Action // the most important first
}

// Render shows the head.
func (p *Page) Render(h PageHead) {
	before := p.top.MinSize().Height
	p.head.Set(h.Title, h.Actions)
	p.caption.Set(h.Caption)
	if p.top.MinSize().Height != before {
		p.Object.Refresh()
	}
}

// Menu is what can be done whose button had no room in the head.
func (p *Page) Menu() []look.Action { return p.head.Menu() }

// Tab is the tab that is shown.
func (p *Page) Tab() Tab { return Tab(p.tabs.Chosen()) }

// Tabs is the row of tabs.
func (p *Page) Tabs() fyne.CanvasObject { return p.tabs }

// Body is what is below the tabs.
func (p *Page) Body() fyne.CanvasObject { return p.bodies.Object }

// FocusTab gives the chosen tab the keyboard.
func (p *Page) FocusTab(c fyne.Canvas) { p.tabs.Focus(c) }

// Choose switches to a tab.
func (p *Page) Choose(t Tab) { p.tabs.Choose(int(t)) }
