package ui

import (
	"time"

	"sluice/schedule"
	"sluice/schedule/runner"
	"sluice/source"
	"sluice/ui/view"
)

// scheduleScreens are the tab with the schedules of a source and its form.
func scheduleScreens() []screen {
	sources := []source.Source{source.NewSnapshot(source.KindSnapshot, longName+".db", "/data/"+longName+".db", "/homes")}
	prepare := func(list ...schedule.Schedule) func(*stage) {
		return func(s *stage) {
			s.schedules = Schedules{Folder: s.dir, Runner: func(changed func(string)) *runner.Runner {
				return runner.New(runner.Options{Folder: s.dir, Sources: source.NewFileIn(s.dir), Work: &counted{}, Changed: changed, Yield: func() bool { return true }})
			}}
			files, states := schedule.NewFile(s.dir), schedule.NewStateFile(s.dir)
			if err := files.Update(func(schedule.List) (schedule.List, error) { return list, nil }); err != nil {
				s.t.Fatal(err)
			}
			failed := schedule.Result{Outcome: schedule.Failed, Ended: time.Now(), Job: 41, Says: "the export of " + longName + " ended, since the disk of /srv/exports is full: free some space, or choose another home"}
			for _, one := range list {
				err := states.Change(one.Name, func(state *schedule.State) bool {
					state.Missed = &schedule.Missed{First: time.Now(), Last: time.Now(), Count: 12}
					state.Last, state.LastSuccess = &failed, &schedule.Result{Outcome: schedule.Completed, Ended: time.Now(), Job: 40}
					return true
				})
				if err != nil {
					s.t.Fatal(err)
				}
			}
		}
	}
	show := func(s *stage) {
		s.until("it is open", func() bool { return s.w.chosen != nil && s.w.chosen.session != nil })
		s.w.chosen.page.view.Choose(view.ScheduleTab)
		s.patient(20 * time.Millisecond)
	}
	id := sources[0].ID
	nightly := schedule.Schedule{Name: "nightly", Source: id, When: "weekdays 02:00", Zone: "Europe/Berlin", Window: "since-last-success"}
	long := schedule.Schedule{Name: "every night of the week but not on holidays, of all spaces", Source: id, When: "mon,tue,wed,thu,fri,sat 01:30,02:30,03:30", Zone: "America/Argentina/Buenos_Aires"}
	return []screen{
		{name: "schedules, none", sources: sources, prepare: prepare(), play: show},
		{name: "schedules", sources: sources, prepare: prepare(nightly, long), play: func(s *stage) { show(s); s.until("they are read", s.offers("Run now")) }},
		{name: "schedule, new", sources: sources, prepare: prepare(), play: func(s *stage) { show(s); s.press("Add a schedule") }},
		{name: "schedule, refused", sources: sources, prepare: prepare(), play: func(s *stage) {
			show(s)
			s.press("Add a schedule")
			s.field("weekdays 02:00").SetText("whenever it is quiet in the house and nobody works")
			s.press("Add")
		}},
	}
}
