package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// RailItem is a source in the rail.
type RailItem struct {
	ID, Icon, Name, Line string
	Tone                 tone.Tone
	Chosen               bool
}

// RailGroup is a captioned part of the rail.
type RailGroup struct {
	Title string
	Items []RailItem
}

// Rail is the list of sources at the left edge.
type Rail struct {
	Object                         fyne.CanvasObject
	OnChosen                       func(id string)
	OnAdd, OnSettings, OnShortcuts func()

	list  *fyne.Container
	items map[string]*look.RailItem
	order []*look.RailItem
	shape string
}

// NewRail returns an empty rail.
func NewRail() *Rail {
	r := &Rail{list: look.NewColumn(4), items: map[string]*look.RailItem{}}
	t := texts.T.Rail
	call := func(f *func()) func() { return func() { (*f)() } }
	foot := look.NewColumn(0,
		look.NewQuiet(t.Add, "add", call(&r.OnAdd)),
		look.Space(0, 6),
		look.NewQuiet(t.Settings, "settings", call(&r.OnSettings)),
		look.Space(0, 6),
		look.NewQuiet(t.Shortcuts, "shortcuts", call(&r.OnShortcuts)),
	)
	head := look.NewRow(10, look.NewIcon("logo", 28, look.ColorAccent), look.NewTitle(texts.T.App.Name, 16))
	content := container.NewBorder(
		container.New(look.Inset{Left: 20, Top: 20, Right: 12, Bottom: 10}, head),
		container.New(look.Inset{Left: 12, Top: 8, Right: 12, Bottom: 16}, foot),
		nil, nil,
		look.NewScroll(container.New(look.Inset{Left: 12, Right: 12, Bottom: 8}, r.list)),
	)
	r.Object = look.NewFixed(look.RailWidth, 0, look.NewPanes(0, look.NewSurface(content), look.NewLine()))
	return r
}

// Render shows the groups. Widgets of sources that stay are kept, and with them
// the keyboard's focus.
func (r *Rail) Render(groups []RailGroup) {
	shape := ""
	for _, g := range groups {
		shape += "\x00" + g.Title
		for _, item := range g.Items {
			shape += "\x01" + item.ID
		}
	}
	if shape != r.shape {
		r.shape = shape
		r.rebuild(groups)
	}
	for _, g := range groups {
		for _, item := range g.Items {
			r.items[item.ID].Set(item.Icon, item.Name, item.Line, item.Tone, item.Chosen)
		}
	}
}

func (r *Rail) rebuild(groups []RailGroup) {
	kept := map[string]*look.RailItem{}
	r.order = nil
	r.list.Objects = nil
	for i, g := range groups {
		if i > 0 {
			r.list.Objects = append(r.list.Objects, look.Space(0, 8))
		}
		caption := look.NewText(g.Title, look.SizeGroup, look.ColorMuted).Bold()
		r.list.Objects = append(r.list.Objects, container.New(look.Inset{Left: 8, Top: 8, Bottom: 6}, caption))
		for _, item := range g.Items {
			w := r.items[item.ID]
			if w == nil {
				w = look.NewRailItem()
				w.OnTapped = func() { r.OnChosen(item.ID) }
			}
			kept[item.ID] = w
			at := len(r.order)
			w.OnStep = func(by int) { r.focusAt(at + by) }
			r.order = append(r.order, w)
			r.list.Objects = append(r.list.Objects, w)
		}
	}
	r.items = kept
	r.list.Refresh()
}

// focusAt gives an entry the keyboard, if there is one.
func (r *Rail) focusAt(i int) {
	if i < 0 || i >= len(r.order) {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(r.order[i]); c != nil {
		c.Focus(r.order[i])
	}
}

// Focus gives the chosen source the keyboard, and reports whether one is chosen.
func (r *Rail) Focus(c fyne.Canvas) bool {
	for _, item := range r.order {
		if item.Chosen() {
			c.Focus(item)
			return true
		}
	}
	return false
}
