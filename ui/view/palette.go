package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
	"sluice/ui/palette"
	"sluice/ui/texts"
)

// The measures of the palette in a window that has room for it.
const (
	paletteWidth  float32 = 640
	paletteHeight float32 = 440
	paletteRow    float32 = 30
	palettePage           = 8
)

// Palette is the list of everything that can be done or gone to, with a line to search it.
// The line keeps the keyboard: the arrows go through the list.
type Palette struct {
	Object fyne.CanvasObject
	Query  *look.Field
	// OnQuery gives what fits; OnDo does what was chosen.
	OnQuery func(query string) []palette.Item
	OnDo    func(palette.Item)

	list  *look.List
	none  *look.Paragraph
	items []palette.Item
	at    int
}

// NewPalette returns a palette for a canvas of a size.
func NewPalette(room fyne.Size) *Palette {
	p := &Palette{}
	t := texts.T.Palette
	p.Query = look.NewField(t.Placeholder, func(string) { p.search() })
	p.Query.OnKey = p.key
	p.Query.OnSubmitted = func(string) { p.do(p.at) }
	p.none = look.NewParagraph("", look.SizeTable, look.ColorMuted).Center()
	p.list = look.NewList(func() int { return len(p.items) }, newPaletteRow, p.fill, p.do)
	body := container.NewBorder(container.New(look.Inset{Bottom: 10}, look.NewInset(look.Bleed, look.Bleed, p.Query)),
		container.New(look.Inset{Top: 10, Left: 4}, look.NewCaption(t.Hint)), nil, nil,
		container.NewStack(p.list, look.NewInset(24, 24, container.NewVBox(p.none))))
	p.Object = look.NewInset(10, 10, look.NewFixed(min(paletteWidth, room.Width-60), min(paletteHeight, room.Height-80), body))
	return p
}

// Search shows what fits what is typed now.
func (p *Palette) Search() { p.search() }

// Items are those that are listed.
func (p *Palette) Items() []palette.Item { return p.items }

// At is the one that Enter does.
func (p *Palette) At() int { return p.at }

func (p *Palette) search() {
	p.items, p.at = p.OnQuery(p.Query.Text), 0
	p.none.Set("")
	if len(p.items) == 0 {
		p.none.Set(texts.T.Palette.Nothing)
	}
	p.list.Refresh()
	p.list.ScrollToTop()
}

// key takes the keys that go through the list.
func (p *Palette) key(name fyne.KeyName) bool {
	by, ok := map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyDown: 1, fyne.KeyPageUp: -palettePage, fyne.KeyPageDown: palettePage}[name]
	if !ok || len(p.items) == 0 {
		return ok
	}
	p.at = max(0, min(p.at+by, len(p.items)-1))
	p.list.ScrollTo(p.at)
	p.list.Refresh()
	return true
}

// do does an item; one that cannot be done now stays listed, and says so.
func (p *Palette) do(i int) {
	if i < len(p.items) && !p.items[i].Off {
		p.OnDo(p.items[i])
	}
}

// paletteLine places an icon, a name, what is said of it, and its keys.
type paletteLine struct{}

func (paletteLine) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(240, paletteRow) }

func (paletteLine) Layout(o []fyne.CanvasObject, size fyne.Size) {
	const margin, icon, gap float32 = 10, 16, 10
	place := func(o fyne.CanvasObject, x, width float32) {
		height := o.MinSize().Height
		o.Move(fyne.NewPos(x, (size.Height-height)/2))
		o.Resize(fyne.NewSize(max(0, width), height))
	}
	keys, name := o[3].MinSize().Width, look.Wanted(o[1].(*look.Text))
	left, right := margin+icon+gap, size.Width-margin-keys
	name = min(name, max(0, right-gap-left))
	place(o[0], margin, icon)
	place(o[1], left, name)
	place(o[2], left+name+gap, right-gap-left-name-gap)
	place(o[3], right, keys)
}

func newPaletteRow() fyne.CanvasObject {
	ground := look.NewTinted(look.ColorNone, look.Space(0, 0))
	return container.NewStack(ground, container.New(paletteLine{}, look.NewIcon("info", 16, look.ColorMuted), look.NewText("", look.SizeBody, look.ColorText).Elide(),
		look.NewCaption("").Elide(), look.NewCaption("").Bold()))
}

// fill shows an item in a row.
func (p *Palette) fill(i int, o fyne.CanvasObject) {
	item, row := p.items[i], o.(*fyne.Container).Objects
	parts := row[1].(*fyne.Container).Objects
	fill, ink := look.ColorNone, look.ColorText
	if i == p.at {
		fill = look.ColorChosen
	}
	detail := item.Detail
	if item.Off {
		ink, detail = look.ColorFaint, texts.T.Palette.Off
	}
	row[0].(*look.Box).SetFill(fill)
	parts[0].(*look.Icon).Set(item.Icon, look.ColorMuted)
	parts[1].(*look.Text).SetColored(item.Name, ink)
	parts[2].(*look.Text).Set(detail)
	parts[3].(*look.Text).Set(item.Keys)
	o.Refresh()
}
