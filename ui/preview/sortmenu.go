package preview

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"sluice/csvfile"
	"sluice/ui/texts"
)

// sortItems are the lines of a column's menu that sort by it.
func (p *Pane) sortItems(col int, title string) []*fyne.MenuItem {
	t := texts.T.Preview.Sort
	by := func(words string, kind csvfile.SortKind, desc, further bool) *fyne.MenuItem {
		return fyne.NewMenuItem(words, func() {
			p.sort.by(csvfile.SortKey{Column: col, Kind: kind, Desc: desc}, further)
		})
	}
	items := []*fyne.MenuItem{
		by(fmt.Sprintf(t.Up, title), csvfile.SortAuto, false, false),
		by(fmt.Sprintf(t.Down, title), csvfile.SortAuto, true, false),
	}
	if slices.ContainsFunc(p.s.sortKeys, func(k csvfile.SortKey) bool { return k.Column != col }) {
		then := fyne.NewMenuItem(fmt.Sprintf(t.Then, title), nil)
		then.ChildMenu = fyne.NewMenu("", by(t.Ascending, csvfile.SortAuto, false, true), by(t.Downwards, csvfile.SortAuto, true, true))
		items = append(items, then)
	}
	// A kind is chosen for the key that the column is already, else for it alone.
	is := slices.IndexFunc(p.s.sortKeys, func(k csvfile.SortKey) bool { return k.Column == col })
	desc := is >= 0 && p.s.sortKeys[is].Desc
	as := fyne.NewMenuItem(fmt.Sprintf(t.As, title), nil)
	as.ChildMenu = fyne.NewMenu("",
		by(t.AsText, csvfile.SortText, desc, is >= 0), by(t.AsBytes, csvfile.SortBytes, desc, is >= 0),
		by(t.AsNumber, csvfile.SortNumber, desc, is >= 0), by(t.AsTime, csvfile.SortTime, desc, is >= 0))
	for i, kind := range []csvfile.SortKind{csvfile.SortText, csvfile.SortBytes, csvfile.SortNumber, csvfile.SortTime} {
		as.ChildMenu.Items[i].Checked = is >= 0 && p.s.sortKeys[is].Kind == kind
	}
	items = append(items, as)
	if len(p.s.sortKeys) > 0 {
		items = append(items, fyne.NewMenuItem(t.FileOrder, p.unsort))
	}
	return append(items, fyne.NewMenuItemSeparator())
}

// unsort shows the rows in the order of the file.
func (p *Pane) unsort() {
	if p.s != nil {
		p.sort.apply(nil)
		p.Focus()
	}
}

// sortFocused turns the order of the column in focus.
func (p *Pane) sortFocused(further bool) {
	if _, col := p.grid.FocusCell(); p.s != nil && len(p.s.header) > 0 {
		p.sort.turn(col, further)
	}
}

// Sort shows the rows by the columns of some names, the first before all; with none, in
// the order of the file.
func (p *Pane) Sort(keys ...csvfile.SortKey) {
	if p.s != nil {
		p.sort.apply(keys)
	}
}

// sortedBy lets the titles of the columns tell by which the rows are sorted: by an arrow,
// and, of several, their number.
func (p *Pane) sortedBy(keys []csvfile.SortKey) {
	c := p.grid.Columns()
	for i := range c.All() {
		c.SetMark(i, "")
	}
	for i, k := range keys {
		mark := arrow(k)
		if len(keys) > 1 {
			mark += fmt.Sprint(i + 1)
		}
		if k.Column < c.All() {
			c.SetMark(k.Column, mark)
		}
	}
	p.grid.ColumnsChanged()
	p.refreshFooter()
}

var _ sortOn = (*Pane)(nil)

// sortAgain sorts other rows as those before were.
func (p *Pane) sortAgain() { p.sort.again() }
