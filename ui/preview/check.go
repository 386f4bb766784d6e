package preview

import (
	"fmt"

	"sluice/csvfile"
	"sluice/ui/tone"
)

// autoCheck is how large a file may be for all its rows to be looked at without
// being asked; a larger one offers it below the table.
const autoCheck = 2 << 30

// checkRows looks at all rows of a file that is not too large, once it is indexed,
// and tells of what makes its rows not what they seem.
func (p *Pane) checkRows(final bool) {
	s := p.s
	s.info = s.f.Info()
	if final && !s.checks && s.info.Size <= autoCheck {
		p.startCheck()
	}
	for _, f := range s.info.Findings {
		if f.Kind == csvfile.UnclosedQuote && len(f.Places) > 0 && !s.quote {
			s.quote = true
			p.sayQuote(f.Places[0])
		}
	}
}

// startCheck looks at all rows in the background.
func (p *Pane) startCheck() {
	s := p.s
	if s == nil || s.checks {
		return
	}
	s.checks = true
	s.f.StartCheck(s.ctx)
	p.refreshFooter()
}

// sayQuote tells where a quote is opened that nothing closes.
func (p *Pane) sayQuote(at csvfile.Place) {
	where := "row " + group(at.Row+1)
	actions := []action{{"Go there", func() { p.GoTo(at.Row) }}}
	if at.Row < 0 {
		where, actions = "the header", nil
	}
	actions = append(actions, action{"Dismiss", func() { p.notices.drop(aboutQuote) }})
	p.notices.show(aboutQuote, tone.Caution,
		fmt.Sprintf("In %s, at byte %s of the file, a quote opens a cell and nothing closes it: all that follows is in that cell.", where, group(at.Offset)), actions...)
}

// sayDamage tells that a packed file is damaged, so that rows are missing.
func (p *Pane) sayDamage() {
	damage := p.s.damage()
	if damage == nil || p.s.damaged {
		return
	}
	p.s.damaged = true
	p.notices.show(aboutDamage, tone.Bad,
		fmt.Sprintf("This packed file is damaged: %v. What could be read of it is shown; the last row may be cut, and all that follows is missing. Get the file again.", damage.Err),
		action{"Dismiss", func() { p.notices.drop(aboutDamage) }})
}
