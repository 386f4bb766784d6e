package preview

import (
	"fyne.io/fyne/v2"

	"sluice/csvfile"
	"sluice/ui/preview/grid"
)

// What the tools around the table need of it. The pane is all of it; each tool names
// what it uses, and is tested without the pane.

// sight is the file that is shown, and what of it is in focus.
type sight interface {
	current() *session // nil without a file
	focusCell() (row int64, col int)
	record(row int64) (csvfile.Row, bool) // a row that is in memory
	// run does something about a session on the UI goroutine, unless another file is
	// open by then.
	run(s *session, do func())
}

// stand is the place of a tool above the table.
type stand interface {
	headChanged()               // it needs another height
	giveKeys(to fyne.Focusable) // the keyboard goes there
	Focus()                     // and back to the table
}

var (
	_ findOn    = (*Pane)(nil)
	_ filterOn  = (*Pane)(nil)
	_ editorOn  = (*Pane)(nil)
	_ saveOn    = (*Pane)(nil)
	_ cellOn    = (*Pane)(nil)
	_ profileOn = (*Pane)(nil)
	_ columnsOn = (*Pane)(nil)
	_ readOn    = (*Pane)(nil)
	_ groupOn   = (*Pane)(nil)
	_ notedOn   = (*Pane)(nil)
)

func (p *Pane) current() *session                    { return p.s }
func (p *Pane) focusCell() (row int64, col int)      { return p.grid.FocusCell() }
func (p *Pane) selectCell(row int64, col int)        { p.grid.Select(row, col) }
func (p *Pane) record(row int64) (csvfile.Row, bool) { return p.model.record(row) }
func (p *Pane) inSight() (from, n int64)             { return p.grid.InSight() }
func (p *Pane) redraw()                              { p.grid.DataChanged() }
func (p *Pane) layout() *grid.Columns                { return p.grid.Columns() }
func (p *Pane) chosenRange() (grid.Range, bool)      { return p.grid.Range() }
func (p *Pane) dispatch(do func())                   { p.o.Dispatch(do) }
func (p *Pane) busy() bool                           { return p.opening }

// filterBy shows the rows that meet all terms, without any all rows.
func (p *Pane) filterBy(terms []csvfile.Expr) { p.filter.apply(terms) }

// columnSample is what is in sight of a column.
func (p *Pane) columnSample(col int) []string { return p.filter.sampleOf(col) }

// readOtherwise reads the file in a way that differs from what was chosen.
func (p *Pane) readOtherwise(change func(*csvfile.Reading)) {
	next := p.read.chosen
	change(&next)
	p.read.apply(next)
}

// chooseReading lets a person choose how the file is read.
func (p *Pane) chooseReading() { p.read.open() }

// showGroups puts the groups in the place of the rows, or the rows back.
func (p *Pane) showGroups(on bool) {
	if p.groups == nil {
		return
	}
	if p.groups.view.object.Visible() == on {
		p.refreshFooter() // they may be others than before
		return
	}
	shown(p.groups.view.object, on)
	p.sayRight("")
	p.arrange()
	p.refreshFooter()
}

// giveKeys puts the keyboard on a control, once the pane is in a window.
func (p *Pane) giveKeys(to fyne.Focusable) {
	if c := p.canvas(); c != nil {
		c.Focus(to)
	}
}

// sideChanged makes room for what is said beside the table.
func (p *Pane) sideChanged() {
	if p.side != nil {
		p.side.relayout()
	}
}

// otherRows shows the rows that a condition has left, or all rows again, and stays near
// the row of a number where that is possible.
func (p *Pane) otherRows(near int64) {
	p.grid.ScrollTo(0)
	p.showRow(near)
	p.side.cell.cursorMoved() // the cell in focus is another, also where its place is the same
	p.s.pages.Want(p.grid.InSight())
	p.sayIfEmpty()
	p.side.column.filterChanged()
	p.refreshFooter()
}
