package view

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
)

// RailItem is a source in the rail.
type RailItem struct {
	ID, Icon, Name string
	Sign           present.Sign // of its state; the word is a few of them
	Tip            string       // what there is no room for
	Chosen         bool
}

// RailGroup is a part of the rail, with a heading that folds it or without one.
type RailGroup struct {
	Key, Title string // "" of both: no heading
	Items      []RailItem
	Folded     bool
	Worst      present.Sign // of a folded group: how the worst of it stands
}

// hides reports whether an entry is not shown, as its group is folded. The chosen source
// is always in sight.
func (g RailGroup) hides(item RailItem) bool { return g.Folded && !item.Chosen }

// Rail is the list of sources at the left edge.
type Rail struct {
	Object                         fyne.CanvasObject
	OnChosen                       func(id string)
	OnAdd, OnSettings, OnShortcuts func()
	OnFold                         func(key string)
	OnMove                         func(id string, by int)
	OnMenu                         func(id string, at fyne.Position)
	Tips                           *look.Tips // shows what there is no room for; nil: nothing does
	OnNarrow                       func()     // somebody wants it folded to its icons, or unfolded

	list     *fyne.Container
	sources  *fyne.Container // scrolls the list
	drop     *look.Box       // where what is dragged would go
	items    map[string]*look.RailItem
	headings map[string]*look.RailHeading
	order    []*look.RailItem
	groups   []RailGroup
	shape    string
	chosen   string
	narrow   bool // icons alone are shown
	name     *look.Text
	folder   *look.Button // folds and unfolds
	foot     []*look.Button
}

// NewRail returns an empty rail.
func NewRail() *Rail {
	r := &Rail{list: look.NewColumn(4), items: map[string]*look.RailItem{}, headings: map[string]*look.RailHeading{}, drop: look.NewLine()}
	r.drop.SetFill(look.ColorAccent)
	r.drop.Hide()
	t := texts.T.Rail
	call := func(f *func()) func() { return func() { (*f)() } }
	r.foot = []*look.Button{look.NewQuiet(t.Add, "add", call(&r.OnAdd)), look.NewQuiet(t.Settings, "settings", call(&r.OnSettings)),
		look.NewQuiet(t.Shortcuts, "shortcuts", call(&r.OnShortcuts))}
	foot := look.NewColumn(6)
	for _, b := range r.foot {
		b.OnHover = func(over bool) { r.hover(over && r.narrow, b, b.Text()) }
		foot.Add(b)
	}
	r.sources = look.NewScroll(container.New(look.Inset{Left: 12, Right: 12, Bottom: 8}, container.NewStack(r.list, container.NewWithoutLayout(r.drop))))
	content := container.NewBorder(
		r.newHead(),
		container.New(look.Inset{Left: 12, Top: 8, Right: 12, Bottom: 16}, foot),
		nil, nil,
		container.New(&sighted{rail: r}, r.sources),
	)
	r.Object = container.New(railFit{r}, look.NewPanes(0, look.NewSurface(content), look.NewLine()))
	return r
}

// sighted is the layout of the list: another height brings the chosen source into sight.
type sighted struct {
	rail   *Rail
	height float32
}

func (s *sighted) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (s *sighted) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(size)
	if size.Height != s.height {
		s.height = size.Height
		s.rail.reveal()
	}
}

// Render shows the groups. Widgets of sources that stay are kept, and with them
// the keyboard's focus.
func (r *Rail) Render(groups []RailGroup) {
	shape, chosen := "", ""
	for _, g := range groups {
		shape += "\x00" + g.Key + "\x02" + strconv.FormatBool(g.Folded)
		for _, item := range g.Items {
			if item.Chosen {
				chosen = item.ID
			}
			if !g.hides(item) {
				shape += "\x01" + item.ID
			}
		}
	}
	changed := shape != r.shape || chosen != r.chosen
	r.groups, r.chosen = groups, chosen
	if shape != r.shape {
		r.shape = shape
		r.rebuild()
	}
	for _, g := range groups {
		r.fill(g)
	}
	if changed {
		r.reveal()
	}
}

// fill writes into the widgets of a group what it says.
func (r *Rail) fill(g RailGroup) {
	if h := r.headings[g.Key]; h != nil && g.Title != "" {
		if g.Folded {
			h.Set(g.Title, strconv.Itoa(len(g.Items)), g.Worst.Icon, g.Worst.Tone)
		} else {
			h.Set(g.Title, "", "", 0)
		}
	}
	for _, item := range g.Items {
		if w := r.items[item.ID]; w != nil {
			w.Set(item.Icon, item.Name, item.Sign.Icon, item.Sign.Word, item.Sign.Tone, item.Chosen)
		}
	}
}

func (r *Rail) rebuild() {
	kept, headings := map[string]*look.RailItem{}, map[string]*look.RailHeading{}
	r.order, r.list.Objects = nil, nil
	r.Tips.Away()
	for i, g := range r.groups {
		if i > 0 {
			r.list.Objects = append(r.list.Objects, look.Space(0, 4))
		}
		if g.Title != "" {
			h := r.headings[g.Key]
			if h == nil {
				h = look.NewRailHeading(func() { r.OnFold(g.Key) })
				h.OnHover = func(over bool) { r.hover(over && r.narrow, h, h.Text()) }
				h.SetNarrow(r.narrow)
			}
			headings[g.Key] = h
			r.list.Objects = append(r.list.Objects, h)
		}
		for _, item := range g.Items {
			if g.hides(item) {
				continue
			}
			w := r.items[item.ID]
			if w == nil {
				w = r.newItem(item.ID)
			}
			kept[item.ID] = w
			r.order = append(r.order, w)
			r.list.Objects = append(r.list.Objects, w)
		}
	}
	r.items, r.headings = kept, headings
	r.list.Refresh()
	r.sources.Refresh() // the list has another height
}

func (r *Rail) newItem(id string) *look.RailItem {
	w := look.NewRailItem()
	w.OnTapped = func() { r.Tips.Away(); r.OnChosen(id) }
	w.OnStep = func(by int) { r.focusAt(slices.Index(r.order, w) + by) }
	w.OnMove = func(by int) { r.OnMove(id, by) }
	w.OnDrag = func(by float32, done bool) { r.dragged(id, by, done) }
	w.OnMenu = func(at fyne.Position) { r.Tips.Away(); r.OnMenu(id, at) }
	w.OnHover = func(over bool) { r.hover(over, w, r.tipOf(id)) }
	w.SetNarrow(r.narrow)
	return w
}

func (r *Rail) tipOf(id string) string {
	for _, g := range r.groups {
		for _, item := range g.Items {
			if item.ID == id {
				return item.Tip
			}
		}
	}
	return ""
}

// reveal brings the chosen source into sight.
func (r *Rail) reveal() {
	if w := r.items[r.chosen]; w != nil {
		look.RevealIn(r.Object, w)
	}
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

// Names are what stands in the rail, from top to bottom: headings and sources.
func (r *Rail) Names() (list []string) {
	for _, o := range r.list.Objects {
		if t, ok := o.(interface{ Text() string }); ok {
			list = append(list, t.Text())
		}
	}
	return list
}
