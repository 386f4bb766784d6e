package preview

import (
	"fmt"

	"sluice/csvfile"
	"sluice/ui/texts"
	"sluice/ui/tone"
	"sluice/wording"
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
	t := texts.T.Preview.Pane
	words := fmt.Sprintf(t.UnclosedQuote, group(at.Row+1), group(at.Offset))
	actions := []action{{t.GoToIt, func() { p.GoTo(at.Row) }}}
	if at.Row < 0 {
		words, actions = fmt.Sprintf(t.UnclosedInHeader, group(at.Offset)), nil
	}
	asText := action{texts.T.Preview.Noted.QuotesAsText, func() { p.readOtherwise(quotesAsText) }}
	actions = append(actions, asText, p.notices.dismissal(aboutQuote))
	p.notices.show(aboutQuote, tone.Caution, words, actions...)
}

// sayNoTable tells that a file is no table at all.
func (p *Pane) sayNoTable() {
	for _, f := range p.s.info.Findings {
		if f.Kind == csvfile.WebPage || f.Kind == csvfile.JSONText {
			p.notices.show(aboutTable, tone.Caution, fmt.Sprintf(texts.T.Preview.Read.NoTable, wording.Capital(texts.Say(f))), p.notices.dismissal(aboutTable))
		}
	}
}

// showWider shows the columns that only rows wider than the header have, once such rows
// are known.
func (p *Pane) showWider() {
	if p.s.widen() {
		p.s.unmeasured = true
		p.measure(p.s)
	}
}

// sayDamage tells that a packed file is damaged, so that rows are missing.
func (p *Pane) sayDamage() {
	damage := p.s.damage()
	if damage == nil || p.s.damaged {
		return
	}
	p.s.damaged = true
	p.notices.show(aboutDamage, tone.Bad,
		fmt.Sprintf(texts.T.Preview.Pane.Damaged, texts.Error(damage.Err)), p.notices.dismissal(aboutDamage))
}

// sayComing tells how much has come from a pipe or a server, and lets it be stopped.
func (p *Pane) sayComing() {
	s, t := p.s, texts.T.Preview.Read
	i := s.f.Info()
	if !i.Coming || s.follow {
		p.notices.drop(aboutComing)
		return
	}
	words := fmt.Sprintf(t.Come, texts.Size(i.Size))
	if i.Expected > 0 {
		words = fmt.Sprintf(t.ComeOf, texts.Size(i.Size), texts.Size(i.Expected))
	}
	p.notices.show(aboutComing, tone.Neutral, words, action{t.Stop, s.f.StopComing})
}
