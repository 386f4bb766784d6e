package ui

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"sluice/pipeline"
	"sluice/schedule"
	"sluice/source"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// aboveScreens are menus, questions and dialogs that lie above the window.
func aboveScreens() []screen {
	words := texts.English()
	over := func(do func(s *stage)) func(*stage) {
		return func(s *stage) {
			s.until("it is open", func() bool { return s.w.chosen != nil && s.w.chosen.session != nil })
			s.patient(20 * time.Millisecond)
			s.shrink()
			do(s)
			s.patient(20 * time.Millisecond)
		}
	}
	at := fyne.NewPos(420, 300)
	files := func(ask func(s *stage)) func(*stage) {
		return over(func(s *stage) {
			folder := filepath.Join(s.dir, longName, "of the last week")
			if err := os.MkdirAll(filepath.Join(folder, "archive"), 0o700); err != nil {
				s.t.Fatal(err)
			}
			for _, name := range []string{"pages.csv", "users.csv.gz", strings.Repeat("long-name-", 14) + ".csv", "notes.txt"} {
				if err := os.WriteFile(filepath.Join(folder, name), make([]byte, 41_000), 0o600); err != nil {
					s.t.Fatal(err)
				}
			}
			s.w.prefs.Folders = []string{folder, "/srv/exports/" + longName}
			ask(s)
		})
	}
	replaced := func(s *stage) {
		s.w.chooseSave("pages-view.csv", func(string) {})
		s.patient(20 * time.Millisecond)
		s.w.file.Type(filepath.Join(s.w.prefs.Folders[0], "pages.csv"))
		s.press("Save")
	}
	return []screen{
		{name: "history, menu of a job", sources: named(), prepare: withFiles, play: over(func(s *stage) {
			s.w.chosen.page.view.Choose(view.HistoryTab)
			s.w.chosen.page.jobs.menu(12, at)
		})},
		{name: "menu of a source", sources: aServer(), prepare: asServer, play: over(func(s *stage) { s.w.railMenu(s.w.chosen.source.ID, fyne.NewPos(120, 160)) })},
		{name: "dialog, save a file", sources: named(), play: files(func(s *stage) { s.w.chooseSave("pages-view.csv", func(string) {}) })},
		{name: "dialog, a file is replaced", sources: named(), play: files(replaced)},
		{name: "dialog, open a table", sources: named(), play: files(func(s *stage) { s.w.chooseCSV() })},
		{name: "dialog, no such file", sources: named(), play: files(func(s *stage) {
			s.w.chooseCSV()
			s.patient(20 * time.Millisecond)
			s.w.file.Type("/nowhere/" + longName)
			s.press("Open")
		})},
		{name: "dialog, an address", sources: named(), play: over(func(s *stage) { s.w.askAddress() })},
		{name: "dialog, an address refused", sources: named(), play: over(func(s *stage) {
			s.w.askAddress()
			s.press(words.Files.OpenIt)
		})},
		{name: "dialog, a table is fetched", sources: named(), play: over(func(s *stage) {
			s.w.openCSV("https://example.com/" + strings.Repeat("exports/", 20) + longName + ".csv")
		})},
		{name: "dialog, delete files", sources: named(), play: func(s *stage) {
			s.carrying()
			s.w.chosen.engine = &pruned{fakeEngine: s.engine}
			s.shrink()
			s.w.chosen.page.askToRemoveFiles(s.w.chosen.page.jobs.jobs[0])
			s.until("it asks", s.offers("Delete the files of job 1"))
		}},
		{name: "dialog, remove a delivery", sources: named(), play: func(s *stage) {
			s.carrying(twoDeliveries()...)
			s.w.chosen.page.showDeliveries()
			s.patient(20 * time.Millisecond)
			s.press("Edit")
			s.shrink()
			s.press("Remove")
		}},
		{name: "dialog, a licence", sources: named(), play: over(func(s *stage) {
			s.w.showPanel("github.com/"+longName+" · BSD-3-Clause", view.NewLicence(strings.Repeat("Redistribution and use in source and binary forms, with or without modification, are permitted.\n", 60)))
		})},
		{name: "palette, found", sources: named(), prepare: withFiles, play: over(func(s *stage) { s.w.showPalette(); s.query().SetText("12") })},
		{name: "palette, nothing found", sources: named(), play: over(func(s *stage) { s.w.showPalette(); s.query().SetText("zzzz") })},
	}
}

// plannedScreens are schedules in the states that they come to.
func plannedScreens() []screen {
	var list []screen
	for _, sc := range scheduleScreens() {
		if sc.name != "schedules" {
			continue
		}
		changed, removed, works := sc, sc, sc
		changed.name = "schedule, changed"
		changed.play = func(s *stage) { sc.play(s); s.press("Edit") }
		removed.name = "dialog, remove a schedule"
		removed.play = func(s *stage) { changed.play(s); s.shrink(); s.press("Remove"); s.patient(20 * time.Millisecond) }
		works.name = "schedules, at work and stuck"
		works.prepare = func(s *stage) {
			sc.prepare(s)
			now := time.Now()
			for name, change := range map[string]func(*schedule.State){
				"nightly": func(st *schedule.State) {
					st.Stuck = &schedule.Stuck{Job: 12, Began: now.Add(-40 * time.Hour), Since: now, Says: stuckWhy}
				},
				"every night of the week but not on holidays, of all spaces": func(st *schedule.State) {
					st.Missed, st.Retry = nil, &schedule.Retry{Attempt: 2, At: now.Add(5 * time.Minute)}
				},
			} {
				if err := schedule.NewStateFile(s.dir).Change(name, func(st *schedule.State) bool { change(st); return true }); err != nil {
					s.t.Fatal(err)
				}
			}
		}
		list = append(list, changed, removed, works)
	}
	return append(list, screen{name: "all jobs, menu of a job", sources: []source.Source{wiki()}, prepare: func(s *stage) {
		s.engine.jobs = []pipeline.Job{jobOf(12, pipeline.Completed), jobOf(11, pipeline.Failed)}
	}, play: func(s *stage) {
		s.until("it is open", s.sees("Completed"))
		s.w.showBoard()
		s.w.board.page.Choose(view.AllJobsTab)
		s.until("they are listed", func() bool { return len(s.w.board.jobs.listed) > 0 })
		s.shrink()
		s.w.board.jobs.menu(s.w.board.jobs.listed[0].Row(time.Now()), fyne.NewPos(420, 300))
	}})
}
