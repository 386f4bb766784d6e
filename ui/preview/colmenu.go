package preview

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sluice/csvfile"
	"sluice/ui/look"
	"sluice/ui/preview/grid"
	"sluice/ui/preview/pager"
	"sluice/ui/texts"
	"sluice/visible"
)

// layColumns lays the columns of the file out by some of its rows, as the user left
// its kind.
func (p *Pane) layColumns(rows []csvfile.Row) {
	s := p.s
	sample := sampleOf(rows)
	s.fresh = columnsFor(s.kind, s.header, sample, p.grid.TextWidth, Layout{})
	l, known := p.o.Store.Load(s.kind.Key)
	if !known {
		l = s.kind.initial()
	}
	p.grid.SetColumns(columnsFor(s.kind, s.header, sample, p.grid.TextWidth, l))
}

// measure lays the columns of a file out that had no rows when it was opened (the
// first record of a packed file may be longer than what is unpacked at once), as soon
// as the first rows are there. What a person did to the columns meanwhile stays.
func (p *Pane) measure(s *session) {
	if !s.unmeasured {
		return
	}
	var first []csvfile.Row
	for n := range int64(pager.PageRows) {
		r, ok := s.pages.Row(n)
		if !ok {
			break
		}
		first = append(first, r)
	}
	if len(first) > 0 {
		s.unmeasured = false
		p.layColumns(first)
	}
}

func sampleOf(rows []csvfile.Row) [][]string {
	var out [][]string
	for _, r := range rows {
		out = append(out, r.Fields)
	}
	return out
}

// remember keeps what was done to the columns, for files of this kind.
func (p *Pane) remember() {
	s := p.s
	if s == nil {
		return
	}
	s.unmeasured = false
	if err := p.o.Store.Save(s.kind.Key, layoutOf(s.header, p.grid.Columns().Copy(), s.fresh)); err != nil {
		p.o.OnError(err)
	}
	p.refreshFooter()
}

// changeColumns changes the columns, draws them and remembers it.
func (p *Pane) changeColumns(change func(c *grid.Columns)) {
	change(p.grid.Columns())
	p.grid.ColumnsChanged()
	p.remember()
}

// autoWidth makes a column as wide as what is in sight of it.
func (p *Pane) autoWidth(col int) {
	if p.s == nil {
		return
	}
	from, n := p.grid.InSight()
	var sample [][]string
	for row := from; row < from+n; row++ {
		if r, ok := p.model.record(row); ok {
			sample = append(sample, r.Fields)
		}
	}
	title := p.grid.Columns().At(col).Title
	width := fitWidth(title, col, sample, p.grid.TextWidth, grid.MaxColumnWidth)
	p.changeColumns(func(c *grid.Columns) { c.Resize(col, width) })
}

// openMenu opens the menu of a cell, or of a column when row is -1.
func (p *Pane) openMenu(row int64, col int, at fyne.Position) {
	c := p.canvas()
	if p.s == nil || c == nil {
		return
	}
	look.ShowMenu(c, at, p.menuItems(row, col)...)
}

func (p *Pane) menuItems(row int64, col int) []*fyne.MenuItem {
	t := texts.T.Preview.Columns
	title := shorten(p.s.header[col], 30)
	column := p.grid.Columns().At(col)
	freeze := fyne.NewMenuItem(fmt.Sprintf(t.Freeze, title), func() { p.changeColumns(func(c *grid.Columns) { c.Freeze(col, true) }) })
	if column.Frozen {
		freeze = fyne.NewMenuItem(fmt.Sprintf(t.Free, title), func() { p.changeColumns(func(c *grid.Columns) { c.Freeze(col, false) }) })
	}
	var items []*fyne.MenuItem
	if row >= 0 {
		if r, some := p.grid.Range(); some {
			items = append(items,
				fyne.NewMenuItem(t.CopyRange.Of((r.To-r.From)*int64(r.Last-r.First)), func() { p.copier.cells(copyWay{}) }),
				fyne.NewMenuItem(t.CopyNamed, func() { p.copier.cells(copyWay{names: true}) }),
				fyne.NewMenuItem(t.CopySafe, func() { p.copier.cells(copyWay{names: true, safe: true}) }),
				fyne.NewMenuItem(t.CopyMarkdown, func() { p.copier.cells(copyWay{names: true, markdown: true}) }),
				fyne.NewMenuItemSeparator())
		}
		items = append(items,
			fyne.NewMenuItem(t.CopyCell, p.copier.cell),
			fyne.NewMenuItem(t.CopyRow, p.copier.row),
			fyne.NewMenuItem(t.ShowRecord, func() { p.side.showRecord() }),
			fyne.NewMenuItemSeparator())
		if cond, words, ok := p.conditionOfCell(row, col); ok {
			items = append(items, fyne.NewMenuItem(fmt.Sprintf(t.OnlyWhere, words), func() { p.filter.add(cond) }))
		}
	}
	items = append(items, p.sortItems(col, title)...)
	items = append(items,
		fyne.NewMenuItem(fmt.Sprintf(t.FilterBy, title), func() { p.filter.edit(-1, col) }),
		fyne.NewMenuItem(fmt.Sprintf(t.ProfileIt, title), func() { p.side.profile(col) }),
	)
	items = append(items, p.groupItems(col)...)
	items = append(items,
		fyne.NewMenuItemSeparator(),
		freeze,
		fyne.NewMenuItem(fmt.Sprintf(t.Hide, title), func() { p.changeColumns(func(c *grid.Columns) { c.Hide(col, true) }) }),
		fyne.NewMenuItem(t.Fit, func() { p.autoWidth(col) }))
	if n := p.grid.Columns().HiddenCount(); n > 0 {
		items = append(items, fyne.NewMenuItem(t.ShowHidden.Of(int64(n)), p.showAllColumns))
	}
	return items
}

// groupItems offer groups by a column, and by the months of one of times.
func (p *Pane) groupItems(col int) (items []*fyne.MenuItem) {
	for _, keys := range groupsOffered(p.s.header, col, p.columnSample(col)) {
		items = append(items, fyne.NewMenuItem(fmt.Sprintf(texts.T.Preview.Groups.GroupBy, shorten(keys, 40)), func() { p.groups.byText(keys) }))
	}
	return items
}

// conditionOfCell is the condition that a cell equals what it is.
func (p *Pane) conditionOfCell(row int64, col int) (csvfile.Condition, string, bool) {
	r, ok := p.model.record(row)
	if !ok || col >= len(r.Fields) || r.Cut(col) {
		return csvfile.Condition{}, "", false
	}
	c := csvfile.Condition{Column: col, Op: csvfile.OpEquals, Text: r.Fields[col]}
	if c.Text == "" {
		c.Op = csvfile.OpEmpty
	}
	return c, shorten(conditionText(c, p.s.header), 48), true
}

func (p *Pane) showAllColumns() { p.changeColumns(func(c *grid.Columns) { c.ShowAll() }) }

// openColumns opens the list of columns: which are shown, which stay at the left.
func (p *Pane) openColumns() {
	c := p.canvas()
	if p.s == nil || len(p.s.header) == 0 || c == nil {
		return
	}
	t := texts.T.Preview.Columns
	var list *look.List
	search := newField(t.Find, nil)
	shown := p.columnsNamed("")
	list = look.NewList(
		func() int { return len(shown) },
		func() fyne.CanvasObject { return newColumnLine(p) },
		func(i int, o fyne.CanvasObject) { o.(*columnLine).show(shown[i]) },
		func(i int) {
			list.Unselect(i)
			hide := !p.grid.Columns().At(shown[i]).Hidden
			p.changeColumns(func(c *grid.Columns) { c.Hide(shown[i], hide) })
			list.Refresh()
		})
	search.OnChanged = func(text string) {
		shown = p.columnsNamed(text)
		list.Refresh()
	}
	all := look.NewLink(t.ShowAll, "", func() {
		p.showAllColumns()
		list.Refresh()
	})
	head := look.NewColumn(8, look.NewStretchRow(8, 0, look.NewTitle(t.Title, look.SizeCard), all), search)
	body := look.NewInset(8, 6, look.NewFixed(340, 0, container.NewBorder(head, nil, nil, nil, look.NewFixed(0, min(320, c.Size().Height-180), list))))
	pop := widget.NewPopUp(body, c)
	search.OnSubmitted = func(text string) {
		if cols := p.columnsNamed(text); len(cols) > 0 {
			pop.Hide()
			row, _ := p.grid.FocusCell()
			p.changeColumns(func(c *grid.Columns) { c.Hide(cols[0], false) })
			p.grid.Select(row, cols[0])
			p.Focus()
		}
	}
	search.OnKey = onEscape(func() { pop.Hide(); p.Focus() })
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(p.columns)
	size := pop.MinSize()
	at = at.AddXY(p.columns.Size().Width-size.Width, p.columns.Size().Height+4)
	pop.ShowAtPosition(fyne.NewPos(max(0, at.X), max(0, min(at.Y, c.Size().Height-size.Height))))
	c.Focus(search)
}

// columnsNamed are the columns whose names contain text.
func (p *Pane) columnsNamed(text string) []int {
	var out []int
	text = strings.ToLower(strings.TrimSpace(text))
	for i, h := range p.s.header {
		if strings.Contains(strings.ToLower(h), text) {
			out = append(out, i)
		}
	}
	return out
}

// columnLine is one column in the list: shown or not, its name, frozen or not.
type columnLine struct {
	widget.BaseWidget
	on            columnsOn
	col           int
	shown, frozen *look.Check
	object        *fyne.Container
}

// columnsOn is what a line in the list of columns needs.
type columnsOn interface {
	layout() *grid.Columns
	changeColumns(change func(c *grid.Columns)) // and remembers it
}

func newColumnLine(on columnsOn) *columnLine {
	l := &columnLine{on: on, col: -1}
	l.shown = look.NewCheck("")
	l.frozen = look.NewCheck(texts.T.Preview.Columns.Frozen)
	l.object = look.NewStretchRow(4, 0, l.shown, l.frozen)
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer draws the line as its parts.
func (l *columnLine) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.object) }

func (l *columnLine) show(col int) {
	l.shown.OnChanged, l.frozen.OnChanged = nil, nil
	c := l.on.layout().At(col)
	l.shown.Text = shorten(c.Title, 32)
	l.shown.SetChecked(!c.Hidden)
	l.frozen.SetChecked(c.Frozen)
	l.shown.Refresh()
	l.shown.OnChanged = func(on bool) {
		l.on.changeColumns(func(c *grid.Columns) { c.Hide(col, !on) })
		if hidden := l.on.layout().At(col).Hidden; hidden == on {
			l.show(col) // the last column stays
		}
	}
	l.frozen.OnChanged = func(on bool) { l.on.changeColumns(func(c *grid.Columns) { c.Freeze(col, on) }) }
}

// shorten cuts a text for a menu.
func shorten(s string, runes int) string {
	if first := visible.First(s, runes); first == visible.First(s, runes+1) {
		return first
	}
	return visible.First(s, runes-1) + "…"
}
