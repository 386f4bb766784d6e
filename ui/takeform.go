package ui

import (
	"context"
	"strings"

	"sluice/source"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// takePanel is the form of a snapshot at work: of a new one, or of one of the list.
type takePanel struct {
	w     *Window
	e     *entry // nil: a new one
	takes Takes
	view  *view.TakeForm
	m     view.TakeModel
	// looking is the number of the last look at a file, and file the one that
	// m.Kind is about.
	looking int
	file    string
	// asking is the number of the last time that a source was asked what would be
	// read, and stop ends that; nil: none was.
	asking int
	stop   context.CancelFunc
	// checked is what it was asked about.
	checked view.TakeInput
}

// showTakeForm shows the form; e is nil for a new snapshot.
func (w *Window) showTakeForm(e *entry) {
	takes, err := w.takes()
	if err != nil {
		w.problem(err)
		return
	}
	p := &takePanel{w: w, e: e, takes: takes, view: view.NewTakeForm()}
	p.view.OnTake, p.view.OnChange, p.view.OnLeft = p.take, p.changed, p.left
	p.view.OnCheck, p.view.OnCopy = p.check, w.copy
	p.view.OnBrowse = func(folder bool, done func(string)) {
		chosen := func(path string) {
			done(path)
			p.left(p.view.Input())
		}
		if folder {
			w.chooseFolder(chosen)
			return
		}
		w.chooseFile(nil, chosen)
	}
	t := texts.T.Take
	title, caption, back := t.AddTitle, t.Caption, w.showWelcome
	if e != nil && e.fresh {
		back = func() { w.choose(e) }
	} else if e != nil {
		title, caption, back = t.EditTitle, t.EditCaption, func() { w.choose(e) }
	}
	w.leavePreview()
	w.chosen = nil
	w.leaveOthers()
	p.fill()
	w.frame.Show(view.NewPanelPage(title, caption, back, p.view.Object), true)
	w.render()
	if e != nil && e.take != nil && e.take.state.Denied() {
		p.view.Focus(w.window.Canvas(), present.FieldSecret)
	} else {
		p.view.FocusFirst(w.window.Canvas())
	}
}

// fill writes what is known into the form.
func (p *takePanel) fill() {
	p.m = view.TakeModel{Secret: texts.T.Take.PasswordHint}
	in := view.TakeInput{Save: true}
	if p.e != nil {
		s := p.e.source
		in = view.TakeInput{Name: s.Name, File: s.Taken.From, Schema: s.Taken.Schema, MaxRate: s.Taken.MaxRate, Load: s.Taken.Load,
			SSH: s.Taken.SSH.Target, SSHKey: s.Taken.SSH.KeyFile, SSHKnownHosts: s.Taken.SSH.KnownHosts, Save: true}
		if p.takes.TakeName(s.Taken.From) == s.Name { // another source has another
			in.Name = ""
		}
		in, _ = in.Sorted(p.takes)
		p.m.Database = p.e.take != nil && p.e.take.state.Denied()
	}
	p.view.Fill(in)
	p.view.Render(p.m)
	p.askKeyring()
}

// sort puts everything in the form into its own field, and says so of a password.
func (p *takePanel) sort(in view.TakeInput) view.TakeInput {
	sorted, secret := in.Sorted(p.takes)
	if sorted == in {
		return in
	}
	if secret {
		p.m.Note = texts.T.Take.Moved
	}
	p.view.Fill(sorted)
	return sorted
}

// left is called when a field was left.
func (p *takePanel) left(in view.TakeInput) {
	in = p.sort(in)
	if file := strings.TrimSpace(in.File); !in.Running && file != "" && file != p.file {
		p.look(file, func(s source.Recognised, err error) {
			if err != nil {
				p.m.Problems = present.Problems{present.Wrong(present.FieldFile, err)}
			}
			p.m.Kind, p.m.Database = present.RecognisedAs(s), s.Place != ""
		})
		return
	}
	p.view.Render(p.m)
}

// look finds out in the background what a file is.
func (p *takePanel) look(file string, then func(source.Recognised, error)) {
	p.looking++
	round := p.looking
	go func() {
		s, err := p.takes.Recognise(p.w.ctx, absolute(file))
		p.w.later(func() {
			if round == p.looking {
				p.file, p.m.Looking = file, false
				then(s, err)
				p.view.Render(p.m)
			}
		})
	}()
}

// changed takes back what was said about fields that are mended, and about another file.
func (p *takePanel) changed(in view.TakeInput) {
	p.dropChecks(in)
	if file := strings.TrimSpace(in.File); file != p.file && (p.m.Kind != "" || p.m.Problems.Of(present.FieldFile) != "") {
		p.m.Kind, p.m.Database, p.file = "", false, ""
		p.view.Render(p.m)
	}
	if len(p.m.Problems) == 0 {
		return
	}
	if p.m.Problems = p.m.Problems.Still(present.CheckTake(in, p.takes)); len(p.m.Problems) == 0 {
		p.m.Message = ""
	}
	p.view.Render(p.m)
}

// take checks the form, and takes the snapshot if nothing is wrong with it.
func (p *takePanel) take(in view.TakeInput) {
	in, ok := p.read(in)
	if !ok {
		return
	}
	if in.Running {
		p.keep(in, "")
		return
	}
	p.m.Looking = true
	p.view.Render(p.m)
	p.look(strings.TrimSpace(in.File), func(s source.Recognised, err error) {
		if err != nil {
			p.complain(present.Problems{present.Wrong(present.FieldFile, err)})
			return
		}
		if s.Place == "" { // a dump has no use for what may stand in the hidden field
			in = in.WithoutLogin()
		}
		p.keep(in, s.Kind)
	})
}

// read checks the form, and says what is wrong with it.
func (p *takePanel) read(in view.TakeInput) (sorted view.TakeInput, ok bool) {
	in = p.sort(in)
	if problems := present.CheckTake(in, p.takes); len(problems) > 0 {
		p.complain(problems)
		return in, false
	}
	p.m.Problems, p.m.Message = nil, ""
	return in, true
}

// complain says at each field what is wrong with it, and leads to the first.
func (p *takePanel) complain(problems present.Problems) {
	p.m.Problems, p.m.Message, p.m.Bad = problems, texts.T.Take.Wrong, true
	p.view.Render(p.m)
	p.view.Focus(p.w.window.Canvas(), problems.First())
}
