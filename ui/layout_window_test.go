package ui

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sluice/doctor"
	"sluice/hooks"
	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/view"
)

// hookScreens are the page of those who are told what became of runs, and its form.
func hookScreens() []screen {
	open := func(then func(s *stage, r *ringer), list ...hooks.Hook) func(*stage) {
		return func(s *stage) {
			ring := &ringer{fakeBackend: s.backend}
			s.w.o.Backend, s.w.o.Settings = ring, s.dir
			if err := hooks.NewFile(s.dir).Update(func([]hooks.Hook) ([]hooks.Hook, error) { return list, nil }); err != nil {
				s.t.Fatal(err)
			}
			s.w.showHooks()
			s.patient(20 * time.Millisecond)
			then(s, ring)
			s.patient(20 * time.Millisecond)
		}
	}
	all := []hooks.On{hooks.OnEnd, hooks.OnFailure, hooks.OnMissed, hooks.OnStuck}
	two := []hooks.Hook{
		{Name: "on call, of those who look after the data of the whole company", On: all, URL: "https://hooks-of-the-whole-company.example.com/sluice", SecretFile: "/keys/on-call"},
		{Name: "log", On: all[1:2], Command: []string{"/usr/local/bin/" + longName, "--team", "data"}, Disabled: true},
	}
	one := func(name string, play func(*stage)) screen {
		return screen{name: name, sources: named(), play: play}
	}
	nothing := func(*stage, *ringer) {}
	return []screen{
		one("hooks, none", open(nothing)),
		one("hooks", open(nothing, two...)),
		one("hooks, tried", open(func(s *stage, r *ringer) {
			r.err = errors.New(longError)
			s.press("Try it")
			s.until("it has failed", s.sees("the driver says so"))
		}, two...)),
		one("hook, new", open(func(s *stage, _ *ringer) { s.press("Add a hook") })),
		one("hook, refused", open(func(s *stage, _ *ringer) {
			s.press("Add a hook")
			for _, on := range []string{"Runs that fail", "Runs that were missed", "Jobs that may be stuck"} {
				s.press(on)
			}
			s.press("Save")
		})),
		one("hook of a web server", open(func(s *stage, _ *ringer) { s.press("Edit") }, two...)),
	}
}

// windowScreens are the other tabs of the settings of the window, and what lies above it.
func windowScreens() []screen {
	tab := func(at settingsTab, prepare func(s *stage)) func(*stage) {
		return func(s *stage) {
			s.until("it is open", s.sees("No export has run here yet"))
			prepare(s)
			s.w.showSettingsTab(at)
			s.patient(20 * time.Millisecond)
		}
	}
	logged := func(s *stage) {
		s.w.o.LogFile = filepath.Join(s.dir, "sluice.log")
		var b strings.Builder
		log := slog.New(slog.NewTextHandler(&b, &slog.HandlerOptions{Level: slog.LevelDebug}))
		for i := range 40 {
			log.Info("schedule", "name", "nightly", "run", i)
			log.Warn("the keyring does not answer", "error", longError)
			log.Error("window", "error", fmt.Sprintf("job %d: %s", i, longError))
		}
		if err := os.WriteFile(s.w.o.LogFile, []byte(b.String()), 0o600); err != nil {
			s.t.Fatal(err)
		}
	}
	checked := func(s *stage) {
		s.w.o.Doctor = func(context.Context) []doctor.Finding {
			return []doctor.Finding{{Check: "disk", Result: doctor.OK, Says: "412 GB are free on /home."}, {Check: "keyring", Result: doctor.Warning, Says: longError, Do: longError},
				{Check: "opengl", Result: doctor.Bad, Says: "There is no OpenGL.", Do: "Install a driver."}}
		}
	}
	over := func(do func(s *stage)) func(*stage) {
		return func(s *stage) {
			s.until("it is open", s.sees("No export has run here yet"))
			s.shrink()
			do(s)
			s.patient(20 * time.Millisecond)
		}
	}
	return []screen{
		{name: "log of the window", sources: named(), play: tab(logTab, logged)},
		{name: "log of the window, none", sources: named(), play: tab(logTab, func(*stage) {})},
		{name: "checks", sources: named(), play: tab(checkTab, checked)},
		{name: "about", sources: named(), play: tab(aboutTab, logged)},
		{name: "tour", play: func(s *stage) { s.w.showTour() }},
		{name: "palette", sources: named(), play: over(func(s *stage) { s.w.showPalette() })},
		{name: "dialog, settings not saved", sources: named(), play: over(func(s *stage) {
			s.w.chosen.page.view.Choose(view.SettingsTab)
			s.patient(20 * time.Millisecond)
			s.field("5GB").SetText("6GB")
			s.w.chosen.page.view.Choose(view.ExportTab)
		})},
		{name: "dialog, open a folder", sources: named(), play: over(func(s *stage) { s.w.chooseFolder(func(string) {}) })},
		{name: "server form, with all that there is", sources: reachedBy(), prepare: asServer, play: func(s *stage) {
			s.until("it is open", func() bool { return s.w.chosen != nil && s.w.chosen.session != nil })
			s.w.chosen.page.view.Choose(view.SettingsTab)
			s.patient(20 * time.Millisecond)
		}},
	}
}

// reachedBy is a server with a proxy, a shared home, and whatever else there is.
func reachedBy() []source.Source {
	return []source.Source{source.NewServer("Wiki production of the whole company", source.Server{URL: "https://wiki.example.com/confluence", Proxy: "socks5://127.0.0.1:1080",
		Folder: "sftp://reader@files.example.com/srv/" + longName, SSHKey: "~/.ssh/id_ed25519", KnownHosts: "~/.ssh/known_hosts"})}
}

// fetchScreens are the history of a server whose files can be fetched.
func fetchScreens() []screen {
	shown := func(f func() *fetcher, then func(s *stage)) (prepare, play func(*stage)) {
		return func(s *stage) {
				one := f()
				asServer(s)
				s.backend.remote = seenEngine{&remoteEngine{s.engine}}
				for i := range 5 {
					s.engine.jobs = append(s.engine.jobs, jobOf(int64(1204-i), pipeline.Completed))
					s.engine.jobs[i].Config.ForcedExport = i == 1
				}
				one.fakeBackend = s.backend
				s.all = one
			}, func(s *stage) {
				s.until("it is open", func() bool {
					return s.w.chosen != nil && s.w.chosen.session != nil && s.w.chosen.session.State().Known()
				})
				s.w.chosen.page.view.Choose(view.HistoryTab)
				s.until("jobs can be fetched", s.offers("Fetch"))
				then(s)
				s.patient(20 * time.Millisecond)
			}
	}
	at := func(name string, f func() *fetcher, then func(s *stage)) screen {
		prepare, play := shown(f, then)
		return screen{name: name, sources: reachedBy(), prepare: prepare, play: play}
	}
	return []screen{
		at("fetch", func() *fetcher { return &fetcher{} }, func(*stage) {}),
		at("fetch, at work", func() *fetcher { return &fetcher{hold: make(chan struct{})} }, func(s *stage) { s.press("Fetch") }),
		at("fetch, refused", func() *fetcher { return &fetcher{fail: errors.New(longError)} }, func(s *stage) { s.press("Fetch") }),
	}
}
