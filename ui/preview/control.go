package preview

import (
	"slices"

	"sluice/csvfile"
	"sluice/ui/preview/grid"
)

// What follows lets the program around the pane do what its user can do.

// Column is the place of a column by its name, -1 if there is none or no file.
func (p *Pane) Column(name string) int {
	if p.s == nil {
		return -1
	}
	return slices.Index(p.s.header, name)
}

// FocusColumn moves the focus to a column of the row in focus.
func (p *Pane) FocusColumn(name string) {
	if col := p.Column(name); col >= 0 {
		row, _ := p.grid.FocusCell()
		p.grid.Select(row, col)
	}
}

// Freeze keeps a column at the left when the others scroll.
func (p *Pane) Freeze(name string) {
	if col := p.Column(name); col >= 0 {
		p.changeColumns(func(c *grid.Columns) { c.Freeze(col, true) })
	}
}

// Filter shows only the rows that meet all conditions; with none, all rows.
func (p *Pane) Filter(conds ...csvfile.Condition) {
	if p.s != nil {
		p.filter.apply(csvfile.All(conds).Terms())
	}
}

// Find goes to the next cell that contains text, from the cell in focus on.
func (p *Pane) Find(text string) {
	if p.s == nil {
		return
	}
	if p.find.entry.Text != text {
		p.find.entry.SetText(text)
	}
	p.find.step(true)
}
