package ui

import (
	"cmp"
	"strings"

	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// askKeyring finds out whether passwords are kept here, and whether one is.
func (p *takePanel) askKeyring() {
	from := ""
	if p.e != nil {
		from = p.e.source.Taken.From
	}
	go func() {
		works := p.takes.KeyringWorks(p.w.ctx)
		hint, session := texts.T.Take.PasswordHint, false
		if !works {
			hint = texts.T.Take.PasswordAsk
		}
		if account := p.accountOf(from); account != "" {
			session = p.takes.InSession(account)
			switch _, err := p.takes.Secret(p.w.ctx, account); {
			case session:
				hint = texts.T.Take.PasswordKnown
			case err == nil:
				hint = texts.T.Take.PasswordKept
			}
		}
		p.w.later(func() {
			p.m.Secret, p.m.Keyring = hint, works
			if session && works { // as it was chosen before
				p.view.SetSave(false)
			}
			p.view.Render(p.m)
		})
	}()
}

// accountOf is where the password of a source is kept; "" for none.
func (p *takePanel) accountOf(from string) string {
	if from == "" {
		return ""
	}
	return p.takes.TakeAccount(from)
}

// keep keeps the password, and begins.
func (p *takePanel) keep(in view.TakeInput, kind string) {
	if in.Password == "" {
		p.begin(in, kind)
		return
	}
	from := p.from(in)
	go func() {
		err := p.keepPassword(p.takes.TakeAccount(from), in)
		p.w.later(func() {
			if err != nil {
				p.m.Message, p.m.Bad = present.Sentence(err), true
				p.view.Render(p.m)
				return
			}
			p.begin(in, kind)
		})
	}()
}

// keepPassword keeps what was entered, where that is wanted.
func (p *takePanel) keepPassword(account string, in view.TakeInput) error {
	if !in.Save {
		p.takes.KeepForSession(account, in.Password)
		return nil
	}
	_, err := p.takes.KeepSecret(p.w.ctx, account, in.Password)
	return err
}

// from is what the snapshot is taken of: the whole path of a file.
func (p *takePanel) from(in view.TakeInput) string {
	if !in.Running {
		return absolute(in.From(p.takes))
	}
	return in.From(p.takes)
}

// begin takes the snapshot that the form describes.
func (p *takePanel) begin(in view.TakeInput, kind string) {
	from := p.from(in)
	taken := takenOf(in, from)
	name := cmp.Or(strings.TrimSpace(in.Name), p.takes.TakeName(from))
	if p.e == nil {
		p.w.takeOf(p.w.newTaken(name, taken), kind)
		return
	}
	old := p.e.source
	if old.Taken.From != from {
		p.w.forgetSecret(old)
	}
	if p.e.fresh { // there is nothing of it yet: another one takes its place
		p.w.leaveOut(p.e)
		p.w.takeOf(p.w.newTaken(name, taken), kind)
		return
	}
	if old.Taken.From == from {
		taken = taken.WithPasswordOf(old.Taken)
	}
	p.e.source.Name, p.e.source.Taken = name, taken
	p.e.remember()
	p.w.choose(p.e)
	p.e.takeSnapshot(kind)
}
