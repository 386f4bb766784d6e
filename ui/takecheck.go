package ui

import (
	"context"
	"errors"
	"strings"

	"sluice/source"
	"sluice/ui/present"
	"sluice/ui/view"
)

// check asks the source that the form describes what would be read, in the background.
func (p *takePanel) check(in view.TakeInput) {
	in, ok := p.read(in)
	if !ok {
		return
	}
	if p.stop != nil {
		p.stop()
	}
	ctx, cancel := context.WithCancel(p.w.ctx)
	p.stop = cancel
	p.asking++
	round := p.asking
	p.checked = in
	p.m.Checking, p.m.Checks, p.m.Grants = true, nil, ""
	p.view.Render(p.m)
	from := p.from(in)
	taken := takenOf(in, from)
	go func() {
		defer cancel()
		password, err := in.Password, error(nil)
		account := p.takes.TakeAccount(from)
		if password == "" {
			password, err = p.takes.Secret(ctx, account)
		}
		var s source.Survey
		if err == nil || errors.Is(err, source.ErrNoSecret) {
			a := &asker{w: p.w, takes: p.takes}
			s, err = p.takes.Survey(ctx, taken, password, a.ask)
			a.keepAnswer(ctx, account, err)
		}
		p.w.later(func() {
			if round != p.asking {
				return // the form was sent again
			}
			p.m.Checking, p.m.Checks = false, present.Findings(s, err)
			p.m.Grants = strings.Join(s.Grants, "\n")
			p.view.Render(p.m)
			p.view.RevealChecks()
		})
	}()
}

// dropChecks takes back what was found out, and gives up who still asks, once something
// else stands in the form.
func (p *takePanel) dropChecks(in view.TakeInput) {
	if !p.m.Checking && len(p.m.Checks) == 0 {
		return
	}
	in.Name = p.checked.Name // which changes nothing of it
	if in == p.checked {
		return
	}
	p.stop()
	p.asking++
	p.m.Checking, p.m.Checks, p.m.Grants = false, nil, ""
	p.view.Render(p.m)
}
