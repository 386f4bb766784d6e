package ui

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sluice/doctor"
	"sluice/pipeline"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// stuckFor lets the job of the engine run for long, and seem to be stuck.
func (e *fakeEngine) stuckFor(d time.Duration, why string) {
	j := jobOf(12, pipeline.Started)
	j.StartTime = pipeline.At(time.Now().Add(-d))
	e.jobs, e.stuck = []pipeline.Job{j, jobOf(11, pipeline.Completed)}, why
}

const stuckWhy = "Job 12 has been running for 40 h, three times as long as any job before it."

// seldomScreens are states of an export that are seldom, and no less to be read.
func seldomScreens() []screen {
	warned := jobOf(12, pipeline.Completed)
	for _, key := range []string{"export.content.cut", "export.rows.skipped"} {
		warned.Warnings = append(warned.Warnings, pipeline.Diagnostic{Key: key, Message: longError})
	}
	scheduled := jobOf(12, pipeline.Completed)
	scheduled.StartedBy, scheduled.Redaction, scheduled.Config.ForcedExport = pipeline.BySchedule("every night but not on holidays, of all spaces"), "no-people", true
	settings := func(s *stage) {
		s.until("it is open", func() bool { return s.w.chosen != nil && s.w.chosen.session != nil })
		s.w.chosen.page.view.Choose(view.SettingsTab)
		s.patient(20 * time.Millisecond)
	}
	return []screen{
		{name: "export, completed with its files", sources: named(), prepare: withManifest, play: func(s *stage) {
			wait("Completed")(s)
			s.w.chosen.page.refresh()
			s.patient(50 * time.Millisecond) // its files come a little later
		}},
		{name: "export, completed with warnings", sources: named(), prepare: withJob(warned), play: wait("Completed")},
		{name: "export, completed by a schedule", sources: named(), prepare: withJob(scheduled), play: wait("Completed")},
		{name: "export, cancelled", sources: named(), prepare: withJob(jobOf(12, pipeline.Cancelled)), play: wait("Cancelled")},
		{name: "export, may be stuck", sources: aServer(), prepare: func(s *stage) { asServer(s); s.engine.stuckFor(40*time.Hour, stuckWhy) }, play: wait("three times")},
		{name: "export of a server, running", sources: aServer(), prepare: func(s *stage) { asServer(s); withJob(jobOf(55, pipeline.Started))(s) }, play: wait("Started")},
		{name: "export, redacted", sources: named(), play: func(s *stage) {
			wait("No export has run here yet")(s)
			s.press("GDPR")
			wait("no people and nothing that they wrote")(s)
		}},
		{name: "export, rules refused", sources: named(), play: func(s *stage) {
			s.w.o.CheckRules = func(string) error { return errText(longError) }
			wait("No export has run here yet")(s)
			s.w.chosen.page.redacts.set("/data/" + longName + ".yaml")
			wait("the driver says so")(s)
		}},
		{name: "server, not authorised", sources: aServer(), play: wait("Not authorised"), prepare: func(s *stage) {
			asServer(s)
			s.engine.err = fmt.Errorf("wiki.example.com answers with a login page, and so on: %w", pipeline.ErrNotAuthorised)
		}},
		{name: "settings of a server, export path refused", sources: aServer(), play: func(s *stage) {
			settings(s)
			s.until("the path is read", s.offers("Back to the default"))
			s.engine.refusePaths(errText(longError))
			s.press("Back to the default")
			wait("the driver says so")(s)
		}, prepare: func(s *stage) {
			asServer(s)
			s.backend.remote, s.engine.path = nil, "/var/atlassian/application-data/confluence/export"
		}},
		{name: "settings, saved", sources: named(), play: func(s *stage) {
			settings(s)
			s.field("5GB").SetText("6GB")
			s.press("Save settings")
			s.patient(20 * time.Millisecond)
		}},
		{name: "history, comparison failed", sources: named(), prepare: func(s *stage) { s.backend.compareErr = errText(longError) }, play: func(s *stage) {
			s.history(9)
			s.press("Compare jobs")
			s.press("Compare")
			wait("the driver says so")(s)
		}},
		{name: "board, may be stuck", sources: tenLongNames()[6:], prepare: func(s *stage) { s.engine.stuckFor(40*time.Hour, stuckWhy) }, play: func(s *stage) {
			s.until("it is known", func() bool {
				return s.w.chosen != nil && s.w.chosen.session != nil && s.w.chosen.session.State().Known()
			})
			s.w.showBoard()
			wait("May be stuck")(s)
		}},
		{name: "board, being opened", sources: tenLongNames()[6:], prepare: func(s *stage) { s.backend.hold = make(chan struct{}) }, play: func(s *stage) {
			s.t.Cleanup(func() { close(s.backend.hold) }) // before the window closes
			s.w.showBoard()
			s.patient(20 * time.Millisecond)
		}},
	}
}

// laterScreens are further states of the other tabs of the settings of the window.
func laterScreens() []screen {
	words := texts.English()
	tab := func(at settingsTab, prepare func(s *stage)) func(*stage) {
		return func(s *stage) {
			s.until("it is open", s.sees("No export has run here yet"))
			prepare(s)
			s.w.showSettingsTab(at)
			s.patient(20 * time.Millisecond)
		}
	}
	looked := func(found ...doctor.Finding) func(*stage) {
		return func(s *stage) { s.w.o.Doctor = func(context.Context) []doctor.Finding { return found } }
	}
	step := func(n int) func(*stage) {
		return func(s *stage) {
			s.w.showTour()
			for range n {
				s.press(words.Tour.Next)
			}
		}
	}
	return []screen{
		{name: "checks, at work", sources: named(), play: tab(checkTab, func(s *stage) {
			s.w.o.Doctor = func(ctx context.Context) []doctor.Finding { <-ctx.Done(); return nil }
		})},
		{name: "checks, all well", sources: named(), play: tab(checkTab, looked(doctor.Finding{Check: "disk", Result: doctor.OK, Says: "412 GB are free on /home."}, doctor.Finding{Check: "keyring", Result: doctor.OK, Says: "The keyring answers."}))},
		{name: "tour, second step", play: step(1)},
		{name: "tour, last step", play: step(2)},
		{name: "first start, snapshot refused", play: func(s *stage) {
			s.backend.openErr = errors.New("it is no SQLite file")
			s.w.addSnapshot("/data/" + longName)
			wait("it is no SQLite file")(s)
		}},
	}
}
