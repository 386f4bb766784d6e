package ui

import (
	"errors"
	"path/filepath"
	"time"

	"sluice/deliver"
	"sluice/retention"
	"sluice/ui/view"
)

// twoDeliveries are one with much to say and a short one.
func twoDeliveries() []deliver.Delivery {
	return []deliver.Delivery{
		{Name: "lake of the whole company, without people and what they wrote", To: "s3://data-lake-of-the-whole-company/confluence/" + longName, Files: "parquet", Layout: deliver.LayoutTable, Pack: deliver.PackGzip, Redact: "gdpr"},
		{Name: "share", To: "/mnt/share/confluence", Disabled: true},
	}
}

// deliveryScreens are the pages about what is brought elsewhere, and what is kept.
func deliveryScreens() []screen {
	list := func(then func(s *stage), all ...deliver.Delivery) func(*stage) {
		return func(s *stage) {
			s.carrying(all...)
			s.w.chosen.page.showDeliveries()
			s.patient(20 * time.Millisecond)
			then(s)
			s.patient(20 * time.Millisecond)
		}
	}
	owing := func(s *stage) {
		_, err := deliver.NewOwedFile(s.dir).Add(twoDeliveries()[0].Name, filepath.Join(s.dir, "7"))
		if err != nil {
			s.t.Fatal(err)
		}
		s.press("Back")
		s.w.chosen.page.showDeliveries()
		s.until("it is said what is owed", s.offers("Deliver now"))
	}
	place := func(to string, then ...string) func(*stage) {
		return list(func(s *stage) {
			s.press("Add a delivery")
			s.field("/mnt/share").SetText(to)
			for _, text := range then {
				s.press(text)
			}
		})
	}
	one := func(name string, play func(*stage)) screen {
		return screen{name: name, sources: named(), play: play}
	}
	screens := []screen{
		one("deliveries, none", list(func(*stage) {})),
		one("deliveries", list(func(*stage) {}, twoDeliveries()...)),
		one("deliveries, owed", list(owing, twoDeliveries()...)),
		one("deliveries, tried again", list(func(s *stage) {
			owing(s)
			s.w.o.Backend.(*carrier).hold = make(chan struct{})
			s.press("Deliver now")
		}, twoDeliveries()...)),
		one("deliveries, gone", list(func(s *stage) {
			owed, name := deliver.NewOwedFile(s.dir), twoDeliveries()[0].Name
			for job := range int64(8) {
				if err := owed.Lack(name, 1_000_000+job, errors.New(longError), job > 2); err != nil {
					s.t.Fatal(err)
				}
			}
			if _, err := owed.ForgetJobs(name, []int64{1_000_006, 1_000_007}); err != nil {
				s.t.Fatal(err)
			}
			s.press("Back")
			s.w.chosen.page.showDeliveries()
			s.until("it is said what is gone", s.offers("Forget…"))
		}, twoDeliveries()...)),
		one("delivery, new", list(func(s *stage) { s.press("Add a delivery") })),
		one("delivery to SFTP, refused", place("sftp://reader:secret@files.example.com", "Save")),
		one("delivery to S3", place("s3://data-lake/confluence")),
		one("delivery, changed", list(func(s *stage) { s.press("Edit") }, twoDeliveries()...)),
		one("delivery, out of reach", list(func(s *stage) {
			s.press("Edit")
			s.w.o.Backend.(*carrier).fails[twoDeliveries()[0].To] = errors.New(longError)
			s.press("Test")
		}, twoDeliveries()...)),
	}
	return append(append(screens, byHandScreens()...), keptScreens()...)
}

// byHandScreens are the page that delivers one job.
func byHandScreens() []screen {
	open := func(then func(s *stage, c *carrier), all ...deliver.Delivery) func(*stage) {
		return func(s *stage) {
			c := s.carrying(all...)
			s.deliverFromMenu()
			s.patient(20 * time.Millisecond)
			then(s, c)
			s.patient(20 * time.Millisecond)
		}
	}
	begin := func(s *stage) {
		for _, d := range twoDeliveries() {
			s.press(d.Name)
		}
		s.press("Deliver")
	}
	return []screen{
		{name: "deliver, to a new place", sources: named(), play: open(func(*stage, *carrier) {})},
		{name: "deliver", sources: named(), play: open(func(*stage, *carrier) {}, twoDeliveries()...)},
		{name: "deliver, nothing chosen", sources: named(), play: open(func(s *stage, _ *carrier) { s.press("Deliver") }, twoDeliveries()...)},
		{name: "deliver, at work", sources: named(), play: open(func(s *stage, c *carrier) {
			c.hold = make(chan struct{})
			begin(s)
		}, twoDeliveries()...)},
		{name: "deliver, done and failed", sources: named(), play: open(func(s *stage, c *carrier) {
			c.fails[twoDeliveries()[0].To] = errors.New(longError)
			begin(s)
			s.until("the second is done", s.sees("Line breaks stand as they are."))
		}, twoDeliveries()...)},
	}
}

// keptScreens are the page about what a home keeps.
func keptScreens() []screen {
	open := func(kept retention.Settings, then func(s *stage)) func(*stage) {
		return func(s *stage) {
			s.carrying()
			s.w.chosen.engine = &pruned{fakeEngine: s.engine, kept: kept}
			s.w.chosen.page.view.Choose(view.HistoryTab)
			s.w.chosen.render()
			s.press("Prune…")
			s.until("it says what goes", s.offers("Preview"))
			s.patient(20 * time.Millisecond)
			then(s)
			s.patient(20 * time.Millisecond)
		}
	}
	return []screen{
		{name: "prune, no bounds", sources: named(), play: open(retention.Settings{}, func(*stage) {})},
		{name: "prune", sources: named(), play: open(retention.Settings{Keep: 1}, func(*stage) {})},
		{name: "prune, refused", sources: named(), play: open(retention.Settings{Keep: 1}, func(s *stage) {
			s.field("no bound").SetText("all of them, and whatever comes")
			s.press("Save")
		})},
		{name: "dialog, prune", sources: named(), play: open(retention.Settings{Keep: 1}, func(s *stage) {
			s.shrink()
			s.press("Prune now…")
		})},
	}
}
