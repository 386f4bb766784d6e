package ui

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/view"
)

// screens are the states of the window that the layout is checked in.
func screens() []screen {
	list := []screen{
		{name: "first start", play: func(*stage) {}},
		{name: "first start, files opened before", play: recentFiles},
		{name: "first start, demo being written", play: func(s *stage) { s.w.welcome.Render(0.4, "Writing the demo: 40 %", false) }},
		{name: "first start, demo failed", play: func(s *stage) { s.w.welcome.Render(-1, strings.Repeat("The disk is full. ", 12), true) }},
		{name: "one more source", sources: named(), play: func(s *stage) { s.w.showWelcome() }},
		{name: "many sources", sources: manySources(), play: func(s *stage) { s.until("it is open", s.sees("No export has run here yet")) }},
	}
	list = append(list, exportScreens()...)
	list = append(list, historyScreens()...)
	list = append(list, boardScreens()...)
	list = append(list, formScreens()...)
	list = append(list, scheduleScreens()...)
	list = append(list, takeScreens()...)
	list = append(list, deliveryScreens()...)
	list = append(list, hookScreens()...)
	list = append(list, fetchScreens()...)
	list = append(list, windowScreens()...)
	list = append(list, dialogScreens()...)
	list = append(list, previewScreens()...)
	for _, more := range [][]screen{seldomScreens(), laterScreens(), aboveScreens(), plannedScreens(), tableScreens()} {
		list = append(list, more...)
	}
	return list
}

const longName = "wiki-production-of-the-whole-company-2026-11-22-before-the-upgrade.db"

func recentFiles(s *stage) {
	var paths []string
	for i := range 8 {
		paths = append(paths, filepath.Join("/home/ana/exports/of/last/week", fmt.Sprintf("%d-%s.csv", i, strings.Repeat("long-name-", 1+i))))
	}
	s.w.welcome.Recent(paths)
}

func manySources() []source.Source {
	list := []source.Source{wiki()}
	for i := range 24 {
		list = append(list, source.NewSnapshot(source.KindSnapshot, fmt.Sprintf("%d-%s", i, longName), fmt.Sprintf("/data/%d.db", i), fmt.Sprintf("/home/ana/%d", i)))
	}
	return list
}

func named() []source.Source {
	return []source.Source{source.NewSnapshot(source.KindSnapshot, longName, "/data/"+longName, "/home/ana/sluice")}
}

func aServer() []source.Source {
	return []source.Source{source.NewServer("Wiki production of the whole company", source.Server{URL: "https://wiki.example.com/confluence"})}
}

// asServer lets the fake be a server with a token.
func asServer(s *stage) {
	s.backend.remote = &remoteEngine{s.engine}
	s.backend.secrets["https://wiki.example.com/confluence"] = "a token"
}

// jobOf is a job that ended some time ago.
func jobOf(id int64, status pipeline.Status, diagnostics ...pipeline.Diagnostic) pipeline.Job {
	j := pipeline.Job{ID: id, Status: status, NodeID: "confluence-node-2.datacenter.example.com", StartTime: pipeline.At(time.Now().Add(-time.Hour)),
		Config: pipeline.Config{ExportFrom: pipeline.At(time.Now().AddDate(-1, 0, 0))}, Errors: diagnostics}
	if status.Ended() {
		j.CompletedTime = pipeline.At(time.Now().Add(-time.Minute))
		j.Statistics = &pipeline.Statistics{ExportedEntities: 59_690_660, WrittenRows: 59_690_660}
	}
	return j
}

// withJob makes a job the newest of the engine.
func withJob(j pipeline.Job) func(*stage) {
	return func(s *stage) { s.engine.jobs = append([]pipeline.Job{j}, s.engine.jobs...) }
}

func wait(word string) func(*stage) { return func(s *stage) { s.until(word, s.sees(word)) } }

var longError = "The page tree below " + strings.Repeat("/a/very/long/path/without/any/space", 9) + " could not be read: " + strings.Repeat("the driver says so, ", 20)

func exportScreens() []screen {
	running := func(status pipeline.Status, since time.Duration) func(*stage) {
		return func(s *stage) {
			j := jobOf(12, status)
			j.StartTime = pipeline.At(time.Now().Add(-since))
			s.engine.jobs = []pipeline.Job{j}
			s.engine.progress = pipeline.Progress{JobID: 12, Phase: pipeline.PhaseExporting, Done: 41, Total: 100, Files: []pipeline.FileProgress{
				{Name: "users", State: pipeline.FileDone, Rows: 61_204, Bytes: 4_100_000, Expected: 61_204},
				{Name: "spaces", State: pipeline.FileDone, Rows: 1482, Bytes: 400_000, Expected: 1482},
				{Name: "pages", State: pipeline.FileWriting, Rows: 12_204_551, Bytes: 5_900_000_000, Expected: 20_071_300},
				{Name: "comments", State: pipeline.FileWaiting, Expected: -1},
				{Name: "analytics_events", State: pipeline.FileWriting, Rows: 159_690_660, Bytes: 159_690_660_000, Expected: 259_690_660}}}
		}
	}
	validation := pipeline.Diagnostic{Key: pipeline.KeyPreValidation, Message: pipeline.PreValidationMessage}
	return []screen{
		{name: "export, not started", sources: named(), play: wait("No export has run here yet")},
		{name: "export, running", sources: named(), prepare: running(pipeline.Started, time.Hour), play: wait("Started")},
		{name: "export, cancelling long", sources: aServer(), prepare: func(s *stage) { asServer(s); running(pipeline.CancellationRequested, 900*time.Hour)(s) }, play: wait("Cancel")},
		{name: "export, completed", sources: named(), prepare: withJob(jobOf(12, pipeline.Completed)), play: wait("Completed")},
		{name: "export, failed", sources: named(), prepare: withJob(jobOf(12, pipeline.Failed, validation)), play: wait("Failed")},
		{name: "export, failed at length", sources: named(), play: wait("Failed"), prepare: withJob(jobOf(12, pipeline.Failed,
			validation, pipeline.Diagnostic{Key: "export.a.key.of.an.unusual.length.that.no.documentation.has.ever.named", Message: longError}))},
		{name: "export, low disk", sources: named(), play: wait("Failed"), prepare: withJob(jobOf(12, pipeline.Failed,
			pipeline.Diagnostic{Key: "export.disk.space.low", Message: "Only 3.9 GB are left on /home, and the settings ask for 5 GB."}))},
		{name: "export, another runs", sources: aServer(), play: anotherRuns, prepare: asServer},
		{name: "export, another runs that the status does not name", sources: aServer(), play: anotherRuns, prepare: func(s *stage) {
			asServer(s)
			s.warnings = []string{"others can read /home/ana/.config/sluice/config.json (mode 0644): chmod 600 takes that away"}
		}},
		{name: "export, refused by validation", sources: named(), play: refusedByValidation},
		{name: "export, can be resumed", sources: named(), play: resumable},
		{name: "export, unreachable", sources: aServer(), play: wait("Unreachable"), prepare: func(s *stage) {
			asServer(s)
			s.engine.err = errors.New("wiki.example.com refuses the connection: check that the server runs, and its port")
		}},
		{name: "export, status unknown", sources: named(), prepare: withJob(jobOf(12, "SOMETHING_THAT_A_LATER_VERSION_SAYS")), play: wait("SOMETHING")},
		{name: "export, bad from date", sources: named(), play: func(s *stage) {
			wait("No export has run here yet")(s)
			f := s.w.chosen.page.export.form
			f.Date = "24.08.2026"
			s.w.chosen.page.export.typed(f)
		}},
		{name: "export, forced", sources: named(), play: func(s *stage) { wait("No export has run here yet")(s); s.press("Force") }},
		{name: "snapshot being opened", sources: named(), prepare: func(s *stage) { s.backend.hold = make(chan struct{}) }, play: func(s *stage) {
			s.t.Cleanup(func() { close(s.backend.hold) }) // before the window closes
			s.patient(20 * time.Millisecond)
		}},
		{name: "snapshot that cannot be opened", sources: named(), play: wait("Try again"), prepare: func(s *stage) { s.backend.openErr = errors.New(longError) }},
		{name: "server without its token", sources: aServer(), play: wait("Sign-in needed"), prepare: func(s *stage) { s.backend.openErr = source.ErrNoSecret }},
	}
}

func anotherRuns(s *stage) {
	s.until("it is open", s.sees("No export has run here yet"))
	s.engine.startErr = &pipeline.RunningError{Job: jobOf(7, pipeline.Started)}
	s.press("Start export")
	s.patient(20 * time.Millisecond)
}

func refusedByValidation(s *stage) {
	s.engine.startErr = &pipeline.ValidationError{}
	s.until("it is open", s.sees("No export has run here yet"))
	s.press("Start export")
	s.until("it has failed", s.sees(pipeline.KeyPreValidation)) // which is the same in every language
}

func resumable(s *stage) {
	s.until("it is open", s.sees("No export has run here yet"))
	s.press("Start export")
	s.until("it runs", s.sees("1,200 of 3,000"))
	s.engine.leave()
	s.until("it can be resumed", s.sees("This export can be resumed"))
}

func historyScreens() []screen {
	jobs := func(n int) func(*stage) {
		return func(s *stage) {
			for i := range n {
				j := jobOf(int64(n-i), []pipeline.Status{pipeline.Completed, pipeline.Failed, pipeline.Cancelled}[i%3])
				j.StartTime = pipeline.At(time.Now().Add(-time.Duration(i) * 30 * time.Hour))
				j.CompletedTime = pipeline.At(j.StartTime.Add(time.Duration(i+1) * 41 * time.Minute))
				j.Config.ForcedExport = i%4 == 0
				s.engine.jobs = append(s.engine.jobs, j)
			}
		}
	}
	show := func(s *stage) {
		s.until("it is open", func() bool { return s.w.chosen != nil && s.w.chosen.session != nil })
		s.w.chosen.page.view.Choose(view.HistoryTab)
		s.patient(20 * time.Millisecond)
	}
	compare := func(s *stage) {
		show(s)
		s.until("the jobs are listed", s.sees("Compare jobs"))
		s.press("Compare jobs")
	}
	return []screen{
		{name: "history, empty", sources: named(), play: show},
		{name: "history, 9 jobs", sources: named(), prepare: jobs(9), play: show},
		{name: "history, 300 jobs", sources: named(), prepare: jobs(300), play: show},
		{name: "history of a server", sources: aServer(), prepare: func(s *stage) { asServer(s); jobs(1)(s) }, play: show},
		{name: "history, jobs saved as CSV", sources: named(), prepare: jobs(9), play: func(s *stage) {
			show(s)
			path := "/home/ana/" + longName + "/" + longName + ".csv"
			s.w.chosen.page.jobs.saved = "9 jobs saved in " + path + "."
			s.w.chosen.page.render()
		}},
		{name: "history, several homes", play: show, prepare: jobs(9), sources: func() []source.Source {
			return []source.Source{named()[0].Knowing("/srv/exports/" + longName).Knowing("/data/second").Knowing("/data/third")}
		}()},
		{name: "history, two jobs to compare", sources: named(), prepare: jobs(9), play: compare},
		{name: "history, jobs compared", sources: named(), prepare: func(s *stage) { jobs(9)(s); s.backend.comparison = longComparison() }, play: func(s *stage) {
			compare(s)
			s.press("Compare")
			s.until("it has ended", s.sees("rows differ"))
		}},
		{name: "history, jobs being compared", sources: named(), prepare: func(s *stage) { jobs(9)(s); s.backend.compareHold = make(chan struct{}) }, play: func(s *stage) {
			compare(s)
			s.press("Compare")
			s.until("it runs", s.sees("pages: 40.0 MB of 100 MB"))
		}},
		{name: "history, the vendor's files", sources: named(), prepare: func(s *stage) { jobs(9)(s); s.backend.comparison = longComparison() }, play: func(s *stage) {
			compare(s)
			s.backend.comparison.Findings = []string{strings.Repeat("analytics_events.event_user: cells are empty where Sluice has a value. ", 4), "A short one."}
			s.w.chosen.page.jobs.compare.calibrate("/srv/" + longName)
			s.until("it has ended", s.sees("A short one."))
		}},
		{name: "history, one can be resumed", sources: named(), play: func(s *stage) { resumable(s); show(s) }},
	}
}

// longComparison is a comparison with many figures and much to say.
func longComparison() source.Comparison {
	var c source.Comparison
	for _, name := range []string{"users", "spaces", "pages", "comments", "analytics_events"} {
		c.Files = append(c.Files, source.ComparedFile{Name: name, Added: 59_690_660, Changed: 59_690_660, Removed: 59_690_660, Unchanged: 59_690_660, OutOfWindow: 59_690_660, Path: "/home/ana/changes.csv"})
	}
	c.Notes = []string{strings.Repeat("Job 8 and job 9 were exported with different options, so rows differ for that alone. ", 3), "A short note."}
	return c
}
