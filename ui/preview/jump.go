package preview

import (
	"fmt"

	"sluice/csvfile"
	"sluice/ui/preview/grid"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// tailRows is how many of the last rows are shown before the index knows their numbers.
const tailRows = 500

// goToTyped goes to the row whose number was typed.
func (p *Pane) goToTyped(text string) {
	row, err := parseRow(text)
	if err != nil {
		p.notices.show(aboutJump, tone.Caution, sentence(err))
		return
	}
	p.notices.drop(aboutJump)
	p.GoTo(row)
	p.Focus()
}

// GoTo shows a row of what is shown (the file, or the rows that meet the
// conditions), counted from 0. A row that the index has not reached is gone to as
// soon as it has; meanwhile the pane says so.
func (p *Pane) GoTo(row int64) {
	s := p.s
	if s == nil {
		return
	}
	s.tail = nil
	n, final := s.shown.Total()
	n = max(n, p.model.Rows())
	switch {
	case row < n:
		s.jump = -1
		p.notices.drop(aboutJump)
		p.showRow(row)
	case final:
		s.jump = -1
		p.showRow(n - 1)
		p.notices.show(aboutJump, tone.Neutral, fmt.Sprintf(texts.T.Preview.Jump.NoRow, group(row+1), group(n)))
	default:
		s.jump = row
		p.sayJump(n)
	}
}

func (p *Pane) showRow(row int64) {
	_, col := p.grid.FocusCell()
	p.grid.DataChanged()
	p.grid.Select(row, col)
}

// sayJump says that a row is being waited for.
func (p *Pane) sayJump(reached int64) {
	s, t := p.s, texts.T.Preview.Jump
	pr := s.shown.Progress()
	actions := []action{{t.StayHere, func() {
		s.jump = -1
		p.notices.drop(aboutJump)
	}}}
	if s.asFile() {
		actions = append(actions, action{t.ShowEnd, p.showTail})
	}
	p.notices.show(aboutJump, tone.Active, fmt.Sprintf(t.Going,
		group(s.jump+1), group(reached), percent(pr.Bytes, pr.TotalBytes)), actions...)
}

// resolveJump goes to the row that is waited for, once it is there.
func (p *Pane) resolveJump(int64, bool) {
	s := p.s
	if s.jump < 0 {
		return
	}
	n, final := s.shown.Total()
	if n > s.jump || final {
		row := s.jump
		p.notices.drop(aboutJump)
		p.GoTo(row)
		return
	}
	p.sayJump(n)
}

// leap goes to the ends of the file, where that is more than the rows known so far.
func (p *Pane) leap(m grid.Move) bool {
	s := p.s
	if s == nil {
		return false
	}
	if m == grid.MoveFirstRow {
		if s.inTail() {
			p.GoTo(0)
			return true
		}
		return false
	}
	if _, final := s.shown.Total(); final || !s.asFile() || s.inTail() {
		return false
	}
	p.showTail()
	return true
}

// showTail shows the last rows of a file that is not indexed yet.
func (p *Pane) showTail() {
	s := p.s
	s.jump = -1
	p.notices.drop(aboutJump)
	go func() {
		rows, err := s.f.Tail(s.ctx, tailRows)
		p.run(s, func() { p.tailCame(rows, err) })
	}()
}

func (p *Pane) tailCame(rows []csvfile.Row, err error) {
	if err != nil {
		p.notices.show(aboutJump, tone.Caution, said(fmt.Sprintf(texts.T.Preview.Jump.NoEnd, texts.Error(err))))
		return
	}
	if total, final := p.s.f.Total(); final {
		p.showRow(total - 1)
		return
	}
	if len(rows) == 0 {
		return
	}
	p.s.tail = rows
	p.showRow(int64(len(rows)) - 1)
	p.refreshFooter()
}

// leaveTail gives the last rows their numbers: the view stays, the file is whole.
func (p *Pane) leaveTail(total int64) {
	row, _ := p.grid.FocusCell()
	before := total - int64(len(p.s.tail))
	p.s.tail = nil
	p.showRow(before + row)
}
