package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/look"
	"sluice/ui/view"
)

func formScreens() []screen {
	settings := func(s *stage) {
		s.until("it is open", func() bool { return s.w.chosen != nil && s.w.chosen.session != nil })
		s.w.chosen.page.view.Choose(view.SettingsTab)
		s.patient(20 * time.Millisecond)
	}
	form := func(then func(s *stage)) func(*stage) {
		return func(s *stage) {
			s.w.addServer()
			s.patient(20 * time.Millisecond)
			then(s)
			s.patient(20 * time.Millisecond)
		}
	}
	tested := func(r source.Report) func(*stage) {
		return form(func(s *stage) {
			p := newServerPanel(s.w, nil)
			s.w.frame.Show(view.NewPanelPage("Connect to a server", longError, s.w.showWelcome, p.view.Object), true)
			p.tested("https://wiki.example.com", r)
		})
	}
	return []screen{
		{name: "settings of a snapshot", sources: named(), play: settings},
		{name: "settings, refused", sources: named(), play: func(s *stage) {
			settings(s)
			s.w.chosen.page.setup.(*localSettings).save(view.SetupForm{TimeZone: longName})
		}},
		{name: "settings, an export runs", sources: named(), prepare: withJob(jobOf(3, pipeline.Started)), play: settings},
		{name: "settings of a server", sources: aServer(), prepare: asServer, play: settings},
		{name: "server form, empty", play: form(func(*stage) {})},
		{name: "server form, refused", play: form(func(s *stage) { s.press("Add server") })},
		{name: "server form, password", play: form(func(s *stage) { s.press("User and password") })},
		{name: "server form, everything works", play: tested(source.Report{Reachable: source.Passed, Authorised: source.Passed, Feature: source.Passed, Job: jobOf(55, pipeline.Completed), Took: time.Second})},
		{name: "server form, unreachable", play: tested(source.Report{Reachable: source.Refused, Err: errText(longError), Warnings: []string{longError}})},
	}
}

type errText string

func (e errText) Error() string { return string(e) }

func dialogScreens() []screen {
	open := func(do func(s *stage)) func(*stage) {
		return func(s *stage) {
			s.until("it is open", func() bool { return s.w.chosen != nil && s.w.chosen.session != nil })
			s.patient(20 * time.Millisecond) // the history comes a little later
			// what pops up takes the size of the window that it finds: the least
			s.shrink()
			do(s)
			s.patient(20 * time.Millisecond)
		}
	}
	return []screen{
		{name: "dialog, force", sources: named(), play: open(func(s *stage) {
			wait("No export has run here yet")(s)
			s.press("Force")
			s.press("Start export")
		})},
		{name: "dialog, remove", sources: named(), play: open(func(s *stage) {
			s.w.chosen.page.askToRemove()
			s.until("it asks", s.w.covered)
		})},
		{name: "dialog, cancel", sources: named(), prepare: withJob(jobOf(3, pipeline.Started)), play: open(func(s *stage) { wait("Started")(s); s.w.chosen.page.cancel() })},
		{name: "dialog, clean", sources: named(), play: func(s *stage) { resumable(s); s.w.chosen.page.askToClean(s.engine.jobs[0]) }},
		{name: "dialog, problem", sources: named(), play: open(func(s *stage) { s.w.problem(errText(longError)) })},
		{name: "dialog, quit", sources: named(), prepare: withJob(jobOf(3, pipeline.Started)), play: open(func(s *stage) { s.w.askToQuit() })},
		{name: "dialog, shortcuts", sources: named(), play: open(func(s *stage) { s.w.showShortcuts() })},
		{name: "dialog, settings of the window", sources: named(), prepare: func(s *stage) { s.panel = &panel{} }, play: open(func(s *stage) { s.w.showSettings() })},
		{name: "dialog, details of a job", sources: named(), play: open(func(s *stage) { s.w.chosen.page.jobs.details(12) }),
			prepare: withJob(jobOf(12, pipeline.Failed, pipeline.Diagnostic{Key: "export.key", Message: longError}))},
		{name: "calendar", sources: named(), play: open(func(s *stage) { s.tapIcon(0) })},
		{name: "list of zones", sources: named(), play: open(func(s *stage) { s.tapIcon(1) })},
	}
}

// tapIcon presses one of the small icons at the ends of fields.
func (s *stage) tapIcon(index int) {
	s.t.Helper()
	for _, o := range s.visibleObjects() {
		f, ok := o.(*look.Field)
		if !ok || f.ActionItem == nil {
			continue
		}
		if index == 0 {
			f.ActionItem.(fyne.Tappable).Tapped(&fyne.PointEvent{})
			return
		}
		index--
	}
	s.t.Fatal("there is no such icon")
}
