package ui

import (
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/view"
)

// tenLongNames are servers and snapshots with long names, some with tags.
func tenLongNames() (list []source.Source) {
	for i := range 6 {
		s := source.NewServer(fmt.Sprintf("%d Wiki production of the whole company", i), source.Server{URL: fmt.Sprintf("https://wiki%d.of-the-whole-company.example.com/confluence", i), Product: "Confluence"})
		if i%3 == 0 {
			s.Tags = []string{"production of the whole company"}
		}
		list = append(list, s)
	}
	for i := range 4 {
		list = append(list, source.NewSnapshot(source.KindSnapshot, fmt.Sprintf("%d-%s", i, longName), fmt.Sprintf("/data/%d.db", i), filepath.Join("/home/ana", fmt.Sprint(i))))
	}
	return list
}

func boardScreens() []screen {
	prepare := func(err error, jobs ...pipeline.Job) func(*stage) {
		return func(s *stage) {
			s.engine.jobs, s.engine.err = jobs, err
			for i := range 5 {
				s.backend.secrets[fmt.Sprintf("https://wiki%d.of-the-whole-company.example.com/confluence", i)] = "x"
			}
		}
	}
	show := func(tab view.Tab) func(*stage) {
		return func(s *stage) {
			s.patient(20 * time.Millisecond)
			s.w.showBoard()
			s.w.board.page.Choose(tab)
			s.patient(20 * time.Millisecond)
		}
	}
	long := jobOf(12, pipeline.Failed, pipeline.Diagnostic{Key: "k", Message: longError})
	refused := fmt.Errorf("wiki.example.com answers with a login page, and so on: %w", pipeline.ErrNotAuthorised)
	return []screen{
		{name: "board, ten sources", sources: tenLongNames(), prepare: prepare(nil, jobOf(12, pipeline.Completed)), play: show(view.SourcesTab)},
		{name: "board, all running", sources: tenLongNames(), prepare: prepare(nil, jobOf(12, pipeline.Started), jobOf(11, pipeline.Completed)), play: show(view.SourcesTab)},
		{name: "board, all failed", sources: tenLongNames(), prepare: prepare(nil, long), play: show(view.SourcesTab)},
		{name: "board, all unreachable", sources: tenLongNames(), prepare: prepare(errors.New(longError)), play: show(view.SourcesTab)},
		{name: "board, all refused", sources: tenLongNames(), prepare: prepare(refused), play: show(view.SourcesTab)},
		{name: "board, one source", sources: named(), play: show(view.SourcesTab)},
		{name: "board, groups folded", sources: tenLongNames(), prepare: prepare(nil, long), play: func(s *stage) {
			show(view.SourcesTab)(s)
			s.w.fold(tenLongNames()[0].Tags[0])
			s.w.fold("\x00snapshots")
		}},
		{name: "all jobs", sources: tenLongNames(), prepare: prepare(nil, jobOf(12, pipeline.Completed), long), play: show(view.AllJobsTab)},
		{name: "all jobs, none yet", sources: tenLongNames(), prepare: prepare(nil), play: show(view.AllJobsTab)},
		{name: "all jobs, none left by the filter", sources: tenLongNames(), prepare: prepare(nil, jobOf(12, pipeline.Completed)), play: func(s *stage) {
			show(view.AllJobsTab)(s)
			s.w.board.jobs.saved = "1,234 jobs saved in /home/ana/" + longName + "/" + longName + ".csv."
			s.w.board.jobs.view.Filter().SetText("nothing says this")
		}},
	}
}
