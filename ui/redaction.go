package ui

import (
	"context"

	"sluice/deliver"
	"sluice/schedule"
	"sluice/source"
	"sluice/ui/present"
	"sluice/ui/view"
)

// redaction is the card about redaction at work. What is chosen is a setting of the
// source, and holds for all of its exports from then on.
type redaction struct {
	p       *page
	view    *view.Redaction
	checked string // the rules that were looked at last
	problem error  // what is wrong with them
}

func newRedaction(p *page) *redaction {
	r := &redaction{p: p, view: view.NewRedaction()}
	r.view.OnChoose = r.choose
	r.view.OnCheck = r.again
	return r
}

// render shows the card for a snapshot; a server exports as it does.
func (r *redaction) render(s present.Status) {
	setVisible(r.view.Object, r.p.e.source.Kind.Local())
	if !r.view.Object.Visible() {
		return
	}
	word := r.p.e.source.Local.Redact
	r.check(word)
	r.view.Render(present.RedactionOf(word, r.problem, s.Controls.Inputs && r.free()))
}

// check looks at rules in the background: they may stand in a file that is gone.
func (r *redaction) check(word string) {
	if word == r.checked || r.p.w.o.CheckRules == nil {
		return
	}
	r.checked = word
	if word == "" {
		r.problem = nil
		return
	}
	background(r.p.e, func(context.Context) (bool, error) { return true, r.p.w.o.CheckRules(word) }, func(_ bool, err error) {
		if r.checked == word {
			r.problem = err
			r.p.w.render()
		}
	})
}

// again looks at the rules anew: their file may have been mended meanwhile.
func (r *redaction) again() {
	r.checked = ""
	r.p.w.render()
}

// usable reports whether an export could begin with the rules, as far as they were looked at.
func (r *redaction) usable() bool { return r.problem == nil || !r.p.e.source.Kind.Local() }

// free reports whether settings can be changed: a running export has its own.
func (r *redaction) free() bool {
	s := r.p.e.session
	return s != nil && !s.State().Job.Running()
}

// choose takes a choice; of rules it asks for the file.
func (r *redaction) choose(word string) {
	if word == present.RulesOfFile {
		r.p.w.chooseFile([]string{".yaml", ".yml"}, r.set)
		return
	}
	r.set(word)
}

// set writes the choice down and opens the snapshot with it.
func (r *redaction) set(word string) {
	e := r.p.e
	if !r.free() {
		return
	}
	r.checked = "" // a file may be another one by now
	if e.source.Local.Redact == word {
		e.w.render()
		return
	}
	of := e.source
	of.Local.Redact = word
	background(e, func(context.Context) (bool, error) { return true, twice(of, e.w.o.Settings) }, func(_ bool, err error) {
		switch {
		case err != nil:
			e.w.problem(err)
			e.w.render()
		case r.free():
			e.source.Local.Redact = word
			e.remember()
			e.reopen()
		}
	})
}

// twice says that a delivery of a source redacts what its settings redact, too: the runs of its
// schedules would fail from then on.
func twice(of source.Source, settings string) error {
	if settings == "" { // there are no deliveries
		return nil
	}
	deliveries, err := deliver.NewFile(settings).Load()
	if err != nil {
		return err
	}
	return schedule.RedactedTwice(nil, of, deliveries)
}
