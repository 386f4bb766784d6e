package main

import (
	"time"

	"fyne.io/fyne/v2"

	"sluice/pipeline"
	"sluice/ui/present"
	"sluice/ui/tone"
	"sluice/ui/view"
)

// scene is one picture.
type scene struct {
	name  string
	build func() (object fyne.CanvasObject, finish func(), err error)
	ready func(fyne.Window) // after the first layout
}

func scenes(string) []scene {
	export := func(name string, in present.Inputs, problem *present.FieldError) scene {
		return scene{name: name, build: func() (fyne.CanvasObject, func(), error) {
			return exportScreen(in), func() {}, nil
		}}
	}
	return []scene{
		{name: "first-start", build: func() (fyne.CanvasObject, func(), error) {
			f := view.NewFrame(view.NewRail().Object)
			f.Show(view.NewWelcome().Object, false)
			return f.Object, func() {}, nil
		}},
		export("export-ready", ready(), nil),
		export("export-running", running(), nil),
		export("export-completed", completed(), nil),
		export("export-cancelled", cancelled(), nil),
		export("export-failed", failed(), nil),
		export("export-unreachable", unreachable(), nil),
	}
}

var (
	sydney, _ = time.LoadLocation("Australia/Sydney")
	now       = time.Date(2026, 11, 23, 14, 3, 49, 0, sydney)
	from      = time.Date(2025, 11, 23, 0, 0, 0, 0, sydney)
)

func job(id int64, s pipeline.Status) pipeline.Job {
	return pipeline.Job{ID: id, Status: s, NodeID: "node2", StartTime: pipeline.At(now.Add(-98 * time.Second)),
		Config: pipeline.Config{ExportFrom: pipeline.At(from)}}
}

func local(j pipeline.Job) present.Inputs {
	return present.Inputs{Kind: present.Snapshot, State: present.State{Job: j, At: now}, Now: now}
}

func ready() present.Inputs { return local(pipeline.Job{}) }

func running() present.Inputs {
	in := local(job(12, pipeline.Started))
	in.Output = "/home/ana/sluice/wiki/data-pipeline/export/12"
	in.Progress = pipeline.Progress{JobID: 12, Phase: pipeline.PhaseExporting, Done: 41, Total: 100, Files: []pipeline.FileProgress{
		{Name: "users", State: pipeline.FileDone, Rows: 61204, Bytes: 4_100_000, Expected: 61204},
		{Name: "spaces", State: pipeline.FileDone, Rows: 1482, Bytes: 400_000, Expected: 1482},
		{Name: "pages", State: pipeline.FileWriting, Rows: 1204551, Bytes: 5_900_000_000, Expected: 2071300},
		{Name: "comments", State: pipeline.FileWaiting, Expected: -1},
		{Name: "analytics_events", State: pipeline.FileWaiting, Expected: -1},
	}}
	in.Rates = &present.Estimator{}
	waves := []int64{120, 150, 205, 212, 216, 214, 217, 219, 212, 220, 221, 219, 219, 180, 205, 219, 221, 221, 220, 222, 221, 221}
	var rows int64
	for i, w := range waves {
		rows += w * 500
		at := now.Add(time.Duration(i-len(waves)) * 500 * time.Millisecond)
		in.Rates.Add(at, 1000*34+rows/185, 100_000, rows, rows*448)
	}
	return in
}

func completed() present.Inputs {
	j := job(12, pipeline.Completed)
	j.CompletedTime = pipeline.At(j.StartTime.Add(231 * time.Second))
	j.StartTime = pipeline.At(now.Add(-271 * time.Second))
	j.CompletedTime = pipeline.At(now.Add(-40 * time.Second))
	j.Statistics = &pipeline.Statistics{ExportedEntities: 59_690_660, WrittenRows: 59_690_660}
	in := local(j)
	in.Output = "/home/ana/sluice/wiki/data-pipeline/export/12"
	return in
}

func cancelled() present.Inputs {
	j := job(11, pipeline.Cancelled)
	j.CompletedTime = pipeline.At(now.Add(-57 * time.Second))
	j.CancelledTime = j.CompletedTime
	j.Statistics = &pipeline.Statistics{ExportedEntities: 8_120_004, WrittenRows: 8_120_004}
	in := local(j)
	in.Mine = true
	in.Output = "/home/ana/sluice/wiki/data-pipeline/export/11"
	last := job(10, pipeline.Completed)
	last.StartTime = pipeline.At(now.Add(-8 * 24 * time.Hour))
	last.CompletedTime = pipeline.At(last.StartTime.Add(220 * time.Second))
	in.Last = &last
	return in
}

func failed() present.Inputs {
	j := job(56, pipeline.Failed)
	j.StartTime = pipeline.At(now.Add(-5 * time.Second))
	j.CompletedTime = pipeline.At(j.StartTime.Add(69 * time.Millisecond))
	j.Errors = []pipeline.Diagnostic{{Key: pipeline.KeyPreValidation, Message: pipeline.PreValidationMessage}}
	in := present.Inputs{Kind: present.Server, State: present.State{Job: j, At: now.Add(-3 * time.Second)}, Now: now}
	last := job(55, pipeline.Completed)
	last.StartTime = pipeline.At(now.Add(-6 * 24 * time.Hour))
	last.CompletedTime = pipeline.At(last.StartTime.Add(15*time.Hour + 51*time.Minute))
	in.Last = &last
	return in
}

func unreachable() present.Inputs {
	in := failed()
	in.State.Job = job(57, pipeline.Started)
	in.State.At = now.Add(-4 * time.Minute)
	in.State.UnreachableSince = in.State.At
	in.State.Next = now.Add(24 * time.Second)
	in.State.Err = errText("wiki.example.com refuses the connection: check that the server runs, and its port")
	return in
}

type errText string

func (e errText) Error() string { return string(e) }

// exportScreen is the whole window with the export tab of a source.
func exportScreen(in present.Inputs) fyne.CanvasObject {
	status, start := view.NewStatusCard(), view.NewNewExport(nil)
	s := present.StatusOf(in)
	page := view.NewPage(view.NewExportTab(status, start), view.NewExportTab(view.NewStatusCard(), view.NewNewExport(nil)))
	status.Render(s)
	form, _ := present.Days365.Fill(present.Anchor{Newest: now}, "Australia/Sydney")
	m := view.NewExportModel{Form: form, Chosen: present.Days365, Controls: s.Controls, Start: s.Start, Cancel: s.Cancel,
		Possible: map[present.Preset]bool{}}
	for _, p := range present.Presets() {
		m.Possible[p] = true
	}
	head := view.PageHead{Title: "wiki-2026-11-22.db", Button: "Open folder", ButtonIcon: "folder",
		Caption: "Confluence 8.5 (build 9012) · https://wiki.example.com · newest change 2026-11-22 23:58 · 18.4 GB"}
	command := present.LocalCommand{Snapshot: "wiki-2026-11-22.db", Home: "~/sluice/wiki", From: from}.String()
	m.Command, m.Full, m.CopyText = command, command, "Copy command"
	if in.Kind == present.Server {
		head = view.PageHead{Title: "Wiki production", Caption: "Confluence · https://wiki.example.com · checked 3 s ago", Button: "Check now", ButtonIcon: "refresh"}
		request := pipeline.Request{FromDate: from}
		m.Command, m.Full, m.CopyText = present.RequestLine(request), present.Curl("https://wiki.example.com", request), "Copy as curl"
	}
	page.Render(head)
	start.Render(m)
	return frame(in, page.Object)
}

func frame(in present.Inputs, content fyne.CanvasObject) fyne.CanvasObject {
	rail := view.NewRail()
	line, t := present.RailLine(in)
	servers := []view.RailItem{
		{ID: "1", Icon: "server", Name: "Wiki production", Line: "Started · 2 h", Tone: tone.Active},
		{ID: "2", Icon: "server", Name: "Jira", Line: "Completed · 3 h ago", Tone: tone.Good},
		{ID: "3", Icon: "server", Name: "Code (Bitbucket)", Line: "Unreachable · 4 min", Tone: tone.Neutral},
	}
	snapshots := []view.RailItem{
		{ID: "4", Icon: "snapshot", Name: "wiki-2026-11-22.db", Line: "Not started", Tone: tone.Neutral},
		{ID: "5", Icon: "demo", Name: "Demo", Line: "Not started", Tone: tone.Neutral},
	}
	chosen := &snapshots[0]
	if in.Kind == present.Server {
		chosen = &servers[0]
	}
	chosen.Chosen, chosen.Line, chosen.Tone = true, line, t
	rail.Render([]view.RailGroup{{Title: "SERVERS", Items: servers}, {Title: "SNAPSHOTS", Items: snapshots}})
	f := view.NewFrame(rail.Object)
	f.Show(content, true)
	return f.Object
}
