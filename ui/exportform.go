package ui

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// exportForm is the card "New export" at work: which from date is meant, and
// what will be sent.
type exportForm struct {
	p      *page
	form   present.FromDate
	preset present.Preset
	zone   string
	forced bool
}

func newExportForm(p *page) *exportForm {
	f := &exportForm{p: p, preset: present.Days365}
	p.start.OnPreset = f.choose
	p.start.OnForm = f.typed
	p.start.OnForce = func(on bool) { f.forced = on; f.p.render() }
	p.start.OnStart = f.start
	p.start.OnCancel = func() { f.p.cancel() }
	p.start.OnCopy = func(command string) { f.p.w.copy(command) }
	return f
}

// opened fills the form in for the source: 365 days, as the vendor does.
func (f *exportForm) opened() {
	if f.zone == "" {
		f.zone = f.p.e.info.TimeZone
		if _, err := present.LoadZone(f.zone); f.zone == "" || err != nil {
			f.zone = pipeline.LocalZone()
		}
	}
	f.refill()
}

// refill counts the preset anew: it may go on from a job that has just ended. It
// draws nothing.
func (f *exportForm) refill() {
	if f.preset != present.Custom {
		f.fill(f.preset)
	}
}

func (f *exportForm) choose(p present.Preset) {
	if f.fill(p) {
		f.p.render()
	}
}

// fill takes in what a preset says, if it can say anything.
func (f *exportForm) fill(p present.Preset) bool {
	form, ok := p.Fill(f.anchor(), f.zone)
	if ok {
		f.form, f.preset = form, p
	}
	return ok
}

// typed takes a form in that somebody has typed.
func (f *exportForm) typed(form present.FromDate) {
	if form == f.form {
		return
	}
	f.form, f.preset = form, present.Custom
	if _, err := present.LoadZone(form.Zone); err == nil && strings.TrimSpace(form.Zone) != "" {
		f.zone = form.Zone
	}
	f.p.render()
}

// anchor is what the presets count from.
func (f *exportForm) anchor() present.Anchor {
	e := f.p.e
	a := present.Anchor{Newest: e.w.o.Now()}
	if e.source.Kind.Local() && !e.info.Newest.IsZero() {
		a.Newest = e.info.Newest
	}
	switch last := present.LastCompleted(f.p.jobs.jobs, 0); {
	case e.source.Kind.Local():
		reach := f.p.jobs.reach
		a.Last = present.ReachedAt(reach, e.working().ReachedBy(reach.Job))
	case last != nil:
		a.Last = present.Reached(*last, time.Time{})
	}
	return a
}

// request is what will be sent.
func (f *exportForm) request() (r pipeline.Request, note string, problem *present.FieldError) {
	from, note, err := f.form.Instant(f.p.w.o.Now())
	if err != nil {
		errors.As(err, &problem)
	}
	if note == "" && f.preset == present.SinceLast && f.p.jobs.reach.Guessed {
		note = fmt.Sprintf(texts.T.New.ReachGuessed, f.p.jobs.reach.Job)
	}
	return pipeline.Request{FromDate: from, Forced: f.forced}, note, problem
}

func (f *exportForm) render(s present.Status) {
	r, note, problem := f.request()
	m := view.NewExportModel{Form: f.form, Chosen: f.preset, Possible: f.possible(), Forced: f.forced, Problem: problem, Note: note,
		Counts: f.preset.Says(f.form, f.anchor(), f.p.w.o.Now()), Controls: s.Controls, Start: s.Start, Cancel: s.Cancel}
	m.Controls.Start = m.Controls.Start && f.p.redacts.usable()
	if m.Command, m.Full, m.CopyText = f.command(r); problem != nil {
		m.Command, m.Full = texts.T.New.NoCommand, "" // it would leave the from date out
	}
	f.p.start.Render(m)
}

func (f *exportForm) possible() map[present.Preset]bool {
	possible := map[present.Preset]bool{}
	a := f.anchor()
	for _, p := range present.Presets() {
		_, possible[p] = p.Fill(a, f.zone)
	}
	return possible
}

// command is what will really happen, as text: the request for a server, the
// command for a snapshot.
func (f *exportForm) command(r pipeline.Request) (shown, full, copyText string) {
	t, s := texts.T.New, f.p.e.working()
	if s.Kind == source.KindServer {
		return present.RequestLine(r), present.Curl(s.Server.URL, r), t.CopyCurl
	}
	c := present.LocalCommand{Snapshot: s.Snapshot, Home: s.Home, From: r.FromDate, Forced: r.Forced,
		TimeZone: s.Local.TimeZone, BaseURL: s.Local.BaseURL, Format: s.Local.Format, ByteOrderMark: s.Local.ByteOrderMark, Redact: s.Local.Redact, FullContent: s.Local.FullContent,
		PreserveLineBreaks: s.Local.PreserveLineBreaks, LineBreakEscape: s.Local.LineBreakEscape, MinFreeSpace: s.Local.MinFreeSpace, CPUShare: s.Local.CPUShare,
		Rules: f.p.w.o.Rules.Flags(s.Local.Rules)}
	full = c.String()
	c.Snapshot, c.Home = present.HomeShort(c.Snapshot), present.HomeShort(c.Home)
	return c.String(), full, t.CopyCommand
}

// start starts the export that the form describes. A forced one asks first. With a
// mistake in the form the cursor goes to it, where it is said.
func (f *exportForm) start() {
	if f.p.e.takingNow() {
		f.p.w.tell(texts.T.New.Start, texts.T.Take.ExportWaits)
		return
	}
	r, _, problem := f.request()
	if problem != nil {
		f.p.start.Focus(f.p.w.window.Canvas(), problem.Field)
		return
	}
	if f.p.e.session == nil || !present.StatusOf(f.p.e.inputs()).Controls.Start || !f.p.redacts.usable() {
		return
	}
	if r.Forced {
		f.p.w.confirm(texts.T.Advice.ForceConfirmTitle, texts.T.Advice.ForceConfirmText, texts.T.Advice.Force, func() { f.run(r) })
		return
	}
	f.run(r)
}

func (f *exportForm) run(r pipeline.Request) {
	if f.p.e.session == nil {
		return
	}
	f.forced = false
	f.p.e.session.Start(r)
}

// forceLast starts the export that has just failed again, forced: with the from
// date that it had, as the job tells, else as it was asked for.
func (f *exportForm) forceLast() {
	s := f.p.e.session
	job := s.State().Job
	from := job.Config.ExportFrom.Time
	if _, failed := job.Diagnostic(pipeline.KeyPreValidation); !failed || from.IsZero() || from.After(f.p.w.o.Now()) {
		asked, some := s.Asked()
		if !some {
			asked, _, _ = f.request()
		}
		from = asked.FromDate
	}
	f.run(pipeline.Request{FromDate: from, Forced: true})
}
