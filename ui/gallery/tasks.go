package main

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/columns"
	"sluice/kit"
	"sluice/pipeline"
	"sluice/schedule"
	"sluice/source"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// scheduleScreen is the tab with the schedules of a source, one of which has missed runs.
func scheduleScreen() fyne.CanvasObject {
	day := func(days int, hour, minute int) time.Time {
		return time.Date(2026, 11, 23+days, hour, minute, 0, 0, sydney)
	}
	list := schedule.List{
		{Name: "nightly", Source: "a", When: "weekdays 02:00", Zone: "Australia/Sydney", Window: "since-last-success", Deadline: "5h"},
		{Name: "everything", Source: "a", When: "monthly 1 03:00", Zone: "Australia/Sydney", Window: "all"},
	}
	states := map[string]schedule.State{
		"nightly":    {Last: &schedule.Result{Outcome: schedule.Completed, Ended: day(0, 2, 4), Job: 12}},
		"everything": {Missed: &schedule.Missed{First: day(-22, 3, 0), Last: day(-22, 3, 0), Count: 1}},
	}
	v := view.NewSchedules([]string{"Australia/Sydney"}, true)
	v.Render(view.SchedulesModel{Rows: present.ScheduleRows(list, states, "a", now), Note: texts.T.Schedule.RunsHere})
	return pageScreen(completed(), snapshotHead(), view.ScheduleTab, look.Space(0, 0), look.Space(0, 0), look.Space(0, 0), v.Object)
}

// redactionScreen is the card about redaction, with the profile that takes most.
func redactionScreen() fyne.CanvasObject {
	start, r := view.NewNewExport(nil), view.NewRedaction()
	m := newExport(ready())
	m.Command += " --redact gdpr"
	start.Render(m)
	r.Render(present.RedactionOf("gdpr", nil, true))
	return pageScreen(ready(), snapshotHead(), view.ExportTab, view.NewExportTab(start.Foot, nil, start.Object, r.Object))
}

// kitScreen are the statements that load the files of a job into the first engine.
func kitScreen() fyne.CanvasObject {
	job := kit.Job{Name: "job 12", Folder: "/home/ana/sluice/wiki/data-pipeline/export/12", Escape: `\n`}
	for _, table := range columns.Confluence {
		job.Files = append(job.Files, kit.File{Table: table.Name, Path: job.Folder + "/" + table.Name + "_job12_2026_11_23T03_02_11Z.csv", Columns: table.Columns})
	}
	panel := view.NewKit(present.KitTitles())
	panel.OnEngine = func(i int) { panel.Render(present.KitOf(kit.Engines[i], job)) }
	panel.Engine.SetSelectedIndex(0)
	back := look.NewButton(look.Outlined, texts.T.App.Close, "", nil)
	return container.NewCenter(look.NewCard(view.NewPanel(fmt.Sprintf(texts.T.Kit.Title, 12), panel.Object, back)))
}

// boardScreen are all sources at a glance, the worst first.
func boardScreen() fyne.CanvasObject {
	server := func(name, place string, in present.Inputs, success time.Time) present.Member {
		return present.Member{ID: name, Icon: "server", Name: name, Place: place, Open: true, In: in, Success: success}
	}
	of := func(status pipeline.Status, ago, took time.Duration) present.Inputs {
		j := job(57, status)
		j.StartTime = pipeline.At(now.Add(-ago))
		if status != pipeline.Started {
			j.CompletedTime = pipeline.At(j.StartTime.Add(took))
		}
		return present.Inputs{Kind: source.KindServer, State: pipeline.State{Job: j, At: now}, Now: now}
	}
	over := of(pipeline.Started, 17*time.Hour, 0)
	over.Usual = pipeline.Usual{Took: 15 * time.Hour, Jobs: 6, Began: now.Add(-17 * time.Hour)}
	bad := of(pipeline.Failed, 3*time.Hour, time.Minute)
	bad.State.Job.Errors = []pipeline.Diagnostic{{Key: pipeline.KeyPreValidation, Message: pipeline.PreValidationMessage}}
	b := present.BoardOf([]present.Member{
		server("Wiki production", "https://wiki.example.com", over, now.Add(-41*time.Hour)),
		server("Wiki intranet", "https://intranet.example.com", of(pipeline.Completed, 9*time.Hour, 4*time.Hour), now.Add(-5*time.Hour)),
		server("Jira", "https://jira.example.com", of(pipeline.Completed, 5*time.Hour, 2*time.Hour), now.Add(-3*time.Hour)),
		server("Jira service desk", "https://desk.example.com", bad, now.Add(-27*time.Hour)),
		server("Code (Bitbucket)", "https://code.example.com", of(pipeline.Started, 40*time.Minute, 0), now.Add(-24*time.Hour)),
	}, now)
	v := view.NewBoard()
	v.Render(b.Rows)
	page := view.NewBoardPage(look.Made(v.Object, look.Space(0, 0))...)
	page.Render(view.PageHead{Title: texts.T.Board.All, Caption: b.Summary, Actions: []look.Action{{Text: texts.T.Board.CheckAll, Icon: "refresh"}}})
	servers := view.RailGroup{Key: "servers", Title: "SERVERS"}
	for _, row := range b.Rows {
		servers.Items = append(servers.Items, view.RailItem{ID: row.ID, Icon: row.Icon, Name: row.Name, Sign: row.Sign})
	}
	all := view.RailItem{ID: "*", Icon: "board", Name: texts.T.Board.All, Sign: b.Line, Chosen: true}
	return framed([]view.RailGroup{{Items: []view.RailItem{all}}, servers}, page.Object)
}
